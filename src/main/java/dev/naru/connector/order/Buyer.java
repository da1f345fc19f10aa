package dev.naru.connector.order;

import org.jspecify.annotations.Nullable;

/** The buyer as the shop names them; every part may be missing. */
public record Buyer(
    @Nullable String name,
    @Nullable String email,
    @Nullable String tel,
    @Nullable String addr,
    @Nullable String postcode) {

  public static final Buyer NONE = new Buyer(null, null, null, null, null);
}
