package dev.naru.payment.flow;

import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Why;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.resolve.CancelResolver;
import dev.naru.payment.resolve.OutsideRefunds;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives money back. The amount is reserved in the commit before the PG is called, so that cancels,
 * in flight included, never exceed what was paid; one cancel of a payment runs at a time.
 */
@Component
public class Cancellations {

  private final PaymentStore store;
  private final Payments payments;
  private final Channels channels;
  private final Waiter waiter;
  private final HubClock clock;
  private final Ids ids;
  private final Settings settings;
  private final OutsideRefunds outside;

  Cancellations(
      PaymentStore store,
      Payments payments,
      Channels channels,
      Waiter waiter,
      HubClock clock,
      Ids ids,
      Settings settings,
      OutsideRefunds outside) {
    this.outside = outside;
    this.store = store;
    this.payments = payments;
    this.channels = channels;
    this.waiter = waiter;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * @return the payment after the cancel
   * @throws Failed wrong state if there is nothing to cancel, not that much, the checksum differs,
   *     or the outcome is not known yet; refused by PG if the PG said no
   */
  public Payment cancel(Payment payment, CancelRequest request) {
    Optional<Cancellation> known = known(payment, request.id());
    if (known.isPresent()) {
      return answer(payment, known.get().no());
    }
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    requireByPayment(channel, request);
    Optional<Reserved> mine = reserve(payment, channel, request);
    if (mine.isEmpty()) {
      // Asked twice at the same time: the other request makes it.
      Payment now = store.get(payment.merchantId(), payment.impUid());
      return answer(now, known(now, request.id()).orElseThrow().no());
    }
    Reserved reserved = mine.get();
    Cancellation calling = reserved.payment().cancellations().getLast();
    Payment settled = call(reserved, calling, channel);
    return answer(outside.afterCancel(settled, calling.no(), channel), calling.no());
  }

  /**
   * What a cancel would come to if it were made now; nothing is written.
   *
   * @throws Failed as {@link #cancel}, for what is known before a PG is asked
   */
  public Cancellation preview(Payment payment, CancelRequest request) {
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    requireByPayment(channel, request);
    if (payment.cancelRunning().isPresent()) {
      throw Failed.wrongState(Refusal.CANCEL_RUNS);
    }
    Instant now = clock.instant();
    Change planned = new CancelPlan(request, "preview").reserve(payment, channel, now, now);
    return planned.after().cancellations().getLast();
  }

  private static void requireByPayment(Channel channel, CancelRequest request) {
    if (request.goods() == null && channel.has(ProductOrders.class)) {
      throw Failed.wrongState(Refusal.CANCEL_BY_PRODUCT);
    }
  }

  private Payment call(Reserved reserved, Cancellation calling, Channel channel) {
    Payment payment = reserved.payment();
    try {
      Outcome<Canceled> outcome =
          calling.money().isZero()
              ? nothingToReturn(payment, clock.instant())
              : reserved
                  .lease()
                  .call(
                      () ->
                          channel
                              .require(Cancels.class)
                              .cancel(CancelResolver.order(payment, calling, calling.id())));
      return store.update(
          payment, current -> current.settleCancel(calling.no(), outcome, clock.instant()));
    } catch (Lease.Ended late) {
      return payments.overtaken(payment);
    }
  }

  /** The payment with its cancel reserved, and until when that may be sent. */
  private record Reserved(Payment payment, Lease lease) {}

  /** What a PG need not be asked: the rest of the order costs what is paid. */
  public static Outcome<Canceled> nothingToReturn(Payment payment, Instant now) {
    return new Outcome.Ok<>(new Canceled(ref(payment.attempt()), now, null));
  }

  /** The cancel of a payment that has this id. */
  public static Optional<Cancellation> known(Payment payment, @Nullable String id) {
    return payment.cancellations().stream().filter(cancel -> cancel.id().equals(id)).findFirst();
  }

  /**
   * A cancel that runs is waited for, since what is left is known only after it; but not for ever.
   * Empty if another request makes the cancel of this id.
   */
  private Optional<Reserved> reserve(Payment payment, Channel channel, CancelRequest request) {
    String id = request.id() == null ? ids.opaque("cancellation") : request.id();
    CancelPlan plan = new CancelPlan(request, id);
    long deadline = System.nanoTime() + settings.pgTimes().answer().toNanos();
    AtomicBoolean mine = new AtomicBoolean();
    Payment current = payment;
    do {
      Payment idle = waiter.await(current, p -> p.cancelRunning().isEmpty());
      Lease lease = payments.lease();
      current =
          store.intend(
              idle,
              p -> {
                mine.set(p.cancelRunning().isEmpty() && known(p, id).isEmpty());
                return mine.get()
                    ? plan.reserve(p, channel, clock.instant(), payments.leaseEnd())
                    : Change.none(p);
              });
      if (mine.get()) {
        return Optional.of(new Reserved(current, lease));
      }
      if (known(current, id).isPresent()) {
        return Optional.empty();
      }
    } while (System.nanoTime() < deadline);
    throw Failed.wrongState(Refusal.CANCEL_RUNS);
  }

  public static PgRef ref(Attempt attempt) {
    PgRef ref = attempt.ref();
    if (ref == null) {
      throw new IllegalStateException("attempt " + attempt.orderId() + " has no PG reference");
    }
    return ref;
  }

  private Payment answer(Payment settled, int no) {
    Payment payment =
        waiter.await(settled, current -> !current.cancellations().get(no - 1).state().isRunning());
    Cancellation cancel = payment.cancellations().get(no - 1);
    return switch (cancel.state()) {
      case DONE -> payment;
      case REFUSED ->
          throw new Failed(new Failure.RefusedByPg(Why.said(String.valueOf(cancel.why()))));
      case CALLING, UNKNOWN, PENDING -> throw Failed.wrongState(Refusal.CANCEL_UNDECIDED);
    };
  }

  /**
   * The payment a cancel names: by imp_uid, which wins, or by merchant_uid.
   *
   * @throws Failed wrong state if there is none
   */
  public Payment named(long merchantId, @Nullable String impUid, @Nullable String merchantUid) {
    if (impUid != null) {
      return ImpUid.parse(impUid)
          .flatMap(uid -> store.find(merchantId, uid))
          .orElseThrow(() -> Failed.wrongState(Refusal.NOTHING_TO_CANCEL));
    }
    if (merchantUid == null) {
      throw Failed.invalid(Refusal.NOTHING_NAMED);
    }
    return store
        .holderOf(merchantId, merchantUid)
        .orElseThrow(() -> Failed.wrongState(Refusal.NOTHING_TO_CANCEL));
  }
}
