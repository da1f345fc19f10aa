package dev.naru.payment.notice;

import dev.naru.connector.Notice;
import dev.naru.connector.window.PgReturn;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Channel;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps what PGs told of payments, and what was made of it. It is for people who look into a
 * payment: a notice counts, or does not, whether it can be kept or not.
 */
@Component
class NoticeLog {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeLog.class);

  private final NoticeStore store;
  private final PaymentStore payments;
  private final Ids ids;
  private final HubClock clock;

  NoticeLog(NoticeStore store, PaymentStore payments, Ids ids, HubClock clock) {
    this.store = store;
    this.payments = payments;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A notice that came in.
   *
   * @param about the payment as it was before; null if none is known that it could be about
   */
  record Came(Channel channel, PgReturn raw, Notice notice, @Nullable Payment about, Instant at) {}

  Came came(Channel channel, PgReturn raw, Notice notice, @Nullable Payment about) {
    return new Came(channel, raw, notice, about, clock.instant());
  }

  /** Keeps it with what came of it. */
  void keep(Came came, boolean taken, String why) {
    Payment before = came.about();
    if (before == null) {
      return;
    }
    try {
      String order = came.notice().orderId();
      store.keep(
          before.merchantId(),
          new Heard(
              ids.row(),
              order == null ? before.attempt().orderId() : order,
              came.at(),
              came.channel().key(),
              came.raw().remoteAddress(),
              Heard.Kind.of(came.notice()),
              NoticeText.of(came.raw()),
              taken ? outcome(before) : Heard.Outcome.REFUSED,
              why.replace("\0", "")));
    } catch (RuntimeException lost) {
      LOG.warn("a notice about {} is not kept", before.impUid(), lost);
    }
  }

  private Heard.Outcome outcome(Payment before) {
    Payment after = payments.get(before.merchantId(), before.impUid());
    return after.version() == before.version() ? Heard.Outcome.NOTHING_NEW : Heard.Outcome.CHANGED;
  }
}
