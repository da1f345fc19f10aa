package dev.naru.payment;

import dev.naru.connector.Canceled;
import dev.naru.connector.order.CancelOrder.Goods;
import dev.naru.connector.order.CancelOrder.RefundAccount;
import dev.naru.connector.order.Requester;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Money given back, or being given back: its amount is reserved from the first moment.
 *
 * @param id V1's cancellation_id
 * @param amount in order money: what the shop asked for
 * @param money what the PG gives back for it: the same, or less under a promotion
 * @param retain V1's retain_promotion, which all cancels of a payment share
 * @param tax the tax parts of the money
 * @param before what was paid before it
 * @param requester V1's extra.requester, null if the shop did not say
 * @param goods the product order it is for, null for the payment as such
 * @param announce whether a webhook follows when it is done
 * @param tid the PG's transaction, null until done
 */
public record Cancellation(
    int no,
    String id,
    Money amount,
    Money money,
    boolean retain,
    Tax tax,
    Money before,
    String reason,
    @Nullable RefundAccount refund,
    @Nullable Requester requester,
    @Nullable Goods goods,
    boolean announce,
    State state,
    @Nullable String tid,
    @Nullable String receiptUrl,
    Instant requestedAt,
    @Nullable Instant doneAt,
    @Nullable Instant dueAt,
    int tries,
    int absent,
    @Nullable String why) {

  /** Where it stands. */
  public enum State {
    CALLING,
    UNKNOWN,
    PENDING,
    DONE,
    REFUSED;

    private static final Set<State> RUNNING = Set.of(CALLING, UNKNOWN, PENDING);

    /** Its amount is reserved, and no other cancel may start. */
    public boolean isRunning() {
      return RUNNING.contains(this);
    }
  }

  /**
   * Money that was given back at the PG itself.
   *
   * @param amount in order money
   * @param money what the PG gave back
   * @param before what it had before
   */
  public record Outside(Money amount, Money money, Tax tax, Money before, String reason) {}

  /** A cancel that nobody asked us for, and that is to be written as done. */
  public static Cancellation outside(int no, String id, Outside given, Instant now) {
    return new Cancellation(
        no,
        id,
        given.amount(),
        given.money(),
        false,
        given.tax(),
        given.before(),
        given.reason(),
        null,
        null,
        null,
        true,
        State.CALLING,
        null,
        null,
        now,
        null,
        null,
        0,
        0,
        null);
  }

  public boolean isDone() {
    return state == State.DONE;
  }

  /** What the PG keeps after it. */
  public Money left() {
    return before.minus(money);
  }

  public Cancellation done(Canceled canceled) {
    return new Cancellation(
        no,
        id,
        amount,
        money,
        retain,
        tax,
        before,
        reason,
        null,
        requester,
        goods,
        announce,
        State.DONE,
        canceled.ref().tid(),
        canceled.receiptUrl(),
        requestedAt,
        canceled.at(),
        null,
        tries,
        absent,
        null);
  }

  Cancellation refused(String text) {
    return with(State.REFUSED, null, null, announce, text);
  }

  /** Nobody knows yet, or the PG decides later: from now on a webhook follows its end. */
  Cancellation undecided(State undecided, String reasonWhy, @Nullable Instant due) {
    return with(undecided, refund, due, true, reasonWhy);
  }

  Cancellation looked(boolean untouched, @Nullable Instant due) {
    return new Cancellation(
        no,
        id,
        amount,
        money,
        retain,
        tax,
        before,
        reason,
        refund,
        requester,
        goods,
        announce,
        state,
        tid,
        receiptUrl,
        requestedAt,
        doneAt,
        due,
        tries + 1,
        untouched ? absent + 1 : 0,
        why);
  }

  /** Proved not done, while the PG has given back something else meanwhile. */
  public Cancellation rebased(Money nowThere, Instant due) {
    return new Cancellation(
        no,
        id,
        amount,
        money,
        retain,
        tax,
        nowThere,
        reason,
        refund,
        requester,
        goods,
        true,
        State.UNKNOWN,
        tid,
        receiptUrl,
        requestedAt,
        doneAt,
        due,
        tries + 1,
        absent,
        why);
  }

  private Cancellation with(
      State newState,
      @Nullable RefundAccount newRefund,
      @Nullable Instant due,
      boolean newAnnounce,
      @Nullable String newWhy) {
    return new Cancellation(
        no,
        id,
        amount,
        money,
        retain,
        tax,
        before,
        reason,
        newRefund,
        requester,
        goods,
        newAnnounce,
        newState,
        tid,
        receiptUrl,
        requestedAt,
        doneAt,
        due,
        tries,
        absent,
        newWhy);
  }
}
