package dev.naru.payment;

import dev.naru.connector.PgRef;
import dev.naru.connector.window.Window;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One try to have a payment approved.
 *
 * @param orderId what the PG knows it by
 * @param intent what its connector needs for further calls: what the browser brought back, then
 *     what the connector asked to keep; stored encrypted
 * @param noted what the hub notes itself; stored encrypted with it
 * @param dueAt when the resolver looks at it next; null if it need not
 * @param tries how often the resolver has looked
 * @param absent how often in a row, after the PG's patience, it did not know the order
 * @param why the last reason of an unknown, or the decline's text
 */
public record Attempt(
    int no,
    String orderId,
    Verb verb,
    State state,
    @Nullable PgRef ref,
    Map<String, String> intent,
    Noted noted,
    Instant startedAt,
    @Nullable Instant decidedAt,
    @Nullable Instant dueAt,
    int tries,
    int absent,
    @Nullable String why) {

  /** By which of a connector's verbs it is made. */
  public enum Verb {
    KEYIN,
    CHARGE_KEY,
    CHECKOUT,
    /** A window that charges by itself. */
    ONE_STEP,
    WINDOW_KEY,
    VBANK,
    /** A barcode for a till. */
    CVS,
    POINTS,
    /** A member's prepaid money. */
    QUICK_MONEY;

    /** What it makes waits for somebody to pay. */
    public boolean opensAccount() {
      return this == VBANK || this == CVS;
    }
  }

  /** Where it stands. */
  public enum State {
    /** The window is open; nothing has been asked of the PG that could move money. */
    OPEN,
    /** The call is under way; after a crash the resolver takes it for unknown. */
    CALLING,
    UNKNOWN,
    /** The PG decides later. */
    PENDING,
    /** A virtual account waits for its deposit. */
    WAITING,
    APPROVED,
    DECLINED,
    /** It turned out approved after the payment had been settled otherwise: it is being undone. */
    REVERSING,
    REVERSED;

    private static final Set<State> UNDECIDED = Set.of(CALLING, UNKNOWN, PENDING);

    /** Decided, and may be looked at all the same. */
    static final Set<State> LOOKED_AT = Set.of(OPEN, WAITING, DECLINED, REVERSING);

    /** Money may or may not have moved. */
    public boolean isUndecided() {
      return UNDECIDED.contains(this);
    }
  }

  public Attempt {
    intent = Map.copyOf(intent);
  }

  static Attempt first(String orderId, Verb verb, State state, Instant now, @Nullable Instant due) {
    return new Attempt(
        1, orderId, verb, state, null, Map.of(), Noted.NOTHING, now, null, due, 0, 0, null);
  }

  /** The attempt after this one, by the same verb. */
  Attempt next(String nextOrderId, Instant now, Instant leaseEnds) {
    return new Attempt(
        no + 1,
        nextOrderId,
        verb,
        State.CALLING,
        null,
        Map.of(),
        Noted.NOTHING,
        now,
        null,
        leaseEnds,
        0,
        0,
        null);
  }

  /** What the browser brought back joins what was kept when the window opened. */
  Attempt calling(Map<String, String> brought, Instant now, Instant leaseEnds) {
    Map<String, String> all = new HashMap<>(intent);
    all.putAll(brought);
    Noted called = noted.calledAt(now);
    return new Attempt(
        no, orderId, verb, State.CALLING, ref, all, called, startedAt, null, leaseEnds, 0, 0, null);
  }

  Attempt undecided(State undecided, @Nullable PgRef newRef, String reason, @Nullable Instant due) {
    return new Attempt(
        no,
        orderId,
        verb,
        undecided,
        newRef == null ? ref : newRef,
        intent,
        noted,
        startedAt,
        null,
        due,
        tries,
        absent,
        reason);
  }

  Attempt decided(State decision, @Nullable PgRef newRef, @Nullable String reason, Instant now) {
    return new Attempt(
        no,
        orderId,
        verb,
        decision,
        newRef == null ? ref : newRef,
        intent,
        noted,
        startedAt,
        now,
        staysDue(decision) ? dueAt : null,
        tries,
        absent,
        reason);
  }

  /** A window that charges by itself may do so after the buyer seemed to have left it. */
  private boolean staysDue(State decision) {
    return mayCharge() && state == State.OPEN && decision == State.DECLINED;
  }

  /** Its window may have charged without us: always, or by the method it was opened for. */
  public boolean mayCharge() {
    return verb == Verb.ONE_STEP || intent.containsKey(Window.MAY_CHARGE);
  }

  /** The account is open: the resolver looks at it when its time is over, if ever. */
  Attempt waiting(@Nullable PgRef newRef, Instant now, @Nullable Instant over) {
    return decided(State.WAITING, newRef, null, now).dueAt(over);
  }

  /** To be looked at then, as if it had not been before. */
  public Attempt dueAt(@Nullable Instant due) {
    return new Attempt(
        no, orderId, verb, state, ref, intent, noted, startedAt, decidedAt, due, 0, 0, why);
  }

  /** When it was asked to charge: of a window, long after it opened. */
  public Instant calledAt() {
    return noted.calledAt() == null ? startedAt : noted.calledAt();
  }

  Attempt keeping(Map<String, String> memo) {
    return memo.isEmpty() ? this : with(memo, noted);
  }

  public Attempt noting(UnaryOperator<Noted> change) {
    return with(intent, change.apply(noted));
  }

  /** The same with what somebody says of it, to ask the PG by. */
  public Attempt claiming(Map<String, String> claim) {
    Map<String, String> more = new HashMap<>(intent);
    more.putAll(claim);
    return claim.isEmpty() ? this : with(more, noted);
  }

  private Attempt with(Map<String, String> newIntent, Noted other) {
    return new Attempt(
        no, orderId, verb, state, ref, newIntent, other, startedAt, decidedAt, dueAt, tries, absent,
        why);
  }

  /** Looked at without a result: comes up again at {@code due}. */
  Attempt looked(boolean notFound, @Nullable Instant due) {
    return new Attempt(
        no,
        orderId,
        verb,
        state,
        ref,
        intent,
        noted,
        startedAt,
        decidedAt,
        due,
        tries + 1,
        notFound ? absent + 1 : 0,
        why);
  }
}
