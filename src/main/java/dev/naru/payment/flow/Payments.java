package dev.naru.payment.flow;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.http.Lease;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Opening;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Refusal;
import dev.naru.payment.store.PaymentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Charges without a window: reserve, call, settle. The intent is committed before the PG is called,
 * no transaction is open during the call, and its outcome is committed before anybody is told.
 */
@Component
public class Payments {

  /** How much longer than its answer may take a call counts as running: then it was a crash. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Payments.class);

  private final PaymentStore store;
  private final Waiter waiter;
  private final HubClock clock;
  private final Ids ids;
  private final Settings settings;

  Payments(PaymentStore store, Waiter waiter, HubClock clock, Ids ids, Settings settings) {
    this.store = store;
    this.waiter = waiter;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * Charges a card once (V1 {@code onetime}).
   *
   * @return the payment: paid, failed, or ready if its outcome is still unknown
   * @throws Failed wrong state if the merchant_uid is taken; unsupported if the PG has no key-in
   */
  public Payment keyIn(Merchant merchant, Channel channel, Purchase purchase, Card card) {
    return charge(merchant, List.of(keyInRoute(channel, card)), purchase, Attempt.Verb.KEYIN);
  }

  /** A way to charge a card once. Throws {@link Failed} unsupported. */
  public static Route keyInRoute(Channel channel, Card card) {
    KeyIn keyIn = channel.require(KeyIn.class);
    return new Route(channel, order -> keyIn.charge(order, card));
  }

  /**
   * One channel that may make a charge, and how.
   *
   * @param intent what looking the charge up needs, beside the order
   */
  public record Route(
      Channel channel, Function<Order, Outcome<Approval>> call, Map<String, String> intent) {

    public Route {
      intent = Map.copyOf(intent);
    }

    /** With nothing to keep before the call. */
    public Route(Channel channel, Function<Order, Outcome<Approval>> call) {
      this(channel, call, Map.of());
    }
  }

  /**
   * Charges by the first of several routes; by the next only if a channel, not the card, was
   * refused: then it is certain that nothing was charged. Never after an unknown outcome.
   *
   * @throws Failed wrong state if the merchant_uid is taken
   */
  public Payment charge(
      Merchant merchant, List<Route> routes, Purchase purchase, Attempt.Verb verb) {
    Lease lease = lease();
    Payment reserved = reserve(merchant, routes.getFirst(), purchase, verb);
    return await(call(merchant, reserved, routes, lease));
  }

  /**
   * Makes the calls of a payment that is reserved on the first of these routes.
   *
   * @param reserving {@link #lease begun} before it was reserved
   */
  public Payment call(Merchant merchant, Payment reserved, List<Route> routes, Lease reserving) {
    Payment current = reserved;
    Attempt.Verb verb = reserved.attempt().verb();
    Lease lease = reserving;
    for (int i = 0; ; i++) {
      Order order = current.order(current.attempt());
      Function<Order, Outcome<Approval>> call = routes.get(i).call();
      Outcome<Approval> outcome;
      try {
        outcome = lease.call(() -> call.apply(order));
      } catch (Lease.Ended late) {
        return overtaken(current);
      }
      boolean last = i + 1 == routes.size() || !Means.allows(routes.get(i + 1).channel(), verb);
      if (last
          || !(outcome instanceof Outcome.Declined<Approval>(Decline decline))
          || !decline.reason().isOfChannel()) {
        return write(current, outcome);
      }
      Payment before = current;
      lease = lease();
      current = failover(merchant, current, decline, routes.get(i + 1));
      if (current.attempts().size() == before.attempts().size()) {
        return write(current, outcome);
      }
    }
  }

  private Payment failover(Merchant merchant, Payment called, Decline decline, Route next) {
    String orderId = ids.orderId(merchant.slot());
    Instant now = clock.instant();
    Payment.Via via = via(next.channel());
    return store.update(
        called,
        payment -> {
          Change tried = payment.failover(decline, via, orderId, now, leaseEnd());
          boolean moved = tried.after().attempts().size() > payment.attempts().size();
          return moved ? tried.and(Opening.keeping(tried.after(), next.intent())) : tried;
        });
  }

  /** The same for any call that charges, or opens a virtual account, without a window. */
  public Payment charge(
      Merchant merchant,
      Channel channel,
      Purchase purchase,
      Attempt.Verb verb,
      Function<Order, Outcome<Approval>> call) {
    return charge(merchant, List.of(new Route(channel, call)), purchase, verb);
  }

  /** Throws {@link Failed} invalid: without a window PGs of Korea take any number for won. */
  public static void requireCurrency(Channel channel, Purchase purchase) {
    if (channel.connector().currency().equals(Money.KRW)) {
      requireWon(purchase);
    } else if (purchase.amount().currency().equals(Money.KRW)) {
      throw Failed.invalid(Refusal.NO_WON, channel.pg().name());
    }
  }

  /** Throws {@link Failed} invalid for what is not in won. */
  public static void requireWon(Purchase purchase) {
    if (!purchase.amount().currency().equals(Money.KRW)) {
      throw Failed.invalid(Refusal.WON_ONLY);
    }
  }

  /**
   * Commits the intent to charge, or has the caller's transaction commit it along with what it
   * belongs to. Whoever dies before {@link #call} leaves it to the resolver.
   *
   * @throws Failed wrong state if the merchant_uid is taken; unsupported as {@link Means#require}
   */
  public Payment reserve(Merchant merchant, Route route, Purchase purchase, Attempt.Verb verb) {
    requireCurrency(route.channel(), purchase);
    Means.require(route.channel(), verb);
    return insert(
        opening(merchant, route.channel(), purchase, !verb.opensAccount()),
        opening -> {
          Change reserved = opening.reserve(verb, leaseEnd());
          return reserved.and(Opening.keeping(reserved.after(), route.intent()));
        });
  }

  /**
   * Writes a new payment. If others have just taken the budget of its discount, it is one at the
   * full price, as V1 has it.
   */
  Payment insert(Opening opening, Function<Opening, Change> begins) {
    try {
      return store.insert(begins.apply(opening)).orElseThrow(Payments::taken);
    } catch (PaymentStore.BudgetGone gone) {
      return store.insert(begins.apply(opening.withoutBenefit())).orElseThrow(Payments::taken);
    }
  }

  /**
   * Keeps a charge of a key that cannot even be tried, as a failed payment that is announced. It
   * takes no merchant_uid.
   */
  public Payment refuse(Merchant merchant, Channel channel, Purchase purchase, Decline why) {
    Opening opening = opening(merchant, channel, purchase, true);
    Change called = opening.reserve(Attempt.Verb.CHARGE_KEY, leaseEnd());
    Change declined = called.after().awaited().settle(new Outcome.Declined<>(why), clock.instant());
    return store.insert(called.and(declined)).orElseThrow(Payments::taken);
  }

  /** Of a payment whose end nobody knows, waits a while for what the resolver finds out. */
  public Payment await(Payment payment) {
    return payment.isUndecided()
        ? waiter.await(payment, current -> !current.isUndecided())
        : payment;
  }

  /** This node was too late to call the PG: the payment is the resolver's, wherever that runs. */
  Payment overtaken(Payment payment) {
    LOG.warn(
        "{} is left to the resolver: the lease ended before the PG was called", payment.impUid());
    return store.get(payment.merchantId(), payment.impUid());
  }

  /** Writes what a call came to; if nobody knows, waits a while for the resolver. */
  Payment settle(Payment called, Outcome<Approval> outcome) {
    return await(write(called, outcome));
  }

  private Payment write(Payment called, Outcome<Approval> outcome) {
    return store.update(
        called,
        payment ->
            isOvertaken(called.attempt(), payment.attempt(), outcome)
                ? Change.none(payment)
                : announced(payment).settle(outcome, clock.instant()));
  }

  /**
   * The resolver has taken the attempt over, and may be charging it now: what came of the first
   * call counts if it is an approval, or if the resolver does not call any more.
   */
  private static boolean isOvertaken(Attempt called, Attempt now, Outcome<Approval> outcome) {
    return now.no() == called.no()
        && now.tries() > called.tries()
        && (outcome instanceof Outcome.Unknown<Approval>
            || (outcome instanceof Outcome.Declined<Approval>
                && now.state() == Attempt.State.CALLING));
  }

  /** Nobody waits for the answer of a schedule: its webhook tells of a failure too. */
  private static Payment announced(Payment payment) {
    return payment.purchase().usage() == Purchase.Usage.PAYMENT_SCHEDULED
        ? payment.awaited()
        : payment;
  }

  Opening opening(Merchant merchant, Channel channel, Purchase purchase, boolean byApi) {
    ImpUid impUid = ids.impUid(byApi, merchant.slot());
    return new Opening(
        merchant.id(),
        impUid,
        purchase,
        via(channel),
        ids.orderId(merchant.slot()),
        clock.instant());
  }

  private static Payment.Via via(Channel channel) {
    return new Payment.Via(
        channel.key(), channel.pg().provider(), channel.mid(), channel.sandbox());
  }

  /** Until when a call that starts now is certainly not running any more. */
  public Instant leaseEnd() {
    return clock.instant().plus(leaseTime());
  }

  /**
   * Begins the lease of calls whose intent is about to be committed with {@link #leaseEnd}. What is
   * sent under it is sent so early that the answer, too, comes before that.
   */
  public Lease lease() {
    Settings.PgTimes times = settings.pgTimes();
    return new Lease(clock.machine(), leaseTime().minus(times.connect()).minus(times.read()));
  }

  /** How long a call may run, at the most. */
  public Duration leaseTime() {
    Settings.PgTimes times = settings.pgTimes();
    // Some verbs make two calls.
    return times.connect().plus(times.read()).multipliedBy(2).plus(LEASE_MARGIN);
  }

  static Failed taken() {
    return Failed.wrongState(Refusal.ORDER_TAKEN);
  }
}
