package dev.naru.payment.list;

import dev.naru.connector.Approval;
import dev.naru.connector.order.Buyer;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Deposit;
import dev.naru.payment.Payment;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a payment has of what is searched for. */
final class Values {

  private static final int FIRST = 6;
  private static final int LAST = 4;

  /** One value. */
  record Value(TermKind kind, String normal) {}

  private final Set<Value> all = new LinkedHashSet<>();

  private Values() {}

  static Set<Value> of(Payment payment) {
    Values values = new Values();
    values.purchase(payment);
    payment.approval().ifPresent(values::approval);
    payment.attempts().stream()
        .filter(attempt -> attempt.ref() != null)
        .forEach(attempt -> values.add(TermKind.TID, attempt.ref().tid()));
    payment.cancellations().forEach(values::cancel);
    payment.received().stream()
        .map(Deposit::depositor)
        .forEach(depositor -> values.add(TermKind.HOLDER, depositor));
    return values.all;
  }

  private void purchase(Payment payment) {
    Buyer buyer = payment.purchase().buyer();
    add(TermKind.NAME, buyer.name());
    add(TermKind.TEL, buyer.tel());
    add(TermKind.EMAIL, buyer.email());
    add(TermKind.ADDRESS, buyer.addr());
    add(TermKind.POSTCODE, buyer.postcode());
    add(TermKind.TITLE, payment.purchase().name());
    add(TermKind.MERCHANT_UID, payment.purchase().merchantUid());
    add(TermKind.IMP_UID, payment.impUid().value());
  }

  private void approval(Approval approval) {
    add(TermKind.APPLY, approval.applyNum());
    add(TermKind.TID, approval.ref().tid());
    if (approval.card() != null) {
      card(approval.card().number());
    }
    Approval.Account account = approval.account();
    if (account != null) {
      add(TermKind.ACCOUNT, account.number());
      add(TermKind.HOLDER, account.holder());
    }
  }

  private void card(@Nullable String masked) {
    String number = masked == null ? "" : masked.replaceAll("[^0-9*]", "");
    if (number.length() < FIRST + LAST) {
      return;
    }
    String first = number.substring(0, FIRST);
    String last = number.substring(number.length() - LAST);
    if (first.indexOf('*') < 0) {
      add(TermKind.CARD, first);
    }
    if (last.indexOf('*') < 0) {
      add(TermKind.CARD_END, last);
    }
  }

  private void cancel(Cancellation cancel) {
    add(TermKind.TID, cancel.tid());
    add(TermKind.REASON, cancel.reason());
    if (cancel.refund() != null) {
      add(TermKind.HOLDER, cancel.refund().holder());
    }
  }

  private void add(TermKind kind, @Nullable String text) {
    String normal = text == null ? "" : kind.normal(text);
    if (!normal.isEmpty()) {
      all.add(new Value(kind, normal));
    }
  }
}
