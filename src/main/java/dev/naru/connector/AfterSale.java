package dev.naru.connector;

import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.aftercare.CashAmount;
import dev.naru.connector.aftercare.DeliveryReport;
import dev.naru.connector.aftercare.ListedOrder;
import dev.naru.connector.aftercare.OrderStatus;
import dev.naru.connector.aftercare.PartnerOrder;
import dev.naru.connector.aftercare.ProductAct;
import dev.naru.connector.aftercare.ProductOrder;
import dev.naru.connector.aftercare.ProductReview;
import dev.naru.connector.aftercare.ReceiptOrder;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.aftercare.Shipment;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Requester;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a connector can do about a payment once it is paid, apart from giving it back: documents,
 * deliveries, word to the PG of how the order goes on. None of it moves money.
 */
public sealed interface AfterSale extends Capability {
  /**
   * Issues cash receipts (현금영수증) by API, and takes them back. Moves no money, but a receipt must
   * not be issued twice.
   */
  non-sealed interface Receipts extends AfterSale {
    Outcome<Receipted> issue(ReceiptOrder order);

    /** How an Unknown of {@link #issue} ends. */
    Ends receiptEnds();

    /** May be repeated: a receipt that is taken back already is {@link Ok}. */
    Outcome<Instant> revoke(ReceiptOrder.Cancel cancel);
  }

  /** Registers the delivery of what was paid by escrow. Moves no money. */
  non-sealed interface Escrow extends AfterSale {
    /** May be repeated: the last one counts. */
    Outcome<Instant> ship(Order order, PgRef ref, Shipment delivery);
  }

  /** Takes word of how an order goes on (V1: PAYCO). Moves no money. */
  non-sealed interface OrderProgress extends AfterSale {
    /** May be repeated: the last one counts. */
    Outcome<Instant> progress(Order order, PgRef ref, OrderStatus status);
  }

  /**
   * Takes word of a delivery, without which the PG does not settle (V1: Paymentwall). Moves no
   * money.
   */
  non-sealed interface DeliveryReports extends AfterSale {
    /** May be repeated: the last one counts. */
    Outcome<DeliveryReport.Verdict> report(Order order, PgRef ref, DeliveryReport report);
  }

  /** Credits the points that a purchase earns its buyer (V1: Naver Pay). */
  non-sealed interface PointCredits extends AfterSale {
    /** May be repeated: points are credited once per order. */
    Outcome<Instant> creditPoints(Order order, PgRef ref);
  }

  /** Confirms that a purchase is complete (구매확정; V1: Naver Pay). Moves no money. */
  non-sealed interface PurchaseConfirms extends AfterSale {
    /** May be repeated: a purchase that is confirmed already is {@link Ok}. */
    Outcome<Instant> confirmPurchase(Order order, PgRef ref, Requester requester);
  }

  /** Tells how much of a payment a cash receipt could be for (V1: Naver Pay). */
  non-sealed interface CashPart extends AfterSale {
    Outcome<CashAmount> cashAmount(Order order, PgRef ref);
  }

  /** Keeps the products of an order apart (V1: Naver Pay, order type); refunds: {@link Cancels}. */
  non-sealed interface ProductOrders extends AfterSale {
    /** Those of an order, in the order in which they were bought. */
    Outcome<List<ProductOrder>> products(Order order);

    /** One by the PG's id, whoever's it is at this account; empty if there is none. */
    Outcome<Optional<ProductOrder>> product(String id);

    /** Does what moves no money. The same again, with nothing in between, is done once. */
    Outcome<ProductOrder> act(Order order, String product, ProductAct act);

    /** Those written at this account in a span of time, both ends included, oldest first. */
    Outcome<List<ProductReview>> reviews(Instant from, Instant to, ProductReview.Kind kind);
  }

  /** Issues the receipts of those who share a payment (V1: INICIS). */
  non-sealed interface PartnerReceipts extends AfterSale {
    /** May be repeated: a request is served once, by its id. */
    Outcome<PartnerOrder.Issued> issueForPartners(PartnerOrder order);
  }

  /** Keeps a list of the orders that were opened at an account (V1: Kakao Pay). */
  non-sealed interface OrderLists extends AfterSale {
    /** The accounts of this contract that have a list, the one meant if none is named first. */
    List<String> listed();

    /**
     * Those of a day in Seoul, the newest first. A page that there is not is empty.
     *
     * @param id 20 characters of 0-9 A-Z, of this question
     * @param account one of {@link #listed()}
     * @param page from 1
     */
    Outcome<List<ListedOrder>> orders(String id, String account, LocalDate day, int page);
  }
}
