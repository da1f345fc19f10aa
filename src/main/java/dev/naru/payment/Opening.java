package dev.naru.payment;

import dev.naru.kernel.ImpUid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a new payment is made from. */
public record Opening(
    long merchantId,
    ImpUid impUid,
    Purchase purchase,
    Payment.Via via,
    String orderId,
    Instant now) {

  /**
   * How long a window keeps its part of a promotion's budget: V1's half hour. One that charges by
   * itself is looked at then.
   */
  public static final Duration HOLD = Duration.ofMinutes(30);

  /** The same at its full price. */
  public Opening withoutBenefit() {
    return new Opening(merchantId, impUid, purchase.withoutBenefit(), via, orderId, now);
  }

  /** A payment whose first call is about to be made: it takes its merchant_uid at once. */
  public Change reserve(Attempt.Verb verb, Instant leaseEnds) {
    Attempt attempt = Attempt.first(orderId, verb, Attempt.State.CALLING, now, leaseEnds);
    return Change.of(payment(attempt), Event.quiet(Event.Kind.CALLED));
  }

  /** A payment whose window opens: several may be open for one merchant_uid. */
  public Change open(Attempt.Verb verb) {
    Instant due =
        purchase.benefit() == null && verb != Attempt.Verb.ONE_STEP ? null : now.plus(HOLD);
    Attempt attempt = Attempt.first(orderId, verb, Attempt.State.OPEN, now, due);
    return Change.of(payment(attempt), Event.quiet(Event.Kind.OPENED));
  }

  /** What its PG gave with the window, or what looking its call up needs, is kept. */
  public static Change keeping(Payment payment, Map<String, String> intent) {
    if (intent.isEmpty()) {
      return Change.none(payment);
    }
    Attempt kept = payment.attempt().keeping(intent);
    return Change.of(
        payment.with(
            kept.mayCharge() && kept.state() == Attempt.State.OPEN
                ? kept.dueAt(kept.startedAt().plus(HOLD))
                : kept));
  }

  private Payment payment(Attempt attempt) {
    return new Payment(
        merchantId,
        impUid,
        0,
        purchase,
        via,
        new Payment.State.Ready(),
        List.of(attempt),
        List.of(),
        List.of(),
        now);
  }
}
