package dev.naru.payment.store;

import dev.naru.payment.Payment;
import dev.naru.payment.proof.Replay;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some payments of a merchant as the books have them at one moment.
 *
 * @param ledger by account, what came in less what went out
 */
public record BooksPage(
    List<Row> rows,
    Map<String, List<Replay.Told>> events,
    Map<String, Map<String, Long>> ledger,
    Map<String, List<String>> changed,
    Map<String, Share> budgets) {

  /** What is stored of one payment, beside the payment itself, which may not be readable. */
  public record Row(
      String impUid,
      @Nullable Payment payment,
      @Nullable String unreadable,
      String state,
      long canceled,
      long canceling,
      boolean proved,
      int events) {}

  /** What a payment has of a promotion's budget. */
  public record Share(String promotionId, long reserved, long spent) {}
}
