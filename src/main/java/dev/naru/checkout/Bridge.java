package dev.naru.checkout;

import dev.naru.connector.window.Window;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the bridge page needs to start a PG's window, in a shape that can be kept.
 *
 * @param target the PG's script, the action of the form, or where to go
 * @param call the file that knows how to start the script, empty without one
 * @param charset of the form
 */
public record Bridge(
    Kind kind,
    URI target,
    String call,
    Map<String, Object> arguments,
    Map<String, String> form,
    String charset) {

  /** The three ways of {@link Window}. */
  public enum Kind {
    SCRIPT,
    FORM,
    REDIRECT
  }

  public static Bridge of(Window window) {
    String utf8 = StandardCharsets.UTF_8.name();
    return switch (window) {
      case Window.Script(var source, var call, var arguments, var form) ->
          new Bridge(Kind.SCRIPT, source, call, arguments, form, utf8);
      case Window.FormPost(var target, var charset, var fields, var kept) ->
          new Bridge(Kind.FORM, target, "", Map.of(), fields, charset.name());
      case Window.Redirect(var target, var kept) ->
          new Bridge(Kind.REDIRECT, target, "", Map.of(), Map.of(), utf8);
    };
  }

  /** Where it leads to. */
  String origin() {
    return target.getScheme() + "://" + target.getAuthority();
  }
}
