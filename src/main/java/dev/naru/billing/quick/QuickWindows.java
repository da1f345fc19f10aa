package dev.naru.billing.quick;

import static dev.naru.payment.Refusal.NO_ANSWER;

import dev.naru.billing.BillingKeys;
import dev.naru.billing.Refusal;
import dev.naru.billing.quick.QuickMember.PinCheck;
import dev.naru.connector.Capability.QuickWindow;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Buyer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Merchant;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * What members do in the PG's window, for a sandbox whose PG has none: a tester does it in their
 * place, and the hub comes to know of it as it would by the window.
 */
@Component
public class QuickWindows {

  private final QuickMemberStore store;
  private final BillingKeys keys;
  private final HubClock clock;
  private final Ids ids;

  QuickWindows(QuickMemberStore store, BillingKeys keys, HubClock clock, Ids ids) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
    this.ids = ids;
  }

  /** A member whom the PG's register has already. */
  public void know(long merchantId, String channelKey, String memberId) {
    Instant now = clock.instant();
    if (store.find(merchantId, channelKey, memberId).isEmpty()) {
      store.put(new QuickMember(merchantId, channelKey, memberId, now, now));
    }
  }

  /**
   * Somebody joins; a member may do so again.
   *
   * @throws Failed PG error if the PG did not say yes
   */
  public void join(Merchant merchant, Channel channel, String memberId) {
    QuickWindow window = channel.require(QuickWindow.class);
    Instant at = done(window.join(ids.orderId(merchant.slot()), memberId));
    store.put(new QuickMember(merchant.id(), channel.key(), memberId, at, at));
  }

  /**
   * A member gives the PIN.
   *
   * @return the imp_uid of that transaction
   * @throws Failed not found for an unknown member; PG error if the PG did not say yes
   */
  public ImpUid checkPin(Merchant merchant, Channel channel, String memberId) {
    QuickWindow window = channel.require(QuickWindow.class);
    requireMember(merchant, channel, memberId);
    PgRef ref = done(window.checkPin(ids.orderId(merchant.slot()), memberId));
    ImpUid impUid = ids.impUid(false, merchant.slot());
    store.insert(
        new PinCheck(merchant.id(), impUid, channel.key(), memberId, ref, clock.instant()));
    return impUid;
  }

  /**
   * A member agrees to be charged without being asked: the customer_uid has that key from now on.
   *
   * @throws Failed not found for an unknown member; PG error if the PG did not say yes
   */
  public void registerAutopay(
      Merchant merchant, Channel channel, String memberId, String customerUid) {
    QuickWindow window = channel.require(QuickWindow.class);
    requireMember(merchant, channel, memberId);
    PgKey key = done(window.registerAutopay(ids.orderId(merchant.slot()), memberId));
    keys.keep(channel, new BillingKeys.Holder(customerUid, memberId, Buyer.NONE), key);
  }

  private void requireMember(Merchant merchant, Channel channel, String memberId) {
    if (store.find(merchant.id(), channel.key(), memberId).isEmpty()) {
      throw Failed.notFound(Refusal.UNKNOWN_MEMBER);
    }
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Ok<T>(T value) -> value;
      case Outcome.Declined<T>(var decline) -> throw new Failed(new Failure.PgError(decline.why()));
      case Outcome.Unknown<T>(String why) -> throw Failed.pgError(NO_ANSWER);
      case Outcome.Pending<T>(var ref, Instant until) -> throw Failed.pgError(Refusal.PG_BUSY);
    };
  }
}
