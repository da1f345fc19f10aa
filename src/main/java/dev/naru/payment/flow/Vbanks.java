package dev.naru.payment.flow;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Capability.VbankChanges;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.VbankOrder;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Event;
import dev.naru.payment.Intake;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Refusal;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Virtual accounts opened by API (V1 {@code /vbanks}). */
@Component
public class Vbanks {

  private final PaymentStore store;
  private final Payments payments;
  private final Channels channels;
  private final VbankChanging changing;
  private final HubClock clock;

  Vbanks(
      PaymentStore store,
      Payments payments,
      Channels channels,
      VbankChanging changing,
      HubClock clock) {
    this.changing = changing;
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
    Decline revocation = Decline.of(Decline.Reason.ABANDONED, Refusal.ACCOUNT_REVOKED);
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    Outcome<Instant> revoked =
        channel
            .require(Vbank.class)
            .revoke(
                payment.order(payment.attempt()),
                Cancellations.ref(payment.attempt()),
                account,
                revocation.text());
    return switch (revoked) {
      case Outcome.Ok<Instant>(Instant at) ->
          store.update(
              payment,
              current -> current.intake().closed(Event.Kind.REVOKED, revocation, clock.instant()));
      case Outcome.Declined<Instant>(Decline decline) ->
          throw new Failed(new Failure.RefusedByPg(decline.why()));
      // No money moves here: the account is still waiting, and revoking it again is harmless.
      case Outcome.Unknown<Instant>(String why) -> throw undecided();
      case Outcome.Pending<Instant>(var ref, Instant until) -> throw undecided();
    };
  }

  /**
   * Changes amount or deadline of an account nobody has paid into. The amount of one that takes any
   * number of deposits is nobody's to change: it is ignored.
   *
   * @param amount null to leave it
   * @param due null to leave it
   * @throws Failed invalid if it is none, not waiting any more, or not taxed as a whole;
   *     unsupported; wrong state if another change is under way, or what came of this one is not
   *     known yet; refused by PG
   */
  public Payment change(Payment payment, @Nullable Money amount, @Nullable Instant due) {
    Approval.Account account = requireWaiting(payment);
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    channel.require(VbankChanges.class);
    Purchase purchase = payment.purchase();
    if (purchase.tax().free() > 0 || purchase.tax().vat() != null || purchase.benefit() != null) {
      throw Failed.invalid(Refusal.ACCOUNT_FIXED_BY_TAX);
    }
    Money wished = amount == null || payment.intake().isUnlimited() ? payment.amount() : amount;
    Instant until = (due == null ? account.due() : due).truncatedTo(ChronoUnit.SECONDS);
    Intake.Wish wish = new Intake.Wish(wished, until);
    boolean same =
        wish.amount().equals(payment.amount())
            && until.equals(account.due().truncatedTo(ChronoUnit.SECONDS));
    return same && payment.intake().changing().isEmpty()
        ? payment
        : changing.change(payment, channel, wish);
  }

  /** Whether its account takes any number of deposits. */
  public static boolean isUnlimited(Payment payment) {
    return payment.intake().isUnlimited();
  }

  private static Approval.Account requireWaiting(Payment payment) {
    if (payment.state() instanceof Payment.State.Waiting(Approval issued)
        && issued.account() != null
        && !issued.account().isBarcode()) {
      return issued.account();
    }
    throw Failed.invalid(Refusal.ACCOUNT_NOT_WAITING);
  }

  private static Failed undecided() {
    return Failed.wrongState(Refusal.ACCOUNT_UNDECIDED);
  }
}
