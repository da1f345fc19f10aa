package dev.naru.aftercare;

import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.ReceiptOrder;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Wording;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cash receipt (현금영수증). Immutable.
 *
 * @param id what the PG knows the request by
 * @param revokes how often it was asked to be taken back
 */
public record CashReceipt(
    long merchantId,
    String id,
    Sale sale,
    String channelKey,
    Terms terms,
    State state,
    int tries,
    int revokes) {

  /** What was sold: a payment, or by merchant_uid something sold elsewhere. Exactly one is set. */
  public record Sale(@Nullable String impUid, @Nullable String merchantUid) {

    public static Sale of(String impUid) {
      return new Sale(impUid, null);
    }

    public static Sale outside(String merchantUid) {
      return new Sale(null, merchantUid);
    }
  }

  /** What stands on it. */
  public record Terms(
      String name, Money amount, Tax tax, ReceiptOrder.Use use, Instant requestedAt) {}

  /** Whom it is for. */
  public record Who(Secret identifier, Buyer buyer) {}

  /** Where it stands. */
  public sealed interface State {

    /** The PG is being asked, or nobody knows what came of it. */
    record Open(Who who, boolean unknown) implements State {}

    record Issued(Receipted receipt) implements State {}

    /** The PG is being asked to take it back. */
    record Revoking(Receipted receipt) implements State {}

    record Revoked(Receipted receipt, Instant at) implements State {}

    /** It never was issued. */
    record Refused(String why) implements State {}
  }

  /** What the PG said of it, empty if it was not issued. */
  public Optional<Receipted> receipt() {
    return switch (state) {
      case State.Issued(Receipted receipt) -> Optional.of(receipt);
      case State.Revoking(Receipted receipt) -> Optional.of(receipt);
      case State.Revoked(Receipted receipt, Instant at) -> Optional.of(receipt);
      case State.Open open -> Optional.empty();
      case State.Refused refused -> Optional.empty();
    };
  }

  CashReceipt as(State next) {
    return new CashReceipt(
        merchantId, id, sale, channelKey, terms, next, tries + 1, revokes + begun(next));
  }

  /** As its PG is told of it. */
  ReceiptOrder order(Who who) {
    return new ReceiptOrder(
        id,
        terms.name(),
        terms.amount(),
        terms.tax(),
        terms.use(),
        who.identifier(),
        who.buyer(),
        terms.requestedAt());
  }

  /** A refused cancel may be asked for again later, as another one. */
  ReceiptOrder.Cancel cancel(PgRef ref) {
    return new ReceiptOrder.Cancel(
        "revoke-" + id + "-" + revokes,
        id,
        ref,
        terms.amount(),
        Wording.KOREAN.of(Word.REVOKED_RECEIPT));
  }

  private int begun(State next) {
    return next instanceof State.Revoking && state instanceof State.Issued ? 1 : 0;
  }
}
