package dev.naru.payment.notice;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.connector.window.PgReturn;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Barcodes;
import dev.naru.payment.flow.OneSteps;
import dev.naru.payment.resolve.Looks;
import dev.naru.payment.store.PaymentStore;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What PGs tell by themselves. A notice counts when its sender's address is listed (live mode),
 * account, amount and secret match, and the PG's own books agree where they can be read. What does
 * not count is not acknowledged, so that the PG repeats it.
 *
 * <p>A PG knows one address per MID. Where several channels share one, whichever is told finds the
 * channel that has the order, and the notice counts as if that one had been told: it is read and
 * proved anew, by that channel's own settings.
 */
@Component
public class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  private final PaymentStore store;
  private final Channels channels;
  private final DepositNotices deposits;
  private final Barcodes barcodes;
  private final OneSteps oneSteps;
  private final ChargeNotices charges;
  private final HubClock clock;
  private final Looks looks;
  private final ChangeNotices changes;
  private final NoticeLog log;

  Notices(
      PaymentStore store,
      Channels channels,
      DepositNotices deposits,
      Barcodes barcodes,
      OneSteps oneSteps,
      ChargeNotices charges,
      HubClock clock,
      Looks looks,
      ChangeNotices changes,
      NoticeLog log) {
    this.log = log;
    this.changes = changes;
    this.looks = looks;
    this.store = store;
    this.channels = channels;
    this.deposits = deposits;
    this.barcodes = barcodes;
    this.oneSteps = oneSteps;
    this.charges = charges;
    this.clock = clock;
  }

  /** Takes a notice that came in for a channel. */
  public NoticeAnswer take(Channel channel, PgReturn raw) {
    if (channel.mode() == Pg.Mode.LIVE && !channel.pg().mayNotify(raw.remoteAddress())) {
      return refuse(channel, "address " + raw.remoteAddress() + " is not listed");
    }
    Notice told = channel.require(Notifies.class).read(raw);
    if (told instanceof Notice.Elsewhere(String mid)) {
      return elsewhere(channel, mid, raw);
    }
    Channel concerned = concerned(channel, told);
    Notice notice = concerned.equals(channel) ? told : concerned.require(Notifies.class).read(raw);
    Payment about = about(concerned, notice).orElse(null);
    NoticeLog.Came came = log.came(concerned, raw, notice, about);
    try {
      NoticeAnswer answer = counted(concerned, notice);
      log.keep(came, answer.taken(), answer.why());
      return answer;
    } catch (Failed refused) {
      log.keep(came, false, String.valueOf(refused.getMessage()));
      throw refused;
    }
  }

  private NoticeAnswer counted(Channel channel, Notice notice) {
    try {
      return take(channel, notice);
    } catch (PaymentStore.OrderTaken running) {
      // Its end says whose the order is; the PG tells of the money again.
      return refuse(channel, "another payment of the order of " + notice.orderId() + " runs");
    }
  }

  /** The payment that a notice speaks of, whether that is true or not. */
  private Optional<Payment> about(Channel channel, Notice notice) {
    String orderId = notice.orderId();
    if (orderId != null) {
      return find(channel, orderId);
    }
    return notice instanceof Notice.Deposited deposited
        ? deposits.about(channel, deposited)
        : Optional.empty();
  }

  /** One address may be registered for several MIDs: whoever has the notice's reads it. */
  private NoticeAnswer elsewhere(Channel told, String mid, PgReturn raw) {
    return channels
        .sharing(told, mid)
        .filter(one -> !(one.require(Notifies.class).read(raw) instanceof Notice.Elsewhere))
        .findFirst()
        .map(owner -> take(owner, raw))
        .orElseGet(() -> refuse(told, "no channel has MID " + mid));
  }

  /** The channel that has the order; the one that was told, if none has. */
  private Channel concerned(Channel told, Notice notice) {
    return knows(told, notice)
        ? told
        : channels.sharing(told).filter(channel -> knows(channel, notice)).findFirst().orElse(told);
  }

  private boolean knows(Channel channel, Notice notice) {
    String orderId = notice.orderId();
    if (orderId != null) {
      return find(channel, orderId).isPresent();
    }
    return !(notice instanceof Notice.Deposited deposited) || deposits.knows(channel, deposited);
  }

  private NoticeAnswer take(Channel channel, Notice notice) {
    return switch (notice) {
      case Notice.Deposited deposited -> deposits.take(channel, deposited);
      case Notice.DepositReversed reversed -> reverse(channel, reversed);
      case Notice.Approved approved -> approved(channel, approved);
      case Notice.AtTill asked -> atTill(channel, asked);
      case Notice.Changed(String orderId, String acknowledgement) ->
          changes.take(channel, find(channel, orderId).orElse(null), acknowledgement);
      case Notice.Charged charged ->
          find(channel, charged.orderId())
              .map(
                  payment ->
                      ChargeNotices.concerns(payment, channel)
                          ? charges.take(
                              channel, payment, charged.claim(), charged.acknowledgement())
                          : changes.take(channel, payment, charged.acknowledgement()))
              .orElseGet(() -> refuse(channel, "no order " + charged.orderId()));
      case Notice.Elsewhere(String mid) -> refuse(channel, "no channel has MID " + mid);
      case Notice.Unreadable(String why) -> charges.unreadable(channel, why);
      case Notice.Ignored(String acknowledgement) -> new NoticeAnswer(true, acknowledgement);
      case Notice.Forged(String why) -> refuse(channel, why);
    };
  }

  private NoticeAnswer reverse(Channel channel, Notice.DepositReversed notice) {
    Payment payment = find(channel, notice.orderId()).orElse(null);
    Approval approval = payment == null ? null : payment.approval().orElse(null);
    if (payment == null || approval == null) {
      return refuse(channel, "no deposit on order " + notice.orderId());
    }
    if (!(payment.state() instanceof Payment.State.Paid)) {
      // Toss Payments says the same when an account is opened.
      return new NoticeAnswer(true, notice.acknowledgement());
    }
    if (!NoticeProof.isSameAccount(approval, notice.account())
        || !NoticeProof.isSameSecret(payment, notice.secret())
        || !NoticeProof.booksSay(channel, payment, PgRecord.State.WAITING)) {
      return refuse(channel, "the reversal of " + payment.impUid() + " is not proved");
    }
    Payment after = store.update(payment, current -> current.intake().reversed(clock.instant()));
    if (after.state() instanceof Payment.State.Paid) {
      LOG.error("a deposit that was cancelled already is taken back: {}", payment.impUid());
      looks.unexplained(payment, "the bank took back a deposit that was cancelled already");
    }
    return new NoticeAnswer(true, notice.acknowledgement());
  }

  /** The notice proves itself, so that it settles what is not settled yet. */
  private NoticeAnswer approved(Channel channel, Notice.Approved notice) {
    Payment payment = find(channel, notice.orderId()).orElse(null);
    if (payment == null) {
      return refuse(channel, "no order " + notice.orderId());
    }
    if (OneSteps.isOne(payment)) {
      oneSteps.take(payment, notice.approval());
    } else {
      Outcome<Approval> approved = new Outcome.Ok<>(notice.approval());
      store.update(payment, current -> current.settle(approved, clock.instant()));
    }
    return new NoticeAnswer(true, notice.acknowledgement());
  }

  /** The PG wants an answer either way, and waits for it. */
  private NoticeAnswer atTill(Channel channel, Notice.AtTill asked) {
    boolean agreed =
        find(channel, asked.orderId())
            .filter(payment -> barcodes.agree(payment, asked))
            .isPresent();
    return new NoticeAnswer(true, agreed ? asked.acknowledgement() : asked.refusal());
  }

  private Optional<Payment> find(Channel channel, String orderId) {
    return NoticeProof.find(channel, merchantId -> store.byOrderId(merchantId, orderId));
  }

  static NoticeAnswer refuse(Channel channel, String why) {
    LOG.warn("a notice to channel {} does not count: {}", channel.key(), why);
    return new NoticeAnswer(false, "FAIL", why);
  }
}
