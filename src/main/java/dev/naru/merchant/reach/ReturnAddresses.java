package dev.naru.merchant.reach;

import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Refusal;
import java.net.URI;

/** Where PGs send browsers and notices, and which PGs do not take addresses so long. */
public final class ReturnAddresses {

  /** As long as the state of a window's address is. */
  private static final String STATE = "0".repeat(32);

  /** No page that a PG is told of has a longer name. */
  private static final String PAGE = "/return";

  private ReturnAddresses() {}

  /**
   * A page of a window; empty for the window itself.
   *
   * @param base how browsers reach the hub
   * @param token whose it is, and its state
   */
  public static URI of(URI base, String token, String page) {
    return URI.create(base + "/checkout/" + token + page);
  }

  /**
   * Where a channel's PG posts its notices.
   *
   * @param base how PGs reach the hub
   */
  public static URI notices(URI base, long merchantId, String channelKey) {
    return URI.create(base + "/notices/" + Long.toString(merchantId, 36) + "/" + channelKey);
  }

  /** Throws {@link Failed} invalid if the PG does not take the addresses of this merchant. */
  public static void require(Pg<?> pg, URI base, long merchantId) {
    require(pg, of(base, Long.toString(merchantId, 36) + "-" + STATE, PAGE));
  }

  /** Throws {@link Failed} invalid if the PG does not take this address. */
  public static void require(Pg<?> pg, URI address) {
    int length = address.toString().length();
    if (length > pg.longestAddress()) {
      throw Failed.invalid(
          Refusal.ADDRESS_TOO_LONG, pg.name(), pg.provider(), pg.longestAddress(), length);
    }
  }
}
