package dev.naru.payment;

import dev.naru.connector.order.Tax;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a payment, split by tax, and how it came to that. In minor units of the payment's
 * currency; movements that went back are negative.
 *
 * @param total what the ledger says is ours of this payment
 */
public record Balance(Parts total, List<Movement> movements) {

  public Balance {
    movements = List.copyOf(movements);
  }

  /** An amount split as V1 does; a service charge is not known to any PG here. */
  public record Parts(long taxFree, long supply, long vat) {

    static final Parts NONE = new Parts(0, 0, 0);

    public long sum() {
      return taxFree + supply + vat;
    }

    Parts plus(Parts more) {
      return new Parts(taxFree + more.taxFree, supply + more.supply, vat + more.vat);
    }

    Parts minus(Parts less) {
      return new Parts(taxFree - less.taxFree, supply - less.supply, vat - less.vat);
    }
  }

  /** One posting, of one event. */
  public record Movement(long eventId, Instant at, Parts parts) {

    Movement and(Movement other) {
      return new Movement(eventId, at, parts.plus(other.parts));
    }
  }

  public static final Balance NONE = new Balance(Parts.NONE, List.of());

  /**
   * A line of the ledger about this payment.
   *
   * @param amount positive for what came in
   * @param cancellationId of the cancel it belongs to
   */
  public record Line(long eventId, Instant at, long amount, @Nullable String cancellationId) {}

  /** Of what the PG charged. */
  public static Balance of(Payment payment, List<Line> lines) {
    Tax tax = payment.bill().tax();
    return of(
        lines,
        amount -> split(amount, tax),
        (left, line) -> taken(left, -line.amount(), tax(payment, line)));
  }

  /**
   * Of what a promotion paid: of each part of the order what was not charged. What cancels take
   * from it they take in proportion.
   */
  public static Balance ofDiscount(Payment payment, List<Line> lines) {
    Parts whole = split(payment.amount().minor(), payment.purchase().tax());
    Parts paid = whole.minus(split(payment.charged().minor(), payment.bill().tax()));
    return of(
        lines,
        amount -> paid,
        (left, line) ->
            taken(
                left,
                -line.amount(),
                Bill.share(new Tax(left.taxFree(), left.vat()), left.sum(), -line.amount())));
  }

  /** Both together; postings of one event are one. */
  public Balance plus(Balance other) {
    TreeMap<Long, Movement> all = new TreeMap<>(Comparator.naturalOrder());
    movements.forEach(movement -> all.merge(movement.eventId(), movement, Movement::and));
    other.movements.forEach(movement -> all.merge(movement.eventId(), movement, Movement::and));
    return new Balance(total.plus(other.total), List.copyOf(all.values()));
  }

  private static Balance of(
      List<Line> lines, LongFunction<Parts> came, BiFunction<Parts, Line, Parts> went) {
    Parts left = Parts.NONE;
    List<Movement> movements = new ArrayList<>();
    for (Line line : lines) {
      Parts moved =
          line.amount() >= 0 ? came.apply(line.amount()) : Parts.NONE.minus(went.apply(left, line));
      left = left.plus(moved);
      movements.add(new Movement(line.eventId(), line.at(), moved));
    }
    return new Balance(left, movements);
  }

  private static Parts split(long amount, Tax tax) {
    long vat = tax.vatOf(amount);
    return new Parts(tax.free(), amount - tax.free() - vat, vat);
  }

  /**
   * What a refund takes out of each part: as the shop stated it, but never more than there is of
   * it, and the last refund takes all that is left.
   */
  private static Parts taken(Parts left, long amount, Tax stated) {
    long taxed = left.supply() + left.vat();
    long free =
        Math.clamp(
            stated.free(), amount - Math.min(amount, taxed), Math.min(amount, left.taxFree()));
    long ofTaxed = amount - free;
    long vat = new Tax(0, stated.vat()).vatOf(ofTaxed);
    long least = Math.max(0, ofTaxed - left.supply());
    long vatTaken = Math.clamp(vat, least, Math.min(left.vat(), ofTaxed));
    return new Parts(free, ofTaxed - vatTaken, vatTaken);
  }

  private static Tax tax(Payment payment, Line line) {
    return payment.cancellations().stream()
        .filter(cancel -> cancel.id().equals(line.cancellationId()))
        .map(Cancellation::tax)
        .findFirst()
        .orElse(payment.bill().tax());
  }
}
