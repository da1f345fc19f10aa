package dev.naru.api.payment;

import dev.naru.api.Codes;
import dev.naru.api.Refusal;
import dev.naru.api.wire.Params;
import dev.naru.connector.order.VbankOrder;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Secret;
import dev.naru.kernel.work.Due;
import dev.naru.payment.Purchase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the virtual account that a shop asks for out of its parameters. */
final class VbankParams {

  static final String UNLIMITED = "fixed_unlimited_vbank";
  static final String NUMBER = "vbank_num";

  private VbankParams() {}

  /** Throws {@link Failed} invalid for the first parameter that does not fit. */
  static VbankOrder account(Params params, Instant now) {
    String bank = String.valueOf(Codes.bank(params.required("vbank_code", 4)));
    Instant due = due(params);
    if (due == null) {
      throw Failed.invalid(Malformed.MISSING, "vbank_due");
    }
    requireToCome(due, now);
    params.text(NUMBER, 32);
    params.text("business_registration_number", 10);
    params.text("escrow_password", 40);
    return new VbankOrder(
        bank, due, params.text("vbank_holder", 16), params.text("vbank_key", 13), null);
  }

  /** In any of the forms that shops use at windows, too. */
  static @Nullable Instant due(Params params) {
    String text = params.text("vbank_due", 40);
    return text == null || Due.read(text).isEmpty()
        ? params.time("vbank_due")
        : Due.read(text).get();
  }

  static void requireToCome(@Nullable Instant due, Instant now) {
    if (due != null && !due.isAfter(now)) {
      throw Failed.invalid(Refusal.ACCOUNT_DUE_IN_PAST);
    }
  }

  /** One of a number of the shop's own, if it names one, and with its password, if it has one. */
  static VbankOrder fixed(Params params, VbankOrder account) {
    String password = params.text("escrow_password", 40);
    if (password != null && !params.has("buyer_email")) {
      throw Failed.invalid(Refusal.ESCROW_NEEDS_EMAIL);
    }
    return new VbankOrder(
        account.bank(),
        account.due(),
        account.holder(),
        number(params),
        password == null ? null : new Secret(password));
  }

  private static @Nullable String number(Params params) {
    String number = params.text(NUMBER, 32);
    if (number != null && !number.matches("[0-9][0-9 -]{5,31}")) {
      throw Failed.invalid(Refusal.WRONG_ACCOUNT_NUMBER);
    }
    return number;
  }

  /** What later calls about the account must know of it. */
  static Purchase marked(Params params, Purchase purchase, VbankOrder wanted) {
    Wishes.Account account = new Wishes.Account(null, wanted.fixed(), params.flag(UNLIMITED));
    Purchase marked = purchase.with(purchase.wishes().with(account));
    return wanted.escrowPassword() == null ? marked : marked.byEscrow();
  }
}
