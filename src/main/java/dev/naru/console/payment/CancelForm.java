package dev.naru.console.payment;

import dev.naru.connector.facts.Banks;
import dev.naru.connector.order.CancelOrder.RefundAccount;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Wording;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.OperatorCancels.Wish;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The form of a cancel as it was filled in; everything may be missing.
 *
 * @param part whether not all of it is to be cancelled
 * @param taxFree of a part; empty for a share of what is left
 * @param shown what the person was shown last: what is left, what is cancelled, what goes back
 * @param once names this form
 */
record CancelForm(
    @Nullable String part,
    @Nullable String amount,
    @Nullable String taxFree,
    @Nullable String vat,
    @Nullable String reason,
    @Nullable String bank,
    @Nullable String account,
    @Nullable String holder,
    @Nullable String tel,
    @Nullable String retain,
    @Nullable String shown,
    @Nullable String once) {

  private static final int LONGEST_REASON = 256;
  private static final int LONGEST_ACCOUNT = 16;

  public boolean isPart() {
    return "true".equals(part);
  }

  public boolean isRetaining() {
    return "true".equals(retain);
  }

  /** Whether a part is chosen, and not yet how much. */
  boolean isOpen() {
    return isPart() && text(amount).isEmpty();
  }

  /** The same of somebody who was shown nothing yet, and names no account yet. */
  CancelForm unseen() {
    return new CancelForm(
        part, amount, taxFree, vat, reason, null, null, null, null, retain, null, once);
  }

  /**
   * What is wanted.
   *
   * @throws Failed invalid for amounts that are none; wrong state if something else is left than
   *     was shown
   */
  Wish wish(Payment payment) {
    Money left = payment.cancelable();
    if (!text(shown).isEmpty() && !text(shown).startsWith(left.minor() + "/")) {
      throw Failed.wrongState(Refusal.LEFT_CHANGED);
    }
    Money wanted = isPart() ? amount(payment) : null;
    return new Wish(
        wanted,
        tax(payment, wanted == null ? left : wanted),
        left,
        kept(),
        refund(),
        isRetaining(),
        text(once));
  }

  /** What a person is shown of a cancel, to be sent with what they say to it. */
  static String shown(Payment payment, Cancellation planned) {
    return payment.cancelable().minor()
        + "/"
        + planned.amount().minor()
        + "/"
        + planned.money().minor();
  }

  /** Whether they were shown just that. */
  boolean hasSeen(Payment payment, Cancellation planned) {
    return shown(payment, planned).equals(shown);
  }

  private Money amount(Payment payment) {
    Money wanted = Typed.money(amount, payment.amount().currency(), Refusal.WRONG_AMOUNT);
    if (wanted.isZero()) {
      throw Failed.invalid(Refusal.WRONG_AMOUNT);
    }
    return wanted;
  }

  private Tax tax(Payment payment, Money of) {
    if (!isPart() || (text(taxFree).isEmpty() && text(vat).isEmpty())) {
      return payment.bill().taxOf(of);
    }
    long free = text(taxFree).isEmpty() ? 0 : tax(taxFree, of);
    return new Tax(free, text(vat).isEmpty() ? null : Long.valueOf(tax(vat, of)));
  }

  private static long tax(@Nullable String typed, Money of) {
    return Typed.money(typed, of.currency(), Refusal.WRONG_TAX).minor();
  }

  private String kept() {
    String said = text(reason);
    if (said.isEmpty()) {
      // As V1 keeps it, whatever its reader speaks.
      return Wording.KOREAN.of(Word.CANCELED_BY_ADMIN);
    }
    return said.substring(0, Math.min(said.length(), LONGEST_REASON));
  }

  /** All three parts, or none. */
  private @Nullable RefundAccount refund() {
    String number = text(account).replaceAll("[ -]", "");
    if (text(bank).isEmpty() && number.isEmpty() && text(holder).isEmpty()) {
      return null;
    }
    boolean known = Banks.ALL.containsKey(text(bank));
    if (!known || !number.matches("\\d{4,16}") || text(holder).isEmpty()) {
      throw Failed.invalid(Refusal.ACCOUNT_IN_PART);
    }
    String phone = text(tel).isEmpty() ? null : shortened(text(tel));
    return new RefundAccount(text(bank), new Secret(number), shortened(text(holder)), phone);
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_ACCOUNT));
  }

  private static String text(@Nullable String typed) {
    return Objects.requireNonNullElse(typed, "").strip();
  }
}
