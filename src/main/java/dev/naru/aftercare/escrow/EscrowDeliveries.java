package dev.naru.aftercare.escrow;

import dev.naru.aftercare.Refusal;
import dev.naru.aftercare.escrow.EscrowDeliveryStore.End;
import dev.naru.connector.AfterSale.Escrow;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.Shipment;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Payments;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/**
 * Tells the PG how goods paid by escrow are on their way. No money moves, and telling it again is
 * harmless: what has no answer is simply told again by the shop.
 */
@Component
public class EscrowDeliveries {

  private final EscrowDeliveryStore store;
  private final Channels channels;
  private final Payments payments;
  private final HubClock clock;

  EscrowDeliveries(
      EscrowDeliveryStore store, Channels channels, Payments payments, HubClock clock) {
    this.store = store;
    this.channels = channels;
    this.payments = payments;
    this.clock = clock;
  }

  /**
   * @throws Failed conflict if the payment is not of escrow, not paid, or has a delivery; wrong
   *     method if its PG takes none; PG error if it refused, or its answer is not known
   */
  public EscrowDelivery register(Payment payment, Shipment delivery) {
    Escrow escrow = escrow(payment);
    if (store.of(payment).isPresent()) {
      throw Failed.conflict(Refusal.DELIVERY_KNOWN);
    }
    return ship(escrow, payment, delivery);
  }

  /** The same, for one that is registered. Throws {@link Failed} conflict if there is none. */
  public EscrowDelivery change(Payment payment, Shipment delivery) {
    Escrow escrow = escrow(payment);
    get(payment);
    return ship(escrow, payment, delivery);
  }

  /** What is registered of a payment; empty if nothing is. */
  public Optional<EscrowDelivery> find(Payment payment) {
    return store.of(payment);
  }

  /** Throws {@link Failed} conflict if there is none. */
  public EscrowDelivery get(Payment payment) {
    return store.of(payment).orElseThrow(() -> Failed.conflict(Refusal.NO_DELIVERY));
  }

  /** V1 answers 405 where other operations answer 501. */
  private Escrow escrow(Payment payment) {
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    Escrow escrow =
        channel
            .connector()
            .as(Escrow.class)
            .orElseThrow(() -> Failed.wrongMethod(Refusal.NO_ESCROW, channel.pg().name()));
    boolean paid =
        payment.state() instanceof Payment.State.Paid
            && !payment.canceled().equals(payment.amount());
    if (!payment.purchase().escrow() || !paid) {
      throw Failed.conflict(Refusal.NOT_DELIVERABLE);
    }
    return escrow;
  }

  private EscrowDelivery ship(Escrow escrow, Payment payment, Shipment delivery) {
    Lease lease = payments.lease();
    OptionalInt no = store.call(payment, delivery, clock.instant(), payments.leaseEnd());
    if (no.isEmpty()) {
      throw Failed.conflict(Refusal.DELIVERY_RUNS);
    }
    PgRef ref = payment.approval().orElseThrow().ref();
    Outcome<Instant> outcome =
        lease.ask(() -> escrow.ship(payment.order(payment.attempt()), ref, delivery));
    return switch (outcome) {
      case Outcome.Ok<Instant>(Instant at) -> {
        store.end(payment, no.getAsInt(), End.DONE, at, null);
        yield new EscrowDelivery(delivery.company(), delivery.invoice(), delivery.sentAt(), at);
      }
      case Outcome.Declined<Instant>(Decline decline) -> {
        store.end(payment, no.getAsInt(), End.REFUSED, null, decline.message());
        throw Failed.pgError(Refusal.DELIVERY_REFUSED, decline.why());
      }
      case Outcome.Pending<Instant>(var pending, Instant until) ->
          throw unanswered(payment, no.getAsInt(), "pending");
      case Outcome.Unknown<Instant>(String why) -> throw unanswered(payment, no.getAsInt(), why);
    };
  }

  private Failed unanswered(Payment payment, int no, String why) {
    store.end(payment, no, End.UNKNOWN, null, why);
    return Failed.pgError(Refusal.DELIVERY_NOT_SURE);
  }
}
