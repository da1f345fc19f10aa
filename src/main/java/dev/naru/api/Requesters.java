package dev.naru.api;

import dev.naru.api.wire.Params;
import dev.naru.connector.order.Requester;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads V1's {@code requester}: on whose wish something is done. */
public final class Requesters {

  private static final Set<String> KNOWN = Set.of("customer", "admin");

  private Requesters() {}

  /**
   * Null if the shop does not say. Throws {@code Failed} invalid for a word that V1 does not know.
   */
  public static @Nullable Requester of(Params params) {
    String requester = params.oneOf("requester", KNOWN);
    return requester == null ? null : Requester.valueOf(requester.toUpperCase(Locale.ROOT));
  }
}
