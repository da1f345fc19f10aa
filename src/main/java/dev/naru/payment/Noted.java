package dev.naru.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.naru.connector.Approval;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the hub itself notes of an attempt, beside what its connector keeps there.
 *
 * @param beside money came for an order that is another payment's by now
 * @param byWindow its window leaves the charge to us, and the PG charged all the same
 * @param refusals how often the PG has refused to undo it
 * @param change what its virtual account is being changed to
 * @param calledAt when it was asked to charge; null where that was when it began
 * @param expired the account whose time to be paid is over: a bank may tell of money after the end,
 *     and PGs' books of paid accounts do not say which account it was
 */
@JsonInclude(Include.NON_DEFAULT)
public record Noted(
    boolean beside,
    boolean byWindow,
    int refusals,
    @Nullable Changing change,
    @Nullable Instant calledAt,
    Approval.@Nullable Account expired) {

  public static final Noted NOTHING = new Noted(false, false, 0, null, null, null);

  /**
   * What an account is being changed to.
   *
   * @param amount in the currency's smallest unit
   */
  record Changing(long amount, Instant due) {}

  public Noted besideAnother() {
    return new Noted(true, byWindow, refusals, change, calledAt, expired);
  }

  public Noted chargedByWindow() {
    return new Noted(beside, true, refusals, change, calledAt, expired);
  }

  public Noted refusedAgain() {
    return new Noted(beside, byWindow, refusals + 1, change, calledAt, expired);
  }

  Noted changing(@Nullable Changing other) {
    return new Noted(beside, byWindow, refusals, other, calledAt, expired);
  }

  Noted calledAt(Instant now) {
    return new Noted(beside, byWindow, refusals, change, now, expired);
  }

  Noted expired(Approval.@Nullable Account account) {
    return new Noted(beside, byWindow, refusals, change, calledAt, account);
  }

  /**
   * What earlier versions noted among the values that connectors kept.
   *
   * @param all changed: what was noted is taken out of it
   */
  public static Noted takenOutOf(Map<String, String> all) {
    String amount = all.remove("change.amount");
    String due = all.remove("change.due");
    String refusals = all.remove("reversal.refusals");
    return new Noted(
        all.remove("beside") != null,
        all.remove("byWindow") != null,
        refusals == null ? 0 : Integer.parseInt(refusals),
        amount == null || due == null
            ? null
            : new Changing(Long.parseLong(amount), Instant.ofEpochSecond(Long.parseLong(due))),
        null,
        account(all));
  }

  private static Approval.@Nullable Account account(Map<String, String> all) {
    String bank = all.remove("expired.bank");
    String bankName = all.remove("expired.bankName");
    String number = all.remove("expired.number");
    String holder = all.remove("expired.holder");
    String due = all.remove("expired.due");
    return number == null || due == null
        ? null
        : new Approval.Account(
            bank, bankName, number, holder, Instant.ofEpochSecond(Long.parseLong(due)));
  }
}
