package dev.naru.connector.window;

import java.net.URI;
import java.nio.charset.Charset;
import java.util.Map;

/** How the buyer's browser reaches the PG's window. */
public sealed interface Window {

  /**
   * Among what is {@link #kept()}: although the PG's windows leave the charge to us, this one may
   * charge by itself.
   */
  String MAY_CHARGE = "window.mayCharge";

  /** What the PG gave when it was asked for the window: kept encrypted with the attempt. */
  default Map<String, String> kept() {
    return Map.of();
  }

  /**
   * The PG's own script, which a bridge page loads.
   *
   * @param call the file of {@code assets/checkout/calls} that knows how to start it
   * @param arguments what that function gets
   * @param form fields that the page must hold as a form with the id {@code pg-form}
   */
  record Script(URI source, String call, Map<String, Object> arguments, Map<String, String> form)
      implements Window {

    public Script {
      arguments = Map.copyOf(arguments);
      form = Map.copyOf(form);
    }
  }

  /** A form that the browser posts to the PG. */
  record FormPost(URI target, Charset charset, Map<String, String> fields, Map<String, String> kept)
      implements Window {

    public FormPost {
      fields = Map.copyOf(fields);
      kept = Map.copyOf(kept);
    }

    /** With nothing to keep. */
    public FormPost(URI target, Charset charset, Map<String, String> fields) {
      this(target, charset, fields, Map.of());
    }
  }

  /** Just go there. */
  record Redirect(URI target, Map<String, String> kept) implements Window {

    public Redirect {
      kept = Map.copyOf(kept);
    }

    /** With nothing to keep. */
    public Redirect(URI target) {
      this(target, Map.of());
    }
  }
}
