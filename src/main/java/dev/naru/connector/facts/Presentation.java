package dev.naru.connector.facts;

import java.util.Locale;

/**
 * How a window is shown. Which PG does what is V1's ({@link PgFacts}): pages are written for it.
 */
public enum Presentation {
  /** A layer in the shop's page, then the callback. */
  IFRAME,
  /** A window of its own, then the callback. */
  POPUP,
  /** The whole page goes, and comes back to m_redirect_url. */
  REDIRECT;

  /** As the SDK is told. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Presentation of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
