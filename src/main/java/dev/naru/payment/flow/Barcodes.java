package dev.naru.payment.flow;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Decline;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Event;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Refusal;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Barcodes that are paid at the till of a convenience store (V1 {@code /cvs}). */
@Component
public class Barcodes {

  private static final Logger LOG = LoggerFactory.getLogger(Barcodes.class);

  private final PaymentStore store;
  private final Payments payments;
  private final Channels channels;
  private final Confirm confirm;
  private final ApplicationEventPublisher events;
  private final HubClock clock;

  Barcodes(
      PaymentStore store,
      Payments payments,
      Channels channels,
      Confirm confirm,
      ApplicationEventPublisher events,
      HubClock clock) {
    this.store = store;
    this.payments = payments;
    this.channels = channels;
    this.confirm = confirm;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The barcode that is wanted.
   *
   * @param number the shop's own, null for one of the PG's
   * @param until null for as long as the contract says
   */
  public record Wish(@Nullable String number, @Nullable Instant until) {}

  /** A barcode is about to be issued: from then on a till may ask for it. */
  public record Issuing(Channel channel) {}

  /**
   * @return the payment that waits for the till, or has failed
   * @throws Failed wrong state if the merchant_uid was paid already
   */
  public Payment issue(Merchant merchant, Channel channel, Purchase purchase, Wish wish) {
    Cvs cvs = channel.require(Cvs.class);
    events.publishEvent(new Issuing(channel));
    return payments.charge(
        merchant,
        channel,
        purchase,
        Attempt.Verb.CVS,
        order -> cvs.issue(order, wish.number(), wish.until()));
  }

  /**
   * Revokes a barcode nobody has paid.
   *
   * @throws Failed invalid if it is none, or not waiting any more; refused by PG if the PG said no
   */
  public Payment revoke(Payment payment) {
    if (waiting(payment).isEmpty()) {
      throw Failed.invalid(Refusal.BARCODE_NOT_WAITING);
    }
    Decline revocation = Decline.of(Decline.Reason.ABANDONED, Refusal.BARCODE_REVOKED);
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    Outcome<Instant> revoked =
        channel
            .require(Cvs.class)
            .revoke(
                payment.order(payment.attempt()),
                Cancellations.ref(payment.attempt()),
                revocation.text());
    return switch (revoked) {
      case Outcome.Ok<Instant>(Instant at) ->
          store.update(
              payment,
              current -> current.intake().closed(Event.Kind.REVOKED, revocation, clock.instant()));
      case Outcome.Declined<Instant>(Decline decline) ->
          throw new Failed(new Failure.RefusedByPg(decline.why()));
      // No money moves here: the barcode is still waiting, and revoking it again is harmless.
      case Outcome.Unknown<Instant>(String why) -> throw undecided();
      case Outcome.Pending<Instant>(var ref, Instant until) -> throw undecided();
    };
  }

  /**
   * Whether the till may take the money: the barcode waits, its order was not paid otherwise, and
   * the shop agrees. Nothing is locked while the shop thinks: whether the barcode still waits when
   * the money is taken is for the PG to see, which is told of a revocation before the shop is.
   */
  public boolean agree(Payment payment, Notice.AtTill till) {
    Optional<Approval.Account> barcode =
        waiting(payment)
            .filter(account -> account.number().equals(till.barcode()))
            .filter(account -> account.due().isAfter(clock.instant()));
    if (barcode.isEmpty() || isPaidOtherwise(payment)) {
      LOG.warn("a till asked for {}, which does not wait for it", payment.impUid());
      return false;
    }
    return confirm.ask(payment, till).isEmpty();
  }

  private boolean isPaidOtherwise(Payment payment) {
    return store.holderOf(payment.merchantId(), payment.purchase().merchantUid()).isPresent();
  }

  private static Optional<Approval.Account> waiting(Payment payment) {
    return payment.state() instanceof Payment.State.Waiting(Approval issued)
        ? Optional.ofNullable(issued.account()).filter(Approval.Account::isBarcode)
        : Optional.empty();
  }

  private static Failed undecided() {
    return Failed.wrongState(Refusal.BARCODE_UNDECIDED);
  }
}
