package dev.naru.merchant;

import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Pg;
import dev.naru.connector.facts.PgFacts;
import dev.naru.kernel.Failed;
import java.util.List;

/**
 * A merchant's contract with a PG, ready to be called.
 *
 * @param key V1's channel_key
 * @param mid V1's pg_id
 * @param acceptsUnknown whether it makes calls with real money whose outcome, if the answer is
 *     lost, nobody can find out ({@link dev.naru.connector.Ends#NONE})
 * @param lentTo sub-merchants that use it, or did: the PG may tell this merchant of their payments
 */
public record Channel(
    long merchantId,
    String key,
    String name,
    Pg<?> pg,
    String mid,
    Pg.Mode mode,
    Connector connector,
    boolean acceptsUnknown,
    List<Long> lentTo) {

  /** One that no sub-merchant was given, and that was set up no further. */
  public Channel(
      long merchantId,
      String key,
      String name,
      Pg<?> pg,
      String mid,
      Pg.Mode mode,
      Connector connector) {
    this(merchantId, key, name, pg, mid, mode, connector, false, List.of());
  }

  /**
   * The connector as one of its capabilities: the one refusal of what a PG cannot do.
   *
   * @throws Failed unsupported
   */
  public <C extends Capability> C require(Class<C> capability) {
    return connector
        .as(capability)
        .orElseThrow(() -> Failed.unsupported(Refusal.NOT_SUPPORTED, pg.name(), pg.provider()));
  }

  public boolean has(Class<? extends Capability> capability) {
    return capability.isInstance(connector);
  }

  /** Whether V1's {@code pg} means this channel by a merchant id. */
  boolean isMid(String asked) {
    return mid.equals(asked)
        || connector.otherMids().contains(asked)
        || (sandbox() && PgFacts.of(pg.code()).mids().contains(asked));
  }

  /** V1's sandbox flag: no real money moves. */
  public boolean sandbox() {
    return mode != Pg.Mode.LIVE;
  }
}
