package dev.naru.payment;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.VbankOrder;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Virtual accounts opened by API (V1 {@code /vbanks}). */
@Component
public class Vbanks {

  private final PaymentStore store;
  private final Payments payments;
  private final Channels channels;
  private final HubClock clock;

  Vbanks(PaymentStore store, Payments payments, Channels channels, HubClock clock) {
    this.store = store;
    this.payments = payments;
    this.channels = channels;
    this.clock = clock;
  }

  /**
   * @return the payment that waits for its deposit, or has failed
   * @throws Failed wrong state if the merchant_uid was paid already
   */
  public Payment open(Merchant merchant, Channel channel, Purchase purchase, VbankOrder account) {
    Vbank vbank = channel.require(Vbank.class);
    return payments.charge(
        merchant, channel, purchase, Attempt.Verb.VBANK, order -> vbank.open(order, account));
  }

  /**
   * Closes an account nobody has paid into.
   *
   * @throws Failed invalid if it is none, or not waiting any more; refused by PG if the PG said no
   */
  public Payment revoke(Payment payment) {
    Approval.Account account = requireWaiting(payment);
    String reason = "가상계좌 발급이 취소(말소)되었습니다.";
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    Outcome<Instant> revoked =
        channel
            .require(Vbank.class)
            .revoke(
                payment.order(payment.attempt()),
                Cancellations.ref(payment.attempt()),
                account,
                reason);
    return switch (revoked) {
      case Outcome.Ok<Instant>(Instant at) ->
          store.update(
              payment,
              current ->
                  current.closed(
                      Event.Kind.REVOKED,
                      Decline.of(Decline.Reason.ABANDONED, reason),
                      clock.instant()));
      case Outcome.Declined<Instant>(Decline decline) ->
          throw new Failed(new Failure.RefusedByPg(decline.message()));
      // No money moves here: the account is still waiting, and revoking it again is harmless.
      case Outcome.Unknown<Instant>(String why) -> throw undecided();
      case Outcome.Pending<Instant>(var ref, Instant until) -> throw undecided();
    };
  }

  /**
   * Changes amount or deadline of an account nobody has paid into.
   *
   * @throws Failed invalid if it is none, or not waiting any more; else unsupported, as no PG here
   *     can: V1 offers it for settle alone
   */
  public void change(Payment payment) {
    requireWaiting(payment);
    throw new Failed(
        new Failure.Unsupported(payment.via().provider() + "에서 지원하지 않는 기능입니다. (가상계좌 변경)"));
  }

  private static Approval.Account requireWaiting(Payment payment) {
    if (payment.state() instanceof Payment.State.Waiting(Approval issued)
        && issued.account() != null
        && !issued.account().isBarcode()) {
      return issued.account();
    }
    throw Failed.invalid("입금 대기 중인 가상계좌가 아닙니다.");
  }

  private static Failed undecided() {
    return Failed.wrongState("가상계좌 말소 결과를 확인할 수 없습니다. 잠시 후 다시 시도해 주세요.");
  }
}
