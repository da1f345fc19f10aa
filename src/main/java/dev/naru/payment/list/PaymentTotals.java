package dev.naru.payment.list;

import dev.naru.kernel.Money;
import dev.naru.payment.list.PaymentFilter.Status;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the payments of a list come to.
 *
 * @param counts how many there are of each status; those a PG decides later are among the ready
 * @param moneys by currency, of those that were paid
 * @param more there are more than were counted: the newest are
 */
public record PaymentTotals(
    long count, Map<Status, Long> counts, Map<String, Moneys> moneys, boolean more) {

  /** What was paid, what of it was given back, and what is left. */
  public record Moneys(Money gross, Money refunded, Money net) {}

  /** Payments of one status and currency. */
  record Sum(
      String status, boolean partial, String currency, long count, long gross, long refunded) {

    Status of() {
      return switch (status) {
        case "paid" -> Status.PAID;
        case "failed" -> Status.FAILED;
        case "cancelled" -> partial ? Status.CANCELLED_PARTIAL : Status.CANCELLED_FULL;
        default -> Status.READY;
      };
    }

    boolean isMoney() {
      return of() != Status.READY && of() != Status.FAILED;
    }
  }

  static PaymentTotals of(List<Sum> sums, boolean more) {
    Map<Status, Long> counts = new EnumMap<>(Status.class);
    Map<String, Moneys> moneys = new TreeMap<>();
    for (Sum sum : sums) {
      counts.merge(sum.of(), sum.count(), Long::sum);
      if (sum.isMoney()) {
        moneys.merge(sum.currency(), moneys(sum), PaymentTotals::plus);
      }
    }
    long count = counts.values().stream().mapToLong(Long::longValue).sum();
    return new PaymentTotals(count, counts, moneys, more);
  }

  private static Moneys moneys(Sum sum) {
    Currency currency = Currency.getInstance(sum.currency());
    return moneys(new Money(sum.gross(), currency), new Money(sum.refunded(), currency));
  }

  private static Moneys moneys(Money gross, Money refunded) {
    return new Moneys(gross, refunded, gross.minus(refunded));
  }

  private static Moneys plus(Moneys one, Moneys other) {
    return moneys(one.gross().plus(other.gross()), one.refunded().plus(other.refunded()));
  }
}
