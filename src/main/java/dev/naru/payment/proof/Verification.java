package dev.naru.payment.proof;

import dev.naru.attention.Attention;
import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import dev.naru.payment.BudgetShare;
import dev.naru.payment.Payment;
import dev.naru.payment.store.BooksPage;
import dev.naru.payment.store.VerifyStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Proves the books: each payment is what its events say and what was written, its sums are those of
 * its cancels and deposits, its ledger says what is left of it, and the budgets of promotions are
 * the sums over their payments. Reads a page at a time, whatever there is.
 */
@Component
public class Verification {

  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

  /** Beyond so many, more matters help nobody. */
  private static final int MOST_RAISED = 1_000;

  static final String PROMOTION = "promotion ";
  static final String PROMOTION_DIFFERS = "its books are not the sums over its payments";

  private final VerifyStore store;
  private final Attention attention;

  Verification(Shards shards, Vault vault, Attention attention) {
    store = new VerifyStore(shards, vault);
    this.attention = attention;
  }

  /**
   * Something that is not as it must be.
   *
   * @param about the imp_uid, or a promotion
   */
  public record Difference(long merchantId, String about, String what) {

    @Override
    public String toString() {
      return "merchant " + merchantId + ", " + about + ": " + what;
    }
  }

  /** How much was looked at, and how much of it is wrong. */
  public record Result(long payments, long differences) {}

  /**
   * Looks at everything.
   *
   * @param found takes what is wrong
   * @param page is called after every page
   */
  public Result run(Consumer<Difference> found, Runnable page) {
    long payments = 0;
    Set<Difference> all = new HashSet<>();
    long[] differences = {0};
    Consumer<Difference> wrong =
        difference -> {
          differences[0]++;
          LOG.error("the books differ: {}", difference);
          found.accept(difference);
          if (all.size() < MOST_RAISED && all.add(difference)) {
            attention.raise(
                difference.merchantId(), What.BOOKS_DIFFER, difference.about(), difference.what());
          }
        };
    for (long merchantId : store.merchants()) {
      payments += merchant(merchantId, wrong, page);
    }
    settle(all);
    return new Result(payments, differences[0]);
  }

  private long merchant(long merchantId, Consumer<Difference> wrong, Runnable each) {
    long payments = 0;
    String after = "";
    BooksPage page = store.page(merchantId, after);
    while (!page.rows().isEmpty()) {
      for (BooksPage.Row row : page.rows()) {
        payments++;
        problems(row, page).stream()
            .map(what -> new Difference(merchantId, row.impUid(), what))
            .forEach(wrong);
      }
      each.run();
      after = page.rows().getLast().impUid();
      page = store.page(merchantId, after);
    }
    store
        .promotionsThatDiffer(merchantId)
        .forEach(id -> wrong.accept(new Difference(merchantId, PROMOTION + id, PROMOTION_DIFFERS)));
    return payments;
  }

  static List<String> problems(BooksPage.Row row, BooksPage page) {
    Payment payment = row.payment();
    if (payment == null) {
      return List.of("cannot be read: " + row.unreadable());
    }
    List<String> problems = new ArrayList<>();
    if (!row.proved()) {
      problems.add("its row was changed");
    }
    problems.addAll(page.changed().getOrDefault(row.impUid(), List.of()));
    List<Replay.Told> events = page.events().getOrDefault(row.impUid(), List.of());
    if (row.events() > 0 && row.events() != events.size()) {
      problems.add("has %d events, of %d".formatted(events.size(), row.events()));
    }
    problems.addAll(new Replay(payment, events).problems(row.state()));
    sums(row, payment, problems);
    ledger(payment, page.ledger().getOrDefault(row.impUid(), Map.of()), problems);
    BudgetShare share = BudgetShare.of(payment);
    BooksPage.Share kept = page.budgets().get(row.impUid());
    boolean sameShare =
        share == null
            ? kept == null
            : kept != null
                && kept.promotionId().equals(share.promotionId())
                && kept.reserved() == share.reserved()
                && kept.spent() == share.spent();
    if (!sameShare) {
      problems.add("its part of a budget is %s, and not %s".formatted(kept, share));
    }
    return problems;
  }

  private static void sums(BooksPage.Row row, Payment payment, List<String> problems) {
    if (row.canceled() != payment.canceled().minor()) {
      problems.add(
          "cancelled are %d, by its cancels %d"
              .formatted(row.canceled(), payment.canceled().minor()));
    }
    if (row.canceling() != payment.canceling().minor()) {
      problems.add(
          "being cancelled are %d, by its cancels %d"
              .formatted(row.canceling(), payment.canceling().minor()));
    }
    if (payment.intake().isUnlimited()
        && !payment.received().isEmpty()
        && payment.amount().minor()
            != payment.received().stream().mapToLong(one -> one.amount().minor()).sum()) {
      problems.add("its amount is not the sum of its deposits");
    }
  }

  private static void ledger(Payment payment, Map<String, Long> ledger, List<String> problems) {
    boolean paid = payment.state() instanceof Payment.State.Paid && !payment.isKeyOnly();
    long left = paid ? payment.bill().paid().minor() : 0;
    long discount =
        paid && payment.purchase().benefit() != null ? payment.bill().discountLeft().minor() : 0;
    long atPgs =
        ledger.entrySet().stream()
            .filter(account -> account.getKey().startsWith("pg:"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    long atPromotions =
        ledger.entrySet().stream()
            .filter(account -> account.getKey().startsWith("promotion:"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (atPgs != left) {
      problems.add("%d are left of it, by its ledger %d".formatted(left, atPgs));
    }
    if (atPromotions != discount) {
      problems.add("a promotion pays %d of it, by its ledger %d".formatted(discount, atPromotions));
    }
    if (ledger.values().stream().mapToLong(Long::longValue).sum() != 0) {
      problems.add("its ledger does not balance");
    }
  }

  /** What differed before and does not any more. */
  private void settle(Set<Difference> now) {
    Set<String> wrong = new HashSet<>();
    now.forEach(difference -> wrong.add(difference.merchantId() + " " + difference.about()));
    attention.open(Place.START, Integer.MAX_VALUE).stream()
        .filter(matter -> matter.what() == What.BOOKS_DIFFER)
        .filter(matter -> !wrong.contains(matter.merchantId() + " " + matter.about()))
        .forEach(
            matter -> attention.settled(matter.merchantId(), What.BOOKS_DIFFER, matter.about()));
  }
}
