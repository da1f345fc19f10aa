package dev.naru.connector.aftercare;

import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One product of an order, as the PG that keeps it says it stands (상품 주문; V1: NaverProductOrder).
 *
 * @param id the PG's
 * @param order {@link Order#id()} of the order it belongs to
 * @param claim the last that was claimed, null if nothing ever was
 * @param amount what the goods cost, all of them
 * @param delivery what their delivery cost
 * @param sendBy when it has to be sent
 */
public record ProductOrder(
    String id,
    String order,
    Status status,
    @Nullable Claim claim,
    Product product,
    int quantity,
    Money amount,
    Money delivery,
    Orderer orderer,
    Address address,
    @Nullable String memo,
    @Nullable Instant sendBy) {

  /** Where it stands. */
  public enum Status {
    PAID,
    DELIVERING,
    DELIVERED,
    DECIDED,
    EXCHANGED,
    CANCELED,
    RETURNED
  }

  /** What was claimed, and how far that is. */
  public record Claim(Kind kind, Stage stage) {

    /** What is claimed; the PG itself makes the last one. */
    public enum Kind {
      CANCEL,
      RETURN,
      EXCHANGE,
      ADMIN_CANCEL
    }

    /** How far it is. */
    public enum Stage {
      REQUESTED,
      RUNNING,
      COLLECTING,
      COLLECTED,
      REDELIVERING,
      DONE,
      REJECTED
    }
  }

  /** What is ordered; a product without options has empty ones. */
  public record Product(String id, String name, String optionId, String optionName) {}

  /** Who ordered; the id is masked. */
  public record Orderer(String name, String id, String tel) {}

  /** Where it goes. */
  public record Address(
      String base, @Nullable String detail, String postcode, String tel, String name) {}

  /** What the buyer gets back when it is given back. */
  public Money refund() {
    return amount.plus(delivery);
  }
}
