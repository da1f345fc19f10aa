package dev.naru.merchant;

import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Pg;
import dev.naru.connector.TestMids;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import java.util.List;

/**
 * A merchant's contract with a PG, ready to be called.
 *
 * @param key V1's channel_key
 * @param mid V1's pg_id
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
    List<Long> lentTo) {

  /** One that no sub-merchant was given. */
  public Channel(
      long merchantId,
      String key,
      String name,
      Pg<?> pg,
      String mid,
      Pg.Mode mode,
      Connector connector) {
    this(merchantId, key, name, pg, mid, mode, connector, List.of());
  }

  /**
   * The connector as one of its capabilities: the one refusal of what a PG cannot do.
   *
   * @throws Failed unsupported
   */
  public <C extends Capability> C require(Class<C> capability) {
    return connector
        .as(capability)
        .orElseThrow(
            () ->
                new Failed(
                    new Failure.Unsupported(
                        pg.nameKo() + "(" + pg.provider() + ")에서 지원하지 않는 기능입니다.")));
  }

  public boolean has(Class<? extends Capability> capability) {
    return capability.isInstance(connector);
  }

  /** Whether V1's {@code pg} means this channel by a merchant id. */
  boolean isMid(String asked) {
    return mid.equals(asked)
        || connector.otherMids().contains(asked)
        || (sandbox() && TestMids.of(pg).contains(asked));
  }

  /** V1's sandbox flag: no real money moves. */
  public boolean sandbox() {
    return mode != Pg.Mode.LIVE;
  }
}
