package dev.naru.console.home;

import dev.naru.console.part.Amounts;
import dev.naru.payment.list.Sales;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a span as they are shown.
 *
 * @param before of the span before it, to compare with; null where there is nothing to compare
 */
public record Figures(Sales sales, @Nullable Sales before, Currency currency, boolean korean) {

  private static final double WHOLE = 100;

  /** A change against the span before. */
  public record Delta(String text, boolean up) {}

  public String gross() {
    return Amounts.of(sales.sold(), currency, korean);
  }

  public String refunded() {
    return Amounts.of(sales.refunded(), currency, korean);
  }

  public String net() {
    return Amounts.of(sales.net(), currency, korean);
  }

  /** Of a hundred charges; a dash where nothing was charged. */
  public String rate() {
    return sales.sales() + sales.declines() == 0 ? "–" : tenth(sales.successRate()) + "%";
  }

  /** The gross of the span before. */
  public @Nullable String grossBefore() {
    return before == null ? null : Amounts.of(before.sold(), currency, korean);
  }

  public @Nullable Delta grossDelta() {
    if (before == null || before.sold() == 0) {
      return null;
    }
    double change = (sales.sold() - before.sold()) * WHOLE / before.sold();
    return delta(change, "%");
  }

  public @Nullable Delta rateDelta() {
    return before == null
            || before.sales() + before.declines() == 0
            || sales.sales() + sales.declines() == 0
        ? null
        : delta(sales.successRate() - before.successRate(), "%p");
  }

  private static @Nullable Delta delta(double change, String unit) {
    String text = tenth(Math.abs(change));
    return text.equals("0.0")
        ? null
        : new Delta((change > 0 ? "▲ " : "▼ ") + text + unit, change > 0);
  }

  private static String tenth(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
