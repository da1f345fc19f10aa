package dev.naru.payment.export;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.kernel.Wording;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.payment.Payment;
import dev.naru.payment.export.PaymentExport.Format;
import dev.naru.payment.export.PaymentExport.Group;
import dev.naru.payment.export.PromotionUseStore.Use;
import dev.naru.payment.store.PaymentListStore;
import dev.naru.promotion.CardCompanies;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Terms;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Promotions as a file, and the payments that took of one's budget. */
@Component
public class PromotionExport {

  private static final int PAGE = 500;

  private static final List<PromotionColumn> LISTED =
      List.of(
          PromotionColumn.ID,
          PromotionColumn.NAME,
          PromotionColumn.STATE,
          PromotionColumn.CARD,
          PromotionColumn.BUDGET,
          PromotionColumn.SPENT,
          PromotionColumn.CONDITIONS,
          PromotionColumn.CAP,
          PromotionColumn.CREATED,
          PromotionColumn.UPDATED,
          PromotionColumn.STARTS,
          PromotionColumn.ENDS,
          PromotionColumn.ENDED);

  private final PromotionUseStore uses;
  private final PaymentListStore payments;
  private final Changes changes;
  private final HubClock clock;

  PromotionExport(
      PromotionUseStore uses, PaymentListStore payments, Changes changes, HubClock clock) {
    this.uses = uses;
    this.payments = payments;
    this.changes = changes;
    this.clock = clock;
  }

  /** Writes down that data of buyers is taken away. */
  public void note(Actor actor, Promotion promotion, Format format) {
    changes.make(
        actor,
        promotion.merchantId(),
        Act.PROMOTION_EXPORTED,
        promotion.id(),
        change -> change.after(Map.of("format", format)));
  }

  /**
   * The payments of a promotion, a page of them in memory at a time; {@code out} is closed at its
   * end.
   *
   * @throws IOException if nobody takes what is written
   */
  public void payments(Promotion promotion, Format format, Wording wording, OutputStream out)
      throws IOException {
    Columns columns = new Columns(EnumSet.of(Group.PG, Group.CARD), wording);
    try (out;
        Sheet sheet = sheet(format, out)) {
      List<Cell> headings = new ArrayList<>(columns.headings());
      for (PromotionColumn more :
          List.of(
              PromotionColumn.ID,
              PromotionColumn.DISCOUNT,
              PromotionColumn.CHARGED,
              PromotionColumn.TAKEN)) {
        headings.add(Cell.of(wording.of(more)));
      }
      sheet.row(headings);
      String after = "";
      List<Use> page;
      do {
        page = uses.after(promotion.merchantId(), promotion.id(), after, PAGE);
        for (List<Cell> row : rows(promotion, page, columns)) {
          sheet.row(row);
        }
        after = page.isEmpty() ? after : page.getLast().impUid().value();
      } while (page.size() == PAGE);
      sheet.finish();
    }
  }

  private List<List<Cell>> rows(Promotion promotion, List<Use> page, Columns columns) {
    Map<String, Payment> loaded =
        payments
            .bulk(
                promotion.merchantId(),
                page.stream().map(use -> use.impUid().value()).toList(),
                List.of())
            .stream()
            .collect(Collectors.toMap(one -> one.impUid().value(), Function.identity()));
    List<List<Cell>> rows = new ArrayList<>();
    for (Use use : page) {
      Payment payment = loaded.get(use.impUid().value());
      if (payment != null) {
        List<Cell> row = new ArrayList<>(columns.row(payment));
        row.add(Cell.of(promotion.id()));
        row.add(amount(payment.amount().minus(payment.charged())));
        row.add(amount(payment.charged()));
        row.add(new Cell.Amount(BigDecimal.valueOf(use.taken())));
        rows.add(row);
      }
    }
    return rows;
  }

  private static Cell amount(Money money) {
    return new Cell.Amount(money.major());
  }

  /**
   * Some promotions, a row for each; {@code out} is closed at its end.
   *
   * @throws IOException if nobody takes what is written
   */
  public void promotions(List<Promotion> all, Format format, Wording wording, OutputStream out)
      throws IOException {
    try (out;
        Sheet sheet = sheet(format, out)) {
      sheet.row(LISTED.stream().map(column -> Cell.of(wording.of(column))).toList());
      for (Promotion promotion : all) {
        sheet.row(row(promotion, wording));
      }
      sheet.finish();
    }
  }

  private List<Cell> row(Promotion promotion, Wording wording) {
    Plan plan = promotion.plan();
    Long cap = plan.terms().cap();
    return List.of(
        Cell.of(promotion.id()),
        Cell.of(plan.name()),
        Cell.of(wording.of(PromotionState.of(promotion.state(clock.instant())))),
        Cell.of(CardCompanies.names().getOrDefault(plan.cardCode(), plan.cardCode())),
        new Cell.Amount(BigDecimal.valueOf(plan.budget())),
        new Cell.Amount(BigDecimal.valueOf(promotion.books().spent())),
        Cell.of(conditions(plan.terms())),
        cap == null ? Cell.NOTHING : new Cell.Amount(BigDecimal.valueOf(cap)),
        Cell.of(promotion.createdAt()),
        Cell.of(promotion.updatedAt()),
        Cell.of(plan.startsAt()),
        Cell.of(plan.endsAt()),
        Cell.of(promotion.endedAt()));
  }

  /** Each from which amount on, and what is taken off: {@code 10000: 5%}. */
  private static String conditions(Terms terms) {
    return terms.steps().stream()
        .map(
            step ->
                step.minimum()
                    + ": "
                    + (terms.kind() == Terms.Kind.RATE
                        ? BigDecimal.valueOf(step.off(), 2).stripTrailingZeros().toPlainString()
                            + "%"
                        : Long.toString(step.off())))
        .collect(Collectors.joining(" / "));
  }

  private static Sheet sheet(Format format, OutputStream out) throws IOException {
    return format == Format.CSV ? new CsvSheet(out) : new XlsxSheet(out);
  }
}
