package dev.naru.payment.notice;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Deposit;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.OneSteps;
import dev.naru.payment.store.PaymentStore;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What PGs tell by themselves of deposits. What counts is said in {@link Notices}. */
@Component
class DepositNotices {

  private static final Set<PgRecord.State> CAME_IN =
      Set.of(PgRecord.State.PAID, PgRecord.State.CANCELED);

  private final PaymentStore store;
  private final Receiving receiving;
  private final OneSteps oneSteps;

  DepositNotices(PaymentStore store, Receiving receiving, OneSteps oneSteps) {
    this.store = store;
    this.receiving = receiving;
    this.oneSteps = oneSteps;
  }

  /** Whether a channel has the payment that a notice without an order is about. */
  boolean knows(Channel channel, Notice.Deposited notice) {
    return about(channel, notice).isPresent();
  }

  /** The payment that a notice without an order is about. */
  Optional<Payment> about(Channel channel, Notice.Deposited notice) {
    return counted(channel, notice).or(() -> unlimited(channel, notice));
  }

  NoticeAnswer take(Channel channel, Notice.Deposited notice) {
    String orderId = notice.orderId();
    if (orderId == null) {
      return oneOfMany(channel, notice);
    }
    Payment payment =
        NoticeProof.find(channel, merchantId -> store.byOrderId(merchantId, orderId)).orElse(null);
    return payment == null
        ? Notices.refuse(channel, "no order " + orderId + " for a deposit")
        : payment.intake().isUnlimited()
            ? received(channel, payment, notice)
            : deposit(channel, payment, notice);
  }

  private NoticeAnswer deposit(Channel channel, Payment payment, Notice.Deposited notice) {
    if (payment.state() instanceof Payment.State.Paid) {
      return new NoticeAnswer(true, notice.acknowledgement());
    }
    if (OneSteps.isOne(payment) && payment.attempt().state() == Attempt.State.OPEN) {
      // Its account was paid into before its issue was told of: the books tell of both.
      oneSteps.over(payment, payment.attempt(), channel);
      return Notices.refuse(channel, payment.impUid() + " was not known to have an account");
    }
    Approval.Account expired = payment.intake().expired().orElse(null);
    if (expired != null) {
      return late(channel, payment, expired, notice);
    }
    if (!(payment.state() instanceof Payment.State.Waiting(Approval issued))) {
      return Notices.refuse(channel, payment.impUid() + " does not wait for a deposit");
    }
    Money amount = notice.amount();
    if (!NoticeProof.isSameAccount(issued, notice.account())
        || !NoticeProof.isSameSecret(payment, notice.secret())
        || (amount != null && !payment.intake().takes(amount))) {
      return Notices.refuse(
          channel, "account, amount or secret of " + payment.impUid() + " differ");
    }
    Order order =
        amount == null ? payment.order(payment.attempt()) : payment.intake().order(amount);
    PgRecord entry = books(channel, order, payment, payment.attempt().ref()).orElse(null);
    if (channel.has(Lookup.class) && !agrees(entry, payment, notice)) {
      return Notices.refuse(
          channel, "the PG's books do not show the deposit of " + payment.impUid());
    }
    String tid = notice.ref() == null ? null : notice.ref().tid();
    receiving.paid(payment, amount, notice.at(), tid);
    return new NoticeAnswer(true, notice.acknowledgement());
  }

  /** Books that do not tell of deposits can only say that the account was not cancelled. */
  private static boolean agrees(
      @Nullable PgRecord entry, Payment payment, Notice.Deposited notice) {
    return entry != null
        && (entry.state() == PgRecord.State.PAID
            || (entry.state() == PgRecord.State.STANDING
                && payment.charged().equals(notice.amount())));
  }

  /** Of an account that has expired here only the PG's books can say that money came in. */
  private NoticeAnswer late(
      Channel channel, Payment payment, Approval.Account account, Notice.Deposited notice) {
    PgRef ref = payment.attempt().ref();
    PgRecord entry = books(channel, payment.order(payment.attempt()), payment, ref).orElse(null);
    Approval proved = entry == null ? null : entry.approval().orElse(null);
    if (proved == null
        || !agrees(entry, payment, notice)
        || !proved.amount().equals(payment.charged())
        || !NoticeProof.isSameAccount(proved.changed(proved.amount(), account), notice.account())
        || !NoticeProof.isSameSecret(payment, notice.secret())) {
      return Notices.refuse(
          channel, "the late deposit of " + payment.impUid() + " is not proved by the PG's books");
    }
    String tid = notice.ref() == null ? null : notice.ref().tid();
    receiving.late(payment, proved, notice.at(), tid);
    return new NoticeAnswer(true, notice.acknowledgement());
  }

  /** The notice names the account alone: whose it was when the money came in. */
  private NoticeAnswer oneOfMany(Channel channel, Notice.Deposited notice) {
    if (notice.account() == null || notice.ref() == null) {
      return Notices.refuse(channel, "a deposit without order, account or transaction");
    }
    return counted(channel, notice)
        .map(payment -> new NoticeAnswer(true, notice.acknowledgement()))
        .or(() -> unlimited(channel, notice).map(payment -> received(channel, payment, notice)))
        .orElseGet(() -> Notices.refuse(channel, "no account that takes any number of deposits"));
  }

  private Optional<Payment> counted(Channel channel, Notice.Deposited notice) {
    PgRef ref = notice.ref();
    return ref == null
        ? Optional.empty()
        : NoticeProof.find(
            channel, merchantId -> store.byDeposit(merchantId, channel.key(), ref.tid()));
  }

  private Optional<Payment> unlimited(Channel channel, Notice.Deposited notice) {
    String account = notice.account();
    return account == null
        ? Optional.empty()
        : NoticeProof.find(
            channel,
            merchantId ->
                store.byAccount(
                    merchantId, channel.key(), NoticeProof.digits(account), notice.at()));
  }

  private NoticeAnswer received(Channel channel, Payment payment, Notice.Deposited notice) {
    PgRef ref = notice.ref();
    Money amount = notice.amount();
    Approval issued = payment.approval().orElse(null);
    if (ref == null
        || amount == null
        || amount.isZero()
        || issued == null
        || !NoticeProof.isSameAccount(issued, notice.account())) {
      return Notices.refuse(channel, "the deposit does not fit " + payment.impUid());
    }
    PgRecord entry = books(channel, payment.intake().order(amount), payment, ref).orElse(null);
    boolean proved =
        !channel.has(Lookup.class)
            || (entry != null
                && CAME_IN.contains(entry.state())
                && entry.approval().filter(found -> found.amount().equals(amount)).isPresent());
    if (!proved) {
      return Notices.refuse(
          channel, "the PG's books do not show a deposit into " + payment.impUid());
    }
    Deposit deposit = new Deposit(0, ref.tid(), amount, notice.depositor(), notice.at());
    receiving.received(payment, deposit);
    return new NoticeAnswer(true, notice.acknowledgement());
  }

  /** Empty if they cannot be read, or do not know of it. */
  private static Optional<PgRecord> books(
      Channel channel, Order order, Payment payment, @Nullable PgRef ref) {
    return channel
        .connector()
        .as(Lookup.class)
        .map(books -> books.find(order, ref, payment.attempt().intent()))
        .flatMap(
            found ->
                found instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry)
                    ? entry
                    : Optional.empty());
  }
}
