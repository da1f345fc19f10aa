package dev.naru.console.payments;

import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Pg;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.payment.Payment;
import dev.naru.payment.story.PaymentDetail;
import dev.naru.payment.story.PaymentDetail.Means;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says by what a payment was or is to be paid: its card, its account, an easy payment. */
@Component
class PaidBy {

  private static final int END = 4;

  private final PgDirectory pgs;

  PaidBy(PgDirectory pgs) {
    this.pgs = pgs;
  }

  /** What a payment's PG is called. */
  String pg(Payment payment, Texts texts) {
    return pg(payment.via().provider(), texts);
  }

  String pg(String provider, Texts texts) {
    return pgs.find(provider).map(Pg::name).map(texts::name).orElse(provider);
  }

  String of(Payment payment, Texts texts) {
    Means means = PaymentDetail.of(payment, false).means();
    String what = what(means, pg(payment, texts), texts);
    String brand = means.brand();
    String by = brand == null || brand.isEmpty() ? "" : pg(brand, texts) + " · ";
    return by + what + (means.quota() > 1 ? " · " + texts.text("months", means.quota()) : "");
  }

  private static String what(Means means, String pg, Texts texts) {
    CardInfo card = means.card();
    if (card != null) {
      String name = card.name() == null ? texts.text("method.card") : card.name();
      return name + end(card.number());
    }
    Approval.Account account = means.account();
    if (account != null && account.bankName() != null) {
      return account.bankName() + end(account.number());
    }
    // Easy payment is called as its PG is.
    return texts.textOr("method." + means.method(), pg);
  }

  /** The last digits, if they are known. */
  private static String end(@Nullable String number) {
    String all = number == null ? "" : number.replaceAll("[^0-9*]", "");
    String last = all.substring(Math.max(0, all.length() - END));
    return last.length() < END || last.indexOf('*') >= 0 ? "" : " ·· " + last;
  }
}
