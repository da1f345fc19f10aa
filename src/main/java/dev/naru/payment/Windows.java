package dev.naru.payment;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.Visit;
import dev.naru.connector.Window;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Payments through a PG's window. What the browser brings back proves nothing: it is verified, the
 * shop is asked if it wants to be, and then the charge is made from here.
 */
@Component
public class Windows {

  private static final Logger LOG = LoggerFactory.getLogger(Windows.class);

  private final PaymentStore store;
  private final Payments payments;
  private final Prepares prepares;
  private final Channels channels;
  private final Confirm confirm;
  private final OneSteps oneSteps;
  private final Waiter waiter;
  private final HubClock clock;

  Windows(
      PaymentStore store,
      Payments payments,
      Prepares prepares,
      Channels channels,
      Confirm confirm,
      OneSteps oneSteps,
      Waiter waiter,
      HubClock clock) {
    this.store = store;
    this.payments = payments;
    this.prepares = prepares;
    this.channels = channels;
    this.confirm = confirm;
    this.oneSteps = oneSteps;
    this.waiter = waiter;
    this.clock = clock;
  }

  /** A payment that is ready, and the window to show. */
  public record Opened(Payment payment, Window window) {}

  /**
   * Opens a window to charge in.
   *
   * @param visit where the PG sends the browser back to, by imp_uid
   * @throws Failed wrong state if the merchant_uid is taken or prepared with another amount;
   *     refused by PG if the PG would not open; unsupported if it has no window
   */
  public Opened open(
      Merchant merchant, Channel channel, Purchase purchase, Function<ImpUid, Visit> visit) {
    if (channel.has(OneStepCheckout.class)) {
      OneStepCheckout window = channel.require(OneStepCheckout.class);
      return open(merchant, channel, purchase, Attempt.Verb.ONE_STEP, visit, window::open);
    }
    Checkout checkout = channel.require(Checkout.class);
    return open(merchant, channel, purchase, Attempt.Verb.CHECKOUT, visit, checkout::open);
  }

  /** Whether a channel has a window to charge in, of either kind. */
  public static boolean has(Channel channel) {
    return channel.has(Checkout.class) || channel.has(OneStepCheckout.class);
  }

  /** The same for a window that ends otherwise than in a charge. */
  public Opened open(
      Merchant merchant,
      Channel channel,
      Purchase purchase,
      Attempt.Verb verb,
      Function<ImpUid, Visit> visit,
      BiFunction<Order, Visit, Outcome<Window>> opens) {
    Optional<Payment> holder = store.holderOf(merchant.id(), purchase.merchantUid());
    if (holder.isPresent()) {
      throw holder.get().state() instanceof Payment.State.Paid ? paidBefore() : Payments.taken();
    }
    prepares.check(merchant.id(), purchase);
    Payment opened =
        payments.insert(
            payments.opening(merchant, channel, purchase, false), opening -> opening.open(verb));
    Outcome<Window> window =
        opens.apply(opened.order(opened.attempt()), visit.apply(opened.impUid()));
    return switch (window) {
      case Outcome.Ok<Window>(Window ready) -> new Opened(keep(opened, ready), ready);
      case Outcome.Declined<Window>(Decline decline) -> throw refused(opened, decline);
      case Outcome.Unknown<Window>(String why) ->
          throw refused(opened, Decline.of(Reason.UNREACHABLE, "결제창을 열 수 없습니다. 잠시 후 다시 시도해 주세요."));
      case Outcome.Pending<Window>(var ref, var until) ->
          throw refused(opened, Decline.of(Reason.PG_ERROR, "결제창을 열 수 없습니다."));
    };
  }

  private Payment keep(Payment opened, Window window) {
    return store.update(opened, payment -> Opening.keeping(payment, window.kept()));
  }

  private Failed refused(Payment opened, Decline decline) {
    store.update(opened, payment -> payment.abandon(decline, clock.instant()));
    return new Failed(new dev.naru.kernel.Failure.RefusedByPg(decline.message()));
  }

  /**
   * The browser is back from the window of a charge. Coming back again changes nothing and gives
   * the same payment.
   *
   * @throws Failed invalid if the return is not the PG's
   */
  public Payment comeBack(Payment payment, PgReturn back) {
    Channel channel = channel(payment);
    if (OneSteps.isOne(payment)) {
      return comeBackCharged(payment, channel, back);
    }
    Checkout checkout = channel.require(Checkout.class);
    Step step = begin(payment, order -> checkout.authenticate(order, back));
    if (!step.ours()) {
      return step.payment();
    }
    Payment calling = step.payment();
    Order order = calling.order(calling.attempt());
    try {
      return payments.settle(
          calling, step.lease().call(() -> checkout.approve(order, calling.attempt().intent())));
    } catch (Lease.Ended late) {
      return overtaken(calling);
    }
  }

  private Payment comeBackCharged(Payment payment, Channel channel, PgReturn back) {
    if (payment.attempt().state() != Attempt.State.OPEN) {
      // Whatever it brings now: coming back again gives the same.
      return oneSteps.ended(payment, channel, null);
    }
    Order order = payment.order(payment.attempt());
    return switch (channel.require(OneStepCheckout.class).authenticate(order, back)) {
      case Returned.Forged(String why) -> throw forged(payment, why);
      case Returned.Abandoned(Decline decline) -> oneSteps.ended(payment, channel, decline);
      case Returned.Authenticated _, Returned.Left _ -> oneSteps.ended(payment, channel, null);
    };
  }

  /** V1's text, which pages match on. */
  private static Failed paidBefore() {
    return new Failed(new Failure.PaidBefore("이미 결제가 이루어진 거래건입니다."));
  }

  private static Failed forged(Payment payment, String why) {
    LOG.warn("a forged return for {}: {}", payment.impUid(), why);
    return Failed.invalid("결제 결과를 신뢰할 수 없습니다.");
  }

  /**
   * Where a return led to.
   *
   * @param ours whether it is now up to the caller to make the call and to settle; otherwise the
   *     payment has its end, or someone else is at it
   * @param lease within which the call may be sent
   */
  public record Step(Payment payment, boolean ours, Lease lease) {}

  /**
   * Verifies a return, asks the shop, and takes the merchant_uid: all that comes before the call.
   */
  public Step begin(Payment payment, Function<Order, Returned> authenticate) {
    if (payment.attempt().state() != Attempt.State.OPEN) {
      return over(waiter.await(payment, p -> !p.isUndecided()));
    }
    return switch (authenticate.apply(payment.order(payment.attempt()))) {
      case Returned.Forged(String why) -> throw forged(payment, why);
      case Returned.Abandoned(Decline decline) -> over(abandon(payment, decline));
      case Returned.Left _ -> over(oneSteps.ended(payment, channel(payment), null));
      case Returned.Authenticated(var amount, Map<String, String> intent) ->
          amount != null && !amount.equals(payment.charged())
              ? over(abandon(payment, mismatch()))
              : take(payment, intent);
    };
  }

  private Step take(Payment payment, Map<String, String> intent) {
    Optional<Decline> veto = confirm.ask(payment);
    if (veto.isPresent()) {
      return over(abandon(payment, veto.get()));
    }
    Lease lease = payments.lease();
    boolean[] ours = {false};
    try {
      Payment calling =
          store.update(
              payment,
              current -> {
                ours[0] = current.attempt().state() == Attempt.State.OPEN;
                return ours[0]
                    ? current.calling(intent, payments.leaseEnd())
                    : Change.none(current);
              });
      return ours[0]
          ? new Step(calling, true, lease)
          : over(waiter.await(calling, p -> !p.isUndecided()));
    } catch (PaymentStore.OrderTaken taken) {
      Decline decline = Decline.of(Reason.DUPLICATE_ORDER, "이미 결제가 진행 중이거나 승인된 주문입니다.");
      return over(abandon(payment, decline));
    } catch (PaymentStore.BudgetGone late) {
      // The buyer was shown a price that nobody pays the rest of any more, and is not charged.
      Decline decline = Decline.of(Reason.EXPIRED, "결제 대기 시간이 지나 프로모션 할인을 적용할 수 없습니다. 다시 결제해 주세요.");
      return over(abandon(payment, decline));
    }
  }

  /** The buyer closed the window, or never came through it. */
  public Payment close(Payment payment) {
    Decline gaveUp = Decline.of(Reason.ABANDONED, "[결제포기] 사용자가 결제를 취소하셨습니다");
    return payment.attempt().mayCharge()
        ? oneSteps.ended(payment, channel(payment), gaveUp)
        : abandon(payment, gaveUp);
  }

  private Channel channel(Payment payment) {
    return channels.get(payment.merchantId(), payment.via().channelKey());
  }

  /** A window ended in a billing key: V1 calls the payment paid, no money moved. */
  public Payment keyIssued(Payment calling, Approval shown) {
    return store.update(calling, payment -> payment.keyIssued(shown, clock.instant()));
  }

  /** A window charged, or nobody knows whether it did. */
  public Payment keyCharged(Payment calling, Outcome<Approval> outcome) {
    return payments.settle(calling, outcome);
  }

  /** The call came too late to be sent: waits a while for what the resolver makes of it. */
  public Payment overtaken(Payment calling) {
    return payments.await(payments.overtaken(calling));
  }

  /** A window did not end in a billing key. */
  public Payment keyRefused(Payment calling, Decline decline) {
    return payments.settle(calling, new Outcome.Declined<>(decline));
  }

  private Step over(Payment ended) {
    return new Step(ended, false, payments.lease());
  }

  private Payment abandon(Payment payment, Decline decline) {
    return store.update(payment, current -> current.abandon(decline, clock.instant()));
  }

  private static Decline mismatch() {
    return Decline.of(Reason.AMOUNT_MISMATCH, "결제 요청 금액과 인증된 금액이 일치하지 않습니다.");
  }
}
