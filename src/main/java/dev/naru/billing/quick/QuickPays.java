package dev.naru.billing.quick;

import static dev.naru.payment.Refusal.NO_ANSWER;

import dev.naru.billing.BillingKeys;
import dev.naru.billing.Refusal;
import dev.naru.billing.key.BillingKey;
import dev.naru.billing.key.CustomerKey;
import dev.naru.billing.quick.QuickMember.PinCheck;
import dev.naru.connector.Capability.QuickPay;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Why;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.Payments;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A shop's own easy pay at the PG (V1 {@code /kcpquick}): its members, their prepaid money, and
 * their keys for automatic payment, which are billing keys.
 */
@Component
public class QuickPays {

  private final QuickMemberStore store;
  private final QuickPrepares prepares;
  private final BillingKeys keys;
  private final Channels channels;
  private final Payments payments;
  private final Ids ids;

  QuickPays(
      QuickMemberStore store,
      QuickPrepares prepares,
      BillingKeys keys,
      Channels channels,
      Payments payments,
      Ids ids) {
    this.store = store;
    this.prepares = prepares;
    this.keys = keys;
    this.channels = channels;
    this.payments = payments;
    this.ids = ids;
  }

  /**
   * Charges a member's prepaid money.
   *
   * @param pinCheck V1's imp_uid of the transaction in which the member gave the PIN
   * @return the payment: paid, failed, or ready if its outcome is still unknown
   * @throws Failed wrong state if the member gave no such PIN, another amount was registered, or
   *     the merchant_uid is taken
   */
  public Payment payMoney(
      Merchant merchant, Channel channel, Purchase purchase, String memberId, String pinCheck) {
    QuickPay pays = channel.require(QuickPay.class);
    PinCheck given =
        ImpUid.parse(pinCheck)
            .flatMap(uid -> store.pinCheck(merchant.id(), uid))
            .filter(check -> check.channelKey().equals(channel.key()))
            .filter(check -> check.memberId().equals(memberId))
            .orElseThrow(() -> Failed.wrongState(Refusal.UNKNOWN_PIN));
    prepares.check(merchant.id(), purchase);
    return payments.charge(
        merchant,
        channel,
        purchase,
        Attempt.Verb.QUICK_MONEY,
        order -> pays.payMoney(order, memberId, given.ref()));
  }

  /**
   * Charges a key for automatic payment.
   *
   * @throws Failed as {@link BillingKeys#charge}; unsupported if it is another PG's key
   */
  public Payment autopay(Merchant merchant, Purchase purchase) {
    keys.find(merchant.id(), String.valueOf(purchase.customerUid())).ifPresent(this::requireOwn);
    return keys.charge(merchant, purchase, null);
  }

  /**
   * Deletes a key for automatic payment, at the PG first.
   *
   * @throws Failed not found; unsupported if it is another PG's key; PG error if the PG said no, or
   *     its answer is not known: then the key stays
   */
  public void deleteAutopay(long merchantId, String customerUid) {
    requireOwn(keys.get(merchantId, customerUid));
    try {
      keys.delete(merchantId, customerUid);
    } catch (Failed failed) {
      throw failed.failure() instanceof Failure.RefusedByPg(Why why)
          ? new Failed(new Failure.PgError(why))
          : failed;
    }
  }

  private void requireOwn(CustomerKey key) {
    for (BillingKey one : key.keys()) {
      channels.get(one.merchantId(), one.channelKey()).require(QuickPay.class);
    }
  }

  /**
   * Deletes a member, at the PG first.
   *
   * @throws Failed not found for an unknown partner or member; PG error if the PG said no, or its
   *     answer is not known: then the member stays
   */
  public Gone delete(Merchant merchant, QuickPay.Partner partner, String memberId) {
    List<Channel> own =
        channels.of(merchant.id()).stream()
            .filter(channel -> partnerOf(channel).filter(partner::equals).isPresent())
            .toList();
    for (Channel channel : own) {
      Optional<QuickMember> member = store.find(merchant.id(), channel.key(), memberId);
      if (member.isPresent()) {
        delete(merchant, channel, member.get());
        return new Gone(member.get(), channel);
      }
    }
    throw Failed.notFound(Refusal.UNKNOWN_MEMBER);
  }

  /** A member who was deleted, and where. */
  public record Gone(QuickMember member, Channel channel) {}

  private void delete(Merchant merchant, Channel channel, QuickMember member) {
    Outcome<Instant> deleted =
        channel
            .require(QuickPay.class)
            .deleteMember(ids.orderId(merchant.slot()), member.memberId());
    switch (deleted) {
      case Outcome.Ok<Instant>(Instant at) -> store.delete(member);
      case Outcome.Declined<Instant>(Decline decline) ->
          throw new Failed(new Failure.PgError(decline.why()));
      case Outcome.Unknown<Instant>(String why) -> throw noAnswer();
      case Outcome.Pending<Instant>(var ref, Instant until) -> throw noAnswer();
    }
  }

  private static Optional<QuickPay.Partner> partnerOf(Channel channel) {
    return channel.connector().as(QuickPay.class).map(QuickPay::partner);
  }

  /**
   * Forgets the device by which a member proves who they are. May be repeated.
   *
   * @return the PG's refusal, empty if it was done
   * @throws Failed invalid for an unknown member; PG error if the PG could not be asked, or its
   *     answer is not known
   */
  public Optional<Decline> releaseFido(Merchant merchant, Channel channel, String memberId) {
    QuickPay pays = channel.require(QuickPay.class);
    if (store.find(merchant.id(), channel.key(), memberId).isEmpty()) {
      throw Failed.invalid(Refusal.UNKNOWN_MEMBER);
    }
    return switch (pays.releaseFido(ids.orderId(merchant.slot()), memberId)) {
      case Outcome.Ok<Instant>(Instant at) -> Optional.empty();
      case Outcome.Declined<Instant>(Decline decline) -> {
        if (decline.reason() == Reason.UNREACHABLE) {
          throw new Failed(new Failure.PgError(decline.why()));
        }
        yield Optional.of(decline);
      }
      case Outcome.Unknown<Instant>(String why) -> throw noAnswer();
      case Outcome.Pending<Instant>(var ref, Instant until) -> throw noAnswer();
    };
  }

  private static Failed noAnswer() {
    return Failed.pgError(NO_ANSWER);
  }
}
