package dev.naru.certification;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.PgRef;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.OtpSent;
import dev.naru.kernel.ImpUid;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One verification of one person, as V1's {@code /certifications} knows it. Immutable: a transition
 * makes a new one. What is said of the person is kept while it is needed: a verification that
 * failed or expired forgets it.
 *
 * @param orderId the PG's order id
 */
public record Certification(
    long merchantId,
    ImpUid impUid,
    @Nullable String merchantUid,
    Via via,
    String orderId,
    Instant requestedAt,
    State state) {

  /** How long a code may be confirmed. Carriers' own windows have three minutes too. */
  public static final Duration VALID = Duration.ofMinutes(3);

  /** How long a window may take from its opening to its confirm. */
  public static final Duration WINDOW = Duration.ofMinutes(30);

  /** How many wrong codes there may be. */
  public static final int MOST_TRIES = 5;

  /** The channel, and its PG as V1 calls it, which outlives the channel. */
  public record Via(String channelKey, String pgProvider) {}

  /** How far it is. */
  public sealed interface State {

    /**
     * The code is, or is about to be, on its way.
     *
     * @param sent null until the PG has said so
     * @param tries how many wrong codes have come
     * @param unanswered the last confirm has no known result: it may be repeated after its time
     */
    record Requested(
        OtpOrder order, @Nullable OtpSent sent, Instant expiresAt, int tries, boolean unanswered)
        implements State {}

    /**
     * The window is, or is about to be, open.
     *
     * @param origin the page that asked for it, null if it did not say
     * @param memo what the return must fit, empty until the PG has answered
     * @param intent what the return brought, null until there was one
     * @param unanswered the last confirm has no known result: it may be repeated after its time
     */
    record Showing(
        IdentityOrder order,
        @Nullable String origin,
        Map<String, String> memo,
        @Nullable Map<String, String> intent,
        Instant expiresAt,
        boolean unanswered)
        implements State {}

    /**
     * It is known who it was.
     *
     * @param origin the page that asked for a window
     */
    record Certified(Identity identity, Instant at, @Nullable String origin) implements State {}

    /** The PG refused, there were too many wrong codes, or the person gave up. */
    record Failed(Decline decline, Instant at) implements State {}

    record Expired(Instant at) implements State {}
  }

  /** The state, if a code is waited for. */
  Optional<State.Requested> open() {
    return state instanceof State.Requested requested ? Optional.of(requested) : Optional.empty();
  }

  /** The state, if a window is. */
  public Optional<State.Showing> showing() {
    return state instanceof State.Showing showing ? Optional.of(showing) : Optional.empty();
  }

  /** Too late for a code, unless the PG may have taken it in time. */
  boolean isOver(Instant now) {
    State.Requested was = requested();
    return now.isAfter(was.expiresAt()) && !was.unanswered();
  }

  /** The PG's transaction, if it ever named one; V1's pg_tid. */
  public Optional<PgRef> ref() {
    return switch (state) {
      case State.Requested(var order, OtpSent sent, var until, int tries, boolean unanswered) ->
          Optional.ofNullable(sent).map(OtpSent::ref);
      case State.Showing showing -> Optional.empty();
      case State.Certified(Identity identity, Instant at, var origin) ->
          Optional.of(identity.ref());
      case State.Failed failed -> Optional.empty();
      case State.Expired expired -> Optional.empty();
    };
  }

  /** The code has gone out: its time begins. */
  Certification sent(OtpSent sent, Instant now) {
    return as(new State.Requested(requested().order(), sent, now.plus(VALID), 0, false));
  }

  Certification certified(Identity identity, Instant now) {
    String origin = state instanceof State.Showing was ? was.origin() : null;
    return as(new State.Certified(identity, now, origin));
  }

  Certification failed(Decline decline, Instant now) {
    return as(new State.Failed(decline, now));
  }

  /** The PG has its window ready. */
  Certification opened(Map<String, String> memo) {
    State.Showing was = shown();
    return as(new State.Showing(was.order(), was.origin(), memo, null, was.expiresAt(), false));
  }

  /** The browser is back: with this the PG can be asked who it was. */
  Certification returned(Map<String, String> intent) {
    State.Showing was = shown();
    return as(
        new State.Showing(
            was.order(), was.origin(), was.memo(), intent, was.expiresAt(), was.unanswered()));
  }

  Certification expired(Instant now) {
    return as(new State.Expired(now));
  }

  /** A wrong code: the last one that is allowed ends it. */
  Certification wrong(Instant now) {
    State.Requested was = requested();
    int tries = was.tries() + 1;
    return tries >= MOST_TRIES
        ? failed(Decline.of(Reason.TOO_MANY_TRIES, Refusal.TOO_MANY_TRIES), now)
        : as(new State.Requested(was.order(), was.sent(), was.expiresAt(), tries, false));
  }

  /** Whether a confirm ended without a known result. */
  Certification unanswered(boolean unanswered) {
    if (state instanceof State.Showing was) {
      return as(
          new State.Showing(
              was.order(), was.origin(), was.memo(), was.intent(), was.expiresAt(), unanswered));
    }
    State.Requested was = requested();
    return as(
        new State.Requested(was.order(), was.sent(), was.expiresAt(), was.tries(), unanswered));
  }

  private State.Requested requested() {
    return open().orElseThrow(() -> new IllegalStateException(impUid + " is decided"));
  }

  private State.Showing shown() {
    return showing().orElseThrow(() -> new IllegalStateException(impUid + " is decided"));
  }

  private Certification as(State next) {
    return new Certification(merchantId, impUid, merchantUid, via, orderId, requestedAt, next);
  }
}
