package dev.naru.aftercare;

import dev.naru.aftercare.EscrowDeliveryStore.End;
import dev.naru.connector.AfterSale.Escrow;
import dev.naru.connector.Decline;
import dev.naru.connector.Delivery;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Payment;
import dev.naru.payment.Payments;
import java.time.Instant;
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
  public EscrowDelivery register(Payment payment, Delivery delivery) {
    Escrow escrow = escrow(payment);
    if (store.of(payment).isPresent()) {
      throw conflict("이미 배송 정보가 등록된 결제입니다.");
    }
    return ship(escrow, payment, delivery);
  }

  /** The same, for one that is registered. Throws {@link Failed} conflict if there is none. */
  public EscrowDelivery change(Payment payment, Delivery delivery) {
    Escrow escrow = escrow(payment);
    get(payment);
    return ship(escrow, payment, delivery);
  }

  /** Throws {@link Failed} conflict if there is none. */
  public EscrowDelivery get(Payment payment) {
    return store.of(payment).orElseThrow(() -> conflict("등록된 배송 정보가 없습니다."));
  }

  /** V1 answers 405 where other operations answer 501. */
  private Escrow escrow(Payment payment) {
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    Escrow escrow =
        channel
            .connector()
            .as(Escrow.class)
            .orElseThrow(
                () ->
                    new Failed(
                        new Failure.WrongMethod(
                            channel.pg().nameKo() + "에서 지원하지 않는 기능입니다. (에스크로 배송)")));
    boolean paid =
        payment.state() instanceof Payment.State.Paid
            && !payment.canceled().equals(payment.amount());
    if (!payment.purchase().escrow() || !paid) {
      throw conflict("에스크로 배송 정보를 등록할 수 있는 결제가 아닙니다.");
    }
    return escrow;
  }

  private EscrowDelivery ship(Escrow escrow, Payment payment, Delivery delivery) {
    Lease lease = payments.lease();
    OptionalInt no = store.call(payment, delivery, clock.instant(), payments.leaseEnd());
    if (no.isEmpty()) {
      throw conflict("배송 정보를 등록하고 있습니다. 잠시 후 다시 시도해 주세요.");
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
        throw pgError("배송 정보 등록에 실패하였습니다. " + decline.message());
      }
      case Outcome.Pending<Instant>(var pending, Instant until) ->
          throw unanswered(payment, no.getAsInt(), "pending");
      case Outcome.Unknown<Instant>(String why) -> throw unanswered(payment, no.getAsInt(), why);
    };
  }

  private Failed unanswered(Payment payment, int no, String why) {
    store.end(payment, no, End.UNKNOWN, null, why);
    return pgError("PG사의 응답을 확인할 수 없어 배송 정보가 등록되었는지 알 수 없습니다. 다시 등록해 주세요.");
  }

  private static Failed conflict(String text) {
    return new Failed(new Failure.Conflict(text));
  }

  private static Failed pgError(String text) {
    return new Failed(new Failure.PgError(text));
  }
}
