package dev.naru.aftercare;

import dev.naru.aftercare.SaleCallStore.End;
import dev.naru.aftercare.SaleCallStore.Kind;
import dev.naru.connector.AfterSale.CashPart;
import dev.naru.connector.AfterSale.DeliveryReports;
import dev.naru.connector.AfterSale.OrderProgress;
import dev.naru.connector.AfterSale.PointCredits;
import dev.naru.connector.AfterSale.PurchaseConfirms;
import dev.naru.connector.Capability;
import dev.naru.connector.CashAmount;
import dev.naru.connector.Decline;
import dev.naru.connector.DeliveryReport;
import dev.naru.connector.Order;
import dev.naru.connector.OrderStatus;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.Requester;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Payment;
import dev.naru.payment.Payments;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * What single PGs are told about a payment after its sale. No money moves by the hub's hand, and
 * every PG takes the same word again without doing anything twice: what has no answer is simply
 * told again by the shop.
 */
@Component
public class Sales {

  private static final String NOT_PAID = "결제가 완료되지 않았거나 전액 취소된 주문입니다.";
  private static final String NO_ANSWER =
      "PG사의 응답을 확인할 수 없어 요청이 처리되었는지 알 수 없습니다. 같은 요청을 다시 보내 주세요.";

  private final SaleCallStore store;
  private final Channels channels;
  private final Payments payments;
  private final HubClock clock;

  Sales(SaleCallStore store, Channels channels, Payments payments, HubClock clock) {
    this.store = store;
    this.channels = channels;
    this.payments = payments;
    this.clock = clock;
  }

  /** A call about one payment that is to be kept. */
  private record Call(Payment payment, Kind kind, String detail) {}

  /**
   * Tells how an order goes on. That it was cancelled may be told of what was given back, too.
   *
   * @throws Failed unsupported if the PG has no such thing; wrong state if the payment is not paid;
   *     refused by PG; PG error if its answer is not known, or another call is under way
   */
  public void progress(Payment payment, OrderStatus status) {
    OrderProgress pg = require(payment, OrderProgress.class);
    if (status == OrderStatus.CANCELED) {
      requirePaid(payment);
    } else {
      requireLeft(payment);
    }
    Call call = new Call(payment, Kind.ORDER_STATUS, lower(status));
    tell(call, (order, ref) -> pg.progress(order, ref, status), Failure.RefusedByPg::new);
  }

  /**
   * Reports a delivery. What the PG does not take is an answer as well: it has a code and remarks.
   *
   * @throws Failed as {@link #progress}
   */
  public DeliveryReport.Verdict deliver(Payment payment, DeliveryReport report) {
    DeliveryReports pg = require(payment, DeliveryReports.class);
    requireLeft(payment);
    Call call = new Call(payment, Kind.DELIVERY, report.status());
    int no = begin(call);
    Outcome<DeliveryReport.Verdict> outcome = pg.report(order(payment), ref(payment), report);
    if (outcome instanceof Outcome.Ok<DeliveryReport.Verdict>(DeliveryReport.Verdict verdict)
        && verdict.refusal() != null) {
      store.end(payment, no, End.REFUSED, null, verdict.refusal().text());
      return verdict;
    }
    return end(call, no, outcome, Failure.RefusedByPg::new);
  }

  /**
   * Has the points of a purchase credited; those that are credited already are not credited again.
   *
   * @throws Failed unsupported, wrong state as {@link #progress}; PG error if the PG refused, its
   *     answer is not known, or another call is under way
   */
  public void creditPoints(Payment payment) {
    PointCredits pg = require(payment, PointCredits.class);
    requireLeft(payment);
    if (!store.isDone(payment, Kind.POINTS)) {
      tell(new Call(payment, Kind.POINTS, ""), pg::creditPoints, Failure.PgError::new);
    }
  }

  /** Confirms a purchase, once. Throws {@link Failed} as {@link #creditPoints}. */
  public void confirm(Payment payment, Requester requester) {
    PurchaseConfirms pg = require(payment, PurchaseConfirms.class);
    requireLeft(payment);
    if (!store.isDone(payment, Kind.CONFIRMATION)) {
      Call call = new Call(payment, Kind.CONFIRMATION, lower(requester));
      tell(call, (order, ref) -> pg.confirmPurchase(order, ref, requester), Failure.PgError::new);
    }
  }

  /**
   * What of a payment counts as cash, as its PG says it now.
   *
   * @throws Failed invalid if the PG has no such thing, which V1 answers with 400; wrong state if
   *     the payment was never paid; PG error if the PG refused, or its answer is not known
   */
  public CashAmount cashAmount(Payment payment) {
    CashPart pg =
        channel(payment)
            .connector()
            .as(CashPart.class)
            .orElseThrow(() -> Failed.invalid("네이버페이 결제형으로 결제된 건이 아닙니다."));
    requirePaid(payment);
    return switch (pg.cashAmount(order(payment), ref(payment))) {
      case Outcome.Ok<CashAmount>(CashAmount cash) -> cash;
      case Outcome.Declined<CashAmount>(Decline decline) -> throw pgError(decline.message());
      case Outcome.Pending<CashAmount> pending -> throw pgError(NO_ANSWER);
      case Outcome.Unknown<CashAmount> unknown -> throw pgError(NO_ANSWER);
    };
  }

  /**
   * @param refusal what the PG's no is to the caller
   */
  private <T> T tell(
      Call call, BiFunction<Order, PgRef, Outcome<T>> verb, Function<String, Failure> refusal) {
    Lease lease = payments.lease();
    int no = begin(call);
    Order order = order(call.payment());
    PgRef ref = ref(call.payment());
    return end(call, no, lease.ask(() -> verb.apply(order, ref)), refusal);
  }

  /** While another call runs the answer is no final one: an error, so that it is not kept. */
  private int begin(Call call) {
    return store
        .call(call.payment(), call.kind(), call.detail(), clock.instant(), payments.leaseEnd())
        .orElseThrow(() -> pgError("이전 요청을 처리하고 있습니다. 잠시 후 다시 시도해 주세요."));
  }

  private <T> T end(Call call, int no, Outcome<T> outcome, Function<String, Failure> refusal) {
    return switch (outcome) {
      case Outcome.Ok<T>(T value) -> {
        store.end(call.payment(), no, End.DONE, clock.instant(), null);
        yield value;
      }
      case Outcome.Declined<T>(Decline decline) -> {
        store.end(call.payment(), no, End.REFUSED, null, decline.message());
        throw new Failed(refusal.apply(decline.message()));
      }
      case Outcome.Pending<T> pending -> throw unanswered(call, no, "pending");
      case Outcome.Unknown<T>(String why) -> throw unanswered(call, no, why);
    };
  }

  private Failed unanswered(Call call, int no, String why) {
    store.end(call.payment(), no, End.UNKNOWN, null, why);
    return pgError(NO_ANSWER);
  }

  private <C extends Capability> C require(Payment payment, Class<C> capability) {
    return channel(payment).require(capability);
  }

  private Channel channel(Payment payment) {
    return channels.get(payment.merchantId(), payment.via().channelKey());
  }

  private static void requirePaid(Payment payment) {
    if (!(payment.state() instanceof Payment.State.Paid) || payment.isKeyOnly()) {
      throw Failed.wrongState(NOT_PAID);
    }
  }

  private static void requireLeft(Payment payment) {
    requirePaid(payment);
    if (payment.canceled().equals(payment.amount())) {
      throw Failed.wrongState(NOT_PAID);
    }
  }

  private static Order order(Payment payment) {
    return payment.order(payment.attempt());
  }

  private static PgRef ref(Payment payment) {
    return payment.approval().orElseThrow().ref();
  }

  private static Failed pgError(String text) {
    return new Failed(new Failure.PgError(text));
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
