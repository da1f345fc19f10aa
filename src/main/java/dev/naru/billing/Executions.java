package dev.naru.billing;

import dev.naru.connector.Approval;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.http.Lease;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.payment.Attempt;
import dev.naru.payment.Discounts;
import dev.naru.payment.HookUrls;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.Payments;
import dev.naru.payment.flow.Payments.Route;
import dev.naru.payment.resolve.Repeats;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Executes schedules, each exactly once: its payment is reserved in the commit that marks it as
 * executed. Who dies before that commit has done nothing, and another claims it when the lease
 * ends; who dies after it leaves a reserved payment, which the resolver brings to its end.
 */
@Component
class Executions implements Repeats {

  private static final Logger LOG = LoggerFactory.getLogger(Executions.class);

  private final ScheduleStore schedules;
  private final ExecutionStore store;
  private final BillingKeyStore keys;
  private final BillingKeys charges;
  private final Payments payments;
  private final Merchants merchants;
  private final Channels channels;
  private final HookUrls hooks;
  private final HubClock clock;
  private final Discounts discounts;

  Executions(
      ScheduleStore schedules,
      ExecutionStore store,
      BillingKeyStore keys,
      BillingKeys charges,
      Payments payments,
      Merchants merchants,
      Channels channels,
      HookUrls hooks,
      HubClock clock,
      Discounts discounts) {
    this.discounts = discounts;
    this.schedules = schedules;
    this.store = store;
    this.keys = keys;
    this.charges = charges;
    this.payments = payments;
    this.merchants = merchants;
    this.channels = channels;
    this.hooks = hooks;
    this.clock = clock;
  }

  /** Marks the schedule as executed by a payment; false if it may not be any more. */
  private interface Mark {
    boolean as(Payment payment);
  }

  /** Thrown to undo the commit of an execution that somebody else was faster with. */
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1;

    Lost() {
      super("not ours any more", null, false, false);
    }
  }

  /** Executes what was claimed, unless it was moved, revoked or taken by another meanwhile. */
  void execute(ExecutionStore.Claim claim) {
    Schedule schedule = schedules.find(claim.merchantId(), claim.merchantUid()).orElse(null);
    if (schedule == null || schedule.state() != Schedule.State.SCHEDULED) {
      return;
    }
    Merchant merchant = merchants.get(claim.merchantId());
    Mark mark = payment -> store.execute(claim, payment.impUid(), clock.instant());
    List<Route> routes = routes(schedule);
    Lease lease = payments.lease();
    Optional<Payment> reserved = reserve(merchant, schedule, routes, mark);
    if (!routes.isEmpty()) {
      reserved
          .filter(Payment::isUndecided)
          .ifPresent(payment -> payments.call(merchant, payment, routes, lease));
    }
  }

  /**
   * Charges at once a schedule that failed or was revoked, and waits for what comes of it.
   *
   * @param noted writes it down, in the commit that reserves the payment
   * @return empty if it waits, runs or was paid
   */
  Optional<Payment> again(
      Merchant merchant, Schedule schedule, List<Route> routes, Consumer<Payment> noted) {
    Mark mark =
        payment -> {
          boolean ours = store.executeAgain(schedule, payment.impUid(), clock.instant());
          if (ours) {
            noted.accept(payment);
          }
          return ours;
        };
    try {
      Lease lease = payments.lease();
      Payment reserved =
          store.together(merchant.id(), () -> marked(reserve(merchant, schedule, routes), mark));
      return Optional.of(payments.await(payments.call(merchant, reserved, routes, lease)));
    } catch (Lost mayNot) {
      return Optional.empty();
    } catch (Failed failed) {
      // Another retry has reserved it, or the merchant_uid was paid in some other way.
      if (failed.failure() instanceof Failure.WrongState) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  /** In one commit, the payment and the mark; what cannot be charged becomes a failed payment. */
  private Optional<Payment> reserve(
      Merchant merchant, Schedule schedule, List<Route> routes, Mark mark) {
    try {
      return Optional.of(
          store.together(
              merchant.id(),
              () ->
                  marked(
                      routes.isEmpty()
                          ? refuse(merchant, schedule, KEY_GONE)
                          : reserve(merchant, schedule, routes),
                      mark)));
    } catch (Lost elsewhere) {
      LOG.debug("schedule {} is not ours any more", schedule.merchantUid());
      return Optional.empty();
    } catch (Failed failed) {
      Decline why = Decline.of(reason(failed.failure()), Wording.KOREAN.of(failed.failure().why()));
      try {
        return Optional.of(
            store.together(merchant.id(), () -> marked(refuse(merchant, schedule, why), mark)));
      } catch (Lost elsewhere) {
        return Optional.empty();
      }
    }
  }

  /** The merchant_uid is taken, or the promotion is not for the key's card. */
  private static Decline.Reason reason(Failure failure) {
    return failure instanceof Failure.WrongState
        ? Decline.Reason.DUPLICATE_ORDER
        : Decline.Reason.CARD_NOT_SUPPORTED;
  }

  private static final Decline KEY_GONE = Decline.of(Decline.Reason.KEY_UNUSABLE, Refusal.KEY_GONE);

  private Payment reserve(Merchant merchant, Schedule schedule, List<Route> routes) {
    Purchase purchase = discounted(merchant, schedule, purchase(schedule));
    return payments.reserve(merchant, routes.getFirst(), purchase, Attempt.Verb.CHARGE_KEY);
  }

  /** V1 looks at the promotion when the schedule is executed. */
  private Purchase discounted(Merchant merchant, Schedule schedule, Purchase purchase) {
    if (purchase.promotionId() == null) {
      return purchase;
    }
    String cardCode =
        keys.find(schedule.merchantId(), schedule.customerUid())
            .map(BillingKeys::cardCode)
            .orElse(null);
    return discounts.on(merchant, purchase, cardCode);
  }

  private Payment refuse(Merchant merchant, Schedule schedule, Decline why) {
    Channel channel = channels.get(merchant.id(), schedule.channelKey());
    return payments.refuse(merchant, channel, purchase(schedule), why);
  }

  private static Payment marked(Payment payment, Mark mark) {
    if (!mark.as(payment)) {
      throw new Lost();
    }
    return payment;
  }

  /** Where nothing else was said, webhooks go where the merchant wants them today. */
  private Purchase purchase(Schedule schedule) {
    return schedule.purchase().announcedBy(hooks.defaults(schedule.merchantId()));
  }

  /** Drawn now, not when it was scheduled; empty if nothing is left to charge. */
  private List<Route> routes(Schedule schedule) {
    try {
      return keys.find(schedule.merchantId(), schedule.customerUid())
          .map(key -> charges.routes(key, schedule.pinned()))
          .orElse(List.of());
    } catch (Failed unusable) {
      return List.of();
    }
  }

  /** The key may have been replaced meanwhile: another channel would charge under another PG. */
  @Override
  public Optional<Function<Order, Outcome<Approval>>> of(Payment payment) {
    String customerUid = payment.purchase().customerUid();
    if (customerUid == null || payment.purchase().usage() != Purchase.Usage.PAYMENT_SCHEDULED) {
      return Optional.empty();
    }
    return keys.find(payment.merchantId(), customerUid).stream()
        .flatMap(key -> key.keys().stream())
        .filter(key -> key.channelKey().equals(payment.via().channelKey()))
        .findFirst()
        .map(key -> charges.route(key).call());
  }
}
