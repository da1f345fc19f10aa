package dev.naru.connector;

import dev.naru.kernel.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PG's yes: money was moved, or a virtual account was opened.
 *
 * @param amount as the PG says it; the caller compares it with what it asked for
 * @param method V1's pay_method, as it came to be
 * @param brand V1's emb_pg_provider, null without an easy pay
 * @param account what is to be paid into; null when the money has been moved already
 * @param memo what the connector wants to be given again at later calls about this payment; kept
 *     encrypted
 */
public record Approval(
    PgRef ref,
    Money amount,
    Instant at,
    String method,
    @Nullable String brand,
    @Nullable String applyNum,
    @Nullable CardInfo card,
    int quota,
    @Nullable Account account,
    @Nullable String bankCode,
    @Nullable String receiptUrl,
    Map<String, String> memo) {

  public Approval {
    memo = Map.copyOf(memo);
  }

  /** The same with nothing to keep. */
  public Approval withoutMemo() {
    return new Approval(
        ref,
        amount,
        at,
        method,
        brand,
        applyNum,
        card,
        quota,
        account,
        bankCode,
        receiptUrl,
        Map.of());
  }

  /** The same without the account, which is kept apart. */
  public Approval withoutAccount() {
    return with(null);
  }

  /** The same with the account it has. */
  public Approval with(@Nullable Account itsAccount) {
    return new Approval(
        ref,
        amount,
        at,
        method,
        brand,
        applyNum,
        card,
        quota,
        itsAccount,
        bankCode,
        receiptUrl,
        memo);
  }

  /** The same with an account that was changed. */
  public Approval changed(Money newAmount, Account newAccount) {
    return new Approval(
        ref,
        newAmount,
        at,
        method,
        brand,
        applyNum,
        card,
        quota,
        newAccount,
        bankCode,
        receiptUrl,
        memo);
  }

  /**
   * What is to be paid into: a virtual account, or a barcode at a till.
   *
   * @param bankCode as V1 shows it; null for a barcode, as is the bank's name
   * @param due until when the deposit is taken
   */
  public record Account(
      @Nullable String bankCode,
      @Nullable String bankName,
      String number,
      @Nullable String holder,
      Instant due) {

    /** A barcode, issued by {@link Capability.Cvs}. */
    public static Account barcode(String number, Instant due) {
      return new Account(null, null, number, null, due);
    }

    /** The same until another time. */
    public Account until(Instant newDue) {
      return new Account(bankCode, bankName, number, holder, newDue);
    }

    public boolean isBarcode() {
      return bankCode == null;
    }
  }
}
