package dev.naru.payment;

import dev.naru.connector.Approval;
import dev.naru.kernel.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a payment, written in the commit that changes it.
 *
 * @param announce whether the shop's webhooks get it
 * @param cancellationId for cancels, which one
 * @param transfers what it moved between accounts
 */
public record Event(
    Kind kind,
    boolean announce,
    @Nullable String cancellationId,
    Map<String, String> data,
    List<Transfer> transfers) {

  /** What happened. */
  public enum Kind {
    OPENED,
    /** A window was open for so long that its part of a promotion's budget was given back. */
    BUDGET_RELEASED,
    AUTHENTICATED,
    CALLED,
    UNKNOWN,
    PENDING,
    VBANK_OPENED,
    BARCODE_ISSUED,
    APPROVED,
    DEPOSITED,
    DEPOSIT_REVERSED,
    VBANK_CHANGE_CALLED,
    VBANK_CHANGED,
    VBANK_CHANGE_REFUSED,
    DECLINED,
    /** A channel was refused, and another one is tried. */
    FAILED_OVER,
    REVOKED,
    EXPIRED,
    LATE_APPROVAL,
    REVERSED,
    KEY_ISSUED,
    CANCEL_CALLED,
    CANCEL_UNKNOWN,
    CANCELED,
    CANCEL_REFUSED
  }

  /** Double entry in one row: the amount leaves the credited account and enters the debited one. */
  public record Transfer(String debit, String credit, Money amount) {}

  static Event quiet(Kind kind) {
    return new Event(kind, false, null, Map.of(), List.of());
  }

  static Event of(Kind kind, boolean announce, Map<String, String> data) {
    return new Event(kind, announce, null, data, List.of());
  }

  /**
   * There is something to pay into. V1 announces accounts; of a barcode only those hear by webhook
   * who were told "not known yet".
   */
  static Event opened(Approval.Account account, boolean awaited, String tid) {
    Map<String, String> data = Map.of("tid", tid);
    return account.isBarcode()
        ? of(Kind.BARCODE_ISSUED, awaited, data)
        : of(Kind.VBANK_OPENED, true, data);
  }

  Event moving(String debit, String credit, Money amount) {
    if (amount.isZero()) {
      return this;
    }
    List<Transfer> all = new ArrayList<>(transfers);
    all.add(new Transfer(debit, credit, amount));
    return new Event(kind, announce, cancellationId, data, all);
  }

  /** The same with more that is known of it. */
  Event with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(data);
    all.putAll(more);
    return new Event(kind, announce, cancellationId, Map.copyOf(all), transfers);
  }

  Event about(String newCancellationId) {
    return new Event(kind, announce, newCancellationId, data, transfers);
  }
}
