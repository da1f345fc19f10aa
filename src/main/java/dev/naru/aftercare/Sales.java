package dev.naru.aftercare;

import dev.naru.aftercare.SaleCallStore.End;
import dev.naru.aftercare.SaleCallStore.Kind;
import dev.naru.connector.AfterSale.CashPart;
import dev.naru.connector.AfterSale.DeliveryReports;
import dev.naru.connector.AfterSale.OrderProgress;
import dev.naru.connector.AfterSale.PointCredits;
import dev.naru.connector.AfterSale.PurchaseConfirms;
import dev.naru.connector.Capability;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.CashAmount;
import dev.naru.connector.aftercare.DeliveryReport;
import dev.naru.connector.aftercare.OrderStatus;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Requester;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Payment;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * What single PGs are told about a payment after its sale. No money moves by the hub's hand, and
 * every PG takes the same word again without doing anything twice: what has no answer is simply
 * told again by the shop.
 */
@Component
public class Sales {

  private final SaleCallStore store;
  private final Channels channels;
  private final SaleCalls calls;

  Sales(SaleCallStore store, Channels channels, SaleCalls calls) {
    this.store = store;
    this.channels = channels;
    this.calls = calls;
  }

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
    SaleCalls.Call call = new SaleCalls.Call(payment, Kind.ORDER_STATUS, lower(status));
    calls.tell(call, (order, ref) -> pg.progress(order, ref, status), Failure.RefusedByPg::new);
  }

  /**
   * Reports a delivery. What the PG does not take is an answer as well: it has a code and remarks.
   *
   * @throws Failed as {@link #progress}
   */
  public DeliveryReport.Verdict deliver(Payment payment, DeliveryReport report) {
    DeliveryReports pg = require(payment, DeliveryReports.class);
    requireLeft(payment);
    SaleCalls.Call call = new SaleCalls.Call(payment, Kind.DELIVERY, report.status());
    int no = calls.begin(call);
    Outcome<DeliveryReport.Verdict> outcome = pg.report(order(payment), ref(payment), report);
    if (outcome instanceof Outcome.Ok<DeliveryReport.Verdict>(DeliveryReport.Verdict verdict)
        && verdict.refusal() != null) {
      store.end(payment, no, End.REFUSED, null, verdict.refusal().text());
      return verdict;
    }
    return calls.end(call, no, outcome, Failure.RefusedByPg::new);
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
      calls.tell(
          new SaleCalls.Call(payment, Kind.POINTS, ""), pg::creditPoints, Failure.PgError::new);
    }
  }

  /** Confirms a purchase, once. Throws {@link Failed} as {@link #creditPoints}. */
  public void confirm(Payment payment, Requester requester) {
    PurchaseConfirms pg = require(payment, PurchaseConfirms.class);
    requireLeft(payment);
    if (!store.isDone(payment, Kind.CONFIRMATION)) {
      SaleCalls.Call call = new SaleCalls.Call(payment, Kind.CONFIRMATION, lower(requester));
      calls.tell(
          call, (order, ref) -> pg.confirmPurchase(order, ref, requester), Failure.PgError::new);
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
            .orElseThrow(() -> Failed.invalid(Refusal.NOT_NAVERPAY));
    requirePaid(payment);
    return switch (pg.cashAmount(order(payment), ref(payment))) {
      case Outcome.Ok<CashAmount>(CashAmount cash) -> cash;
      case Outcome.Declined<CashAmount>(Decline decline) ->
          throw new Failed(new Failure.PgError(decline.why()));
      case Outcome.Pending<CashAmount> pending -> throw Failed.pgError(Refusal.NOT_DONE_FOR_SURE);
      case Outcome.Unknown<CashAmount> unknown -> throw Failed.pgError(Refusal.NOT_DONE_FOR_SURE);
    };
  }

  private <C extends Capability> C require(Payment payment, Class<C> capability) {
    return channel(payment).require(capability);
  }

  private Channel channel(Payment payment) {
    return channels.get(payment.merchantId(), payment.via().channelKey());
  }

  private static void requirePaid(Payment payment) {
    if (!(payment.state() instanceof Payment.State.Paid) || payment.isKeyOnly()) {
      throw Failed.wrongState(Refusal.NOTHING_LEFT);
    }
  }

  private static void requireLeft(Payment payment) {
    requirePaid(payment);
    if (payment.canceled().equals(payment.amount())) {
      throw Failed.wrongState(Refusal.NOTHING_LEFT);
    }
  }

  static Order order(Payment payment) {
    return payment.order(payment.attempt());
  }

  static PgRef ref(Payment payment) {
    return payment.approval().orElseThrow().ref();
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
