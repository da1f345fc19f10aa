package dev.naru.payment.export;

import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import dev.naru.connector.order.Buyer;
import dev.naru.kernel.Money;
import dev.naru.kernel.Wording;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.export.PaymentExport.Group;
import dev.naru.payment.story.PaymentDetail;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each column has of a payment, in the order of the columns. */
final class Columns {

  private final Wording wording;
  private final Map<Column, Function<Payment, Cell>> all = new LinkedHashMap<>();

  Columns(Set<Group> groups, Wording wording) {
    this.wording = wording;
    basic();
    for (Group group : Group.values()) {
      if (groups.contains(group)) {
        add(group);
      }
    }
  }

  List<Cell> headings() {
    List<Cell> cells = new ArrayList<>();
    all.keySet().forEach(column -> cells.add(Cell.of(wording.of(column))));
    return cells;
  }

  List<Cell> row(Payment payment) {
    List<Cell> cells = new ArrayList<>();
    all.values().forEach(cell -> cells.add(cell.apply(payment)));
    return cells;
  }

  private void add(Group group) {
    switch (group) {
      case CUSTOMER -> customer();
      case PG -> pg();
      case CARD -> card();
      case ACCOUNT -> account();
      case BASIC -> {}
    }
  }

  private void basic() {
    text(Column.STATUS, this::status);
    text(Column.IMP_UID, payment -> payment.impUid().value());
    text(Column.MERCHANT_UID, payment -> payment.purchase().merchantUid());
    text(Column.NAME, payment -> payment.purchase().name());
    text(Column.CURRENCY, payment -> payment.amount().currency().getCurrencyCode());
    money(Column.AMOUNT, Payment::amount);
    money(Column.CANCELED, Payment::canceled);
    money(Column.LEFT, payment -> payment.amount().minus(payment.canceled()));
    text(Column.METHOD, payment -> means(payment).method());
    text(Column.KIND, this::kind);
    all.put(Column.REQUESTED_AT, payment -> Cell.of(payment.startedAt()));
    all.put(Column.PAID_AT, payment -> Cell.of(detail(payment).times().paid()));
    all.put(Column.FAILED_AT, payment -> Cell.of(detail(payment).times().failed()));
    all.put(Column.CANCELED_AT, payment -> Cell.of(detail(payment).times().canceled()));
    text(Column.REASON, Columns::reason);
  }

  private void customer() {
    text(Column.BUYER_NAME, payment -> buyer(payment).name());
    text(Column.BUYER_TEL, payment -> buyer(payment).tel());
    text(Column.BUYER_EMAIL, payment -> buyer(payment).email());
    text(Column.BUYER_ADDRESS, payment -> buyer(payment).addr());
    text(Column.BUYER_POSTCODE, payment -> buyer(payment).postcode());
    text(Column.CUSTOMER_UID, payment -> payment.purchase().customerUid());
  }

  private void pg() {
    text(Column.PG, payment -> payment.via().provider());
    text(Column.MID, payment -> payment.via().mid());
    text(Column.TID, payment -> detail(payment).where().tid());
    text(Column.CHANNEL, payment -> payment.via().channelKey());
    text(Column.ENVIRONMENT, payment -> payment.purchase().origin().channel());
    text(Column.RECEIPT, payment -> detail(payment).receipts().stream().findFirst().orElse(null));
  }

  private void card() {
    text(Column.CARD_COMPANY, payment -> card(payment).map(CardInfo::name).orElse(null));
    text(Column.CARD_NUMBER, payment -> card(payment).map(CardInfo::number).orElse(null));
    all.put(
        Column.QUOTA,
        payment ->
            card(payment).isEmpty()
                ? Cell.NOTHING
                : new Cell.Amount(BigDecimal.valueOf(means(payment).quota())));
    text(Column.APPLY_NUM, payment -> means(payment).applyNum());
  }

  private void account() {
    text(Column.BANK, payment -> account(payment).map(Approval.Account::bankName).orElse(null));
    text(
        Column.ACCOUNT_NUMBER,
        payment -> account(payment).map(Approval.Account::number).orElse(null));
    text(
        Column.ACCOUNT_HOLDER,
        payment -> account(payment).map(Approval.Account::holder).orElse(null));
    all.put(
        Column.ACCOUNT_DUE,
        payment -> Cell.of(account(payment).map(Approval.Account::due).orElse(null)));
  }

  private void text(Column column, Function<Payment, @Nullable String> text) {
    all.put(column, payment -> Cell.of(text.apply(payment)));
  }

  private void money(Column column, Function<Payment, Money> money) {
    all.put(column, payment -> new Cell.Amount(money.apply(payment).major()));
  }

  private String status(Payment payment) {
    Word word =
        switch (payment.state()) {
          case Payment.State.Ready _, Payment.State.Waiting _ -> Word.READY;
          case Payment.State.Failed(var decline, var at) -> Word.FAILED;
          case Payment.State.Paid(var approval, var at) -> paid(payment);
        };
    return wording.of(word);
  }

  private static Word paid(Payment payment) {
    if (payment.canceled().isZero()) {
      return Word.PAID;
    }
    return payment.canceled().equals(payment.amount()) ? Word.CANCELED : Word.PARTLY_CANCELED;
  }

  private String kind(Payment payment) {
    List<String> kinds = new ArrayList<>();
    if (payment.purchase().customerUid() != null) {
      kinds.add(wording.of(Word.BILLING));
    }
    if (payment.via().sandbox()) {
      kinds.add(wording.of(Word.TEST));
    }
    return String.join(", ", kinds);
  }

  private static @Nullable String reason(Payment payment) {
    if (payment.state() instanceof Payment.State.Failed(var decline, var at)) {
      return decline.message();
    }
    String reason = null;
    for (Cancellation cancel : payment.cancellations()) {
      reason = cancel.isDone() ? cancel.reason() : reason;
    }
    return reason;
  }

  private static PaymentDetail detail(Payment payment) {
    return PaymentDetail.of(payment, true);
  }

  private static PaymentDetail.Means means(Payment payment) {
    return detail(payment).means();
  }

  private static Buyer buyer(Payment payment) {
    return payment.purchase().buyer();
  }

  private static Optional<CardInfo> card(Payment payment) {
    return payment.approval().map(Approval::card);
  }

  private static Optional<Approval.Account> account(Payment payment) {
    return payment.approval().map(Approval::account);
  }
}
