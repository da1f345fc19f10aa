package dev.naru.payment;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import java.time.Instant;
import java.util.Optional;
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
  static boolean concerns(Payment payment) {
    Attempt attempt = payment.attempt();
    return attempt.state() == Attempt.State.DECLINED
        || (attempt.state() == Attempt.State.OPEN
            && (attempt.verb() == Attempt.Verb.CHECKOUT || OneSteps.isOne(payment)));
  }

  /**
   * @param claimed whether the PG says that it has charged
   */
  Notices.Answer take(Channel channel, Payment payment, boolean claimed, String acknowledgement) {
    if (!channel.has(Lookup.class)) {
      return new Notices.Answer(true, acknowledgement);
    }
    if (payment.attempt().state() == Attempt.State.DECLINED) {
      lookAgain(payment);
      return new Notices.Answer(true, acknowledgement);
    }
    Outcome<Optional<PgRecord>> books = looks.find(payment, payment.attempt(), channel);
    if (!(books instanceof Outcome.Ok<Optional<PgRecord>>)) {
      return Notices.refuse(channel, "the PG's books cannot be read");
    }
    Optional<Approval> charged = OneSteps.charged(books);
    if (charged.isPresent()) {
      Payment after = oneSteps.take(payment, charged.get());
      LOG.info("{} was paid, as its PG told: {}", after.impUid(), after.state());
    } else if (claimed) {
      return Notices.refuse(channel, "the PG's books do not have " + payment.impUid() + " yet");
    }
    return new Notices.Answer(true, acknowledgement);
  }

  /** What was declined is looked at at once; it is in the database before the PG is answered. */
  private void lookAgain(Payment payment) {
    Instant now = clock.instant();
    store.update(
        payment,
        current ->
            current.attempt().state() == Attempt.State.DECLINED
                ? Change.of(current.with(current.attempt().dueAt(now)))
                : Change.none(current));
  }

  /** Only a sender whose address is listed can have the operator's attention. */
  Notices.Answer unreadable(Channel channel, String why) {
    if (channel.mode() == Pg.Mode.LIVE && !channel.pg().noticeAddresses().isEmpty()) {
      attention.raise(channel.merchantId(), What.NOTICE_UNREADABLE, channel.key(), why);
    }
    return Notices.refuse(channel, "unreadable: " + why);
  }
}
