package dev.naru.payment.flow;

import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Opening;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Refusal;
import dev.naru.payment.store.PaymentStore;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Opens PGs' windows: the payment is written before the PG is asked for one. */
@Component
public class WindowOpenings {

  private final PaymentStore store;
  private final Payments payments;
  private final Prepares prepares;
  private final HubClock clock;

  WindowOpenings(PaymentStore store, Payments payments, Prepares prepares, HubClock clock) {
    this.store = store;
    this.payments = payments;
    this.prepares = prepares;
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
    if (purchase.usage() != Purchase.Usage.ISSUE) {
      Means.require(channel, verb);
    }
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
          throw refused(opened, Decline.of(Reason.UNREACHABLE, Refusal.WINDOW_SILENT));
      case Outcome.Pending<Window>(var ref, var until) ->
          throw refused(opened, Decline.of(Reason.PG_ERROR, Refusal.NO_WINDOW));
    };
  }

  private Payment keep(Payment opened, Window window) {
    return store.update(opened, payment -> Opening.keeping(payment, window.kept()));
  }

  private Failed refused(Payment opened, Decline decline) {
    store.update(opened, payment -> payment.abandon(decline, clock.instant()));
    return new Failed(new dev.naru.kernel.Failure.RefusedByPg(decline.why()));
  }

  /** V1's text, which pages match on. */
  private static Failed paidBefore() {
    return new Failed(new Failure.PaidBefore(Refusal.PAID_BEFORE.with()));
  }
}
