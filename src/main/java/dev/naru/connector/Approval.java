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

  /** A yes that says no more than this; the builder takes what else there is. */
  public static Builder of(PgRef ref, Money amount, Instant at, String method) {
    return new Builder(ref, amount, at, method);
  }

  /** The same with nothing to keep. */
  public Approval withoutMemo() {
    return copy().memo(Map.of()).build();
  }

  /** The same without the account, which is kept apart. */
  public Approval withoutAccount() {
    return with(null);
  }

  /** The same with the account it has. */
  public Approval with(@Nullable Account itsAccount) {
    return copy().account(itsAccount).build();
  }

  /** The same with an account that was changed. */
  public Approval changed(Money newAmount, Account newAccount) {
    Builder copy = copy();
    copy.amount = newAmount;
    return copy.account(newAccount).build();
  }

  private Builder copy() {
    return of(ref, amount, at, method)
        .brand(brand)
        .applyNum(applyNum)
        .card(card, quota)
        .account(account)
        .bank(bankCode)
        .receipt(receiptUrl)
        .memo(memo);
  }

  /** An approval in the making: what is not told stays absent. */
  public static final class Builder {
    private final PgRef ref;
    private Money amount;
    private final Instant at;
    private final String method;
    private @Nullable String brand;
    private @Nullable String applyNum;
    private @Nullable CardInfo card;
    private int quota;
    private @Nullable Account account;
    private @Nullable String bankCode;
    private @Nullable String receiptUrl;
    private Map<String, String> memo = Map.of();

    private Builder(PgRef ref, Money amount, Instant at, String method) {
      this.ref = ref;
      this.amount = amount;
      this.at = at;
      this.method = method;
    }

    public Builder brand(@Nullable String itsBrand) {
      brand = itsBrand;
      return this;
    }

    public Builder applyNum(@Nullable String number) {
      applyNum = number;
      return this;
    }

    public Builder card(@Nullable CardInfo itsCard, int months) {
      card = itsCard;
      quota = months;
      return this;
    }

    public Builder account(@Nullable Account itsAccount) {
      account = itsAccount;
      return this;
    }

    public Builder bank(@Nullable String code) {
      bankCode = code;
      return this;
    }

    public Builder receipt(@Nullable String url) {
      receiptUrl = url;
      return this;
    }

    public Builder memo(Map<String, String> kept) {
      memo = kept;
      return this;
    }

    public Approval build() {
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
          memo);
    }
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
