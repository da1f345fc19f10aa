package dev.naru.payment.notice;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.OneSteps;
import dev.naru.payment.resolve.Looks;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What PGs tell of charges that the hub knows nothing of: a window that nobody came back from, and
 * an attempt that was declined. A notice proves nothing, so that the PG's books decide; as long as
 * they cannot be read, the notice is refused and comes again.
 */
@Component
class ChargeNotices {

  private static final Logger LOG = LoggerFactory.getLogger(ChargeNotices.class);

  private final PaymentStore store;
  private final OneSteps oneSteps;
  private final Looks looks;
  private final Attention attention;
  private final HubClock clock;

  ChargeNotices(
      PaymentStore store, OneSteps oneSteps, Looks looks, Attention attention, HubClock clock) {
    this.store = store;
    this.looks = looks;
    this.oneSteps = oneSteps;
    this.attention = attention;
    this.clock = clock;
  }

  /** Whether nothing is known of a charge that the PG may have made all the same. */
  static boolean concerns(Payment payment, Channel channel) {
    Attempt attempt = payment.attempt();
    return OneSteps.isUntold(payment, channel)
        || attempt.state() == Attempt.State.DECLINED
        || (attempt.state() == Attempt.State.OPEN
            && (attempt.verb() == Attempt.Verb.CHECKOUT || OneSteps.isOne(payment)));
  }

  /** Takes a notice by which something changed. */
  NoticeAnswer take(Channel channel, Payment payment, String acknowledgement) {
    return take(channel, payment, null, acknowledgement);
  }

  /**
   * The same.
   *
   * @param claim what the PG tells of a charge; null if it does not say that it has charged
   */
  NoticeAnswer take(
      Channel channel,
      Payment payment,
      @Nullable Map<String, String> claim,
      String acknowledgement) {
    Map<String, String> told = claim == null ? Map.of() : claim;
    if (payment.attempt().state() == Attempt.State.DECLINED) {
      if (Looks.canAsk(channel)) {
        lookAgain(payment, told);
      }
      return new NoticeAnswer(true, acknowledgement);
    }
    if (!Looks.canAsk(channel)) {
      unsure(payment, claim);
      return new NoticeAnswer(true, acknowledgement);
    }
    Outcome<Optional<PgRecord>> books =
        looks.find(payment, payment.attempt().claiming(told), channel);
    Optional<Approval> charged = OneSteps.charged(books);
    if (charged.isPresent()) {
      Payment after = oneSteps.take(payment, charged.get());
      LOG.info("{} was paid, as its PG told: {}", after.impUid(), after.state());
      return new NoticeAnswer(true, acknowledgement);
    }
    if (!channel.has(Lookup.class)) {
      unsure(payment, claim);
    }
    return books instanceof Outcome.Ok<Optional<PgRecord>> && claim == null
        ? new NoticeAnswer(true, acknowledgement)
        : Notices.refuse(channel, "the PG does not say that " + payment.impUid() + " was charged");
  }

  /** The PG says so, does not prove it, and cannot be asked: somebody has to know. */
  private void unsure(Payment payment, @Nullable Map<String, String> claim) {
    if (claim != null
        && OneSteps.isOne(payment)
        && payment.attempt().state() == Attempt.State.OPEN) {
      var _ = oneSteps.unsure(payment, claim);
    }
  }

  /** What was declined is looked at at once; it is in the database before the PG is answered. */
  private void lookAgain(Payment payment, Map<String, String> claim) {
    Instant now = clock.instant();
    store.update(
        payment,
        current ->
            current.attempt().state() == Attempt.State.DECLINED
                ? Change.of(current.with(current.attempt().claiming(claim).dueAt(now)))
                : Change.none(current));
  }

  /** Only a sender whose address is listed can have the operator's attention. */
  NoticeAnswer unreadable(Channel channel, String why) {
    if (channel.mode() == Pg.Mode.LIVE && !channel.pg().noticeAddresses().isEmpty()) {
      attention.raise(channel.merchantId(), What.NOTICE_UNREADABLE, channel.key(), why);
    }
    return Notices.refuse(channel, "unreadable: " + why);
  }
}
