package dev.naru.payment;

import dev.naru.connector.Approval;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The account of a payment whose time to be paid is over. It stays with the attempt's intent,
 * sealed as that is: a bank may tell of money after the end, and PGs' books of paid accounts do not
 * say which account it was.
 */
final class Expired {

  private static final String BANK = "expired.bank";
  private static final String BANK_NAME = "expired.bankName";
  private static final String NUMBER = "expired.number";
  private static final String HOLDER = "expired.holder";
  private static final String DUE = "expired.due";

  private Expired() {}

  /** The attempt with its account; a barcode is none. */
  static Attempt keeping(Attempt attempt, @Nullable Approval issued) {
    Approval.Account account = issued == null ? null : issued.account();
    if (account == null || account.isBarcode()) {
      return attempt;
    }
    Map<String, String> intent = new HashMap<>(attempt.intent());
    intent.put(NUMBER, account.number());
    intent.put(DUE, Long.toString(account.due().getEpochSecond()));
    putIf(intent, BANK, account.bankCode());
    putIf(intent, BANK_NAME, account.bankName());
    putIf(intent, HOLDER, account.holder());
    return attempt.with(intent);
  }

  static Optional<Approval.Account> account(Attempt attempt) {
    Map<String, String> kept = attempt.intent();
    String number = kept.get(NUMBER);
    String due = kept.get(DUE);
    return number == null || due == null
        ? Optional.empty()
        : Optional.of(
            new Approval.Account(
                kept.get(BANK),
                kept.get(BANK_NAME),
                number,
                kept.get(HOLDER),
                Instant.ofEpochSecond(Long.parseLong(due))));
  }

  private static void putIf(Map<String, String> intent, String name, @Nullable String value) {
    if (value != null) {
      intent.put(name, value);
    }
  }
}
