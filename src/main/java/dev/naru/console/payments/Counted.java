package dev.naru.console.payments;

import dev.naru.payment.list.PaymentTotals;
import java.util.List;

/**
 * What a list comes to, in words.
 *
 * @param more there are more than were counted
 */
record Counted(long count, List<Sum> sums, boolean more) {

  /** One currency's. */
  record Sum(String gross, String refunded, String net) {}

  static Counted of(PaymentTotals totals, Texts texts) {
    return new Counted(
        totals.count(),
        totals.moneys().values().stream()
            .map(
                money ->
                    new Sum(
                        texts.money(money.gross()),
                        texts.money(money.refunded()),
                        texts.money(money.net())))
            .toList(),
        totals.more());
  }
}
