package dev.naru.billing;

import dev.naru.billing.key.BillingKey;
import dev.naru.billing.key.CustomerKey;
import dev.naru.billing.key.SuperKey;
import dev.naru.connector.order.Buyer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.Means;
import dev.naru.payment.flow.Payments;
import dev.naru.promotion.Promotions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Charges of billing keys in time to come: scheduled, moved, revoked, and charged again. */
@Component
public class Schedules {

  private final ScheduleStore store;
  private final ScheduleChangeStore changes;
  private final BillingKeys keys;
  private final TestCharges tests;
  private final Executions executions;
  private final ScheduleLoop loop;
  private final HubClock clock;
  private final Promotions promotions;

  Schedules(
      ScheduleStore store,
      ScheduleChangeStore changes,
      BillingKeys keys,
      TestCharges tests,
      Executions executions,
      ScheduleLoop loop,
      HubClock clock,
      Promotions promotions) {
    this.promotions = promotions;
    this.store = store;
    this.changes = changes;
    this.keys = keys;
    this.tests = tests;
    this.executions = executions;
    this.loop = loop;
    this.clock = clock;
  }

  /** One charge to come; the purchase has the usage {@code PAYMENT_SCHEDULED}. */
  public record Entry(Purchase purchase, Instant at) {}

  /**
   * What is to be scheduled.
   *
   * @param pinned the channel of a super key that is to be charged, null for whichever is drawn
   *     then
   * @param checking charged and cancelled at once to see whether the key works; null for no test
   * @param issue makes the key if the customer_uid has none; null where there is no card data
   */
  public record Request(
      String customerUid,
      List<Entry> entries,
      @Nullable String pinned,
      @Nullable Money checking,
      @Nullable Supplier<BillingKey> issue) {}

  /** Which schedules a list has: {@code from} inclusive, {@code to} exclusive; null is any. */
  public record Wanted(
      Instant from,
      Instant to,
      @Nullable String customerUid,
      Schedule.@Nullable State state,
      boolean oldestFirst) {}

  /** A page's schedules and how many there are in all. */
  public record Found(long total, List<Schedule> schedules) {}

  /**
   * Schedules all entries, or none.
   *
   * @throws Failed invalid or wrong state, before any card is touched, for an entry that cannot be;
   *     wrong state if there is no key; refused by PG if the card data or the test charge is
   */
  public List<Schedule> schedule(Merchant merchant, Request request) {
    check(merchant, request.entries());
    Supplier<BillingKey> issue = request.issue();
    CustomerKey key = keys.find(merchant.id(), request.customerUid()).orElse(null);
    if (key == null) {
      if (issue == null) {
        throw Failed.wrongState(Refusal.CUSTOMER_WITHOUT_KEY, request.customerUid());
      }
      request.entries().forEach(entry -> Payments.requireWon(entry.purchase()));
      key = issue.get();
    }
    List<Payments.Route> routes = keys.routes(key, request.pinned());
    Channel channel = routes.getFirst().channel();
    Means.require(channel, Attempt.Verb.CHARGE_KEY);
    request.entries().forEach(entry -> Payments.requireCurrency(channel, entry.purchase()));
    Money checking = request.checking();
    if (checking != null) {
      tests.charge(merchant, key, routes, checking);
    }
    CustomerKey found = key;
    List<Schedule> schedules =
        request.entries().stream()
            .map(entry -> schedule(found, entry, routes.getFirst(), request.pinned()))
            .toList();
    if (!store.insert(schedules, clock.instant())) {
      throw Failed.wrongState(Refusal.ORDER_TAKEN);
    }
    return schedules;
  }

  private void check(Merchant merchant, List<Entry> entries) {
    Instant now = clock.instant();
    Set<String> seen = new HashSet<>();
    for (Entry entry : entries) {
      if (!seen.add(entry.purchase().merchantUid())) {
        throw taken(entry.purchase().merchantUid());
      }
      if (!entry.at().isAfter(now)) {
        throw Failed.wrongState(Refusal.SCHEDULE_IN_PAST, entry.purchase().merchantUid());
      }
    }
    entries.stream()
        .map(entry -> entry.purchase().promotionId())
        .filter(Objects::nonNull)
        .distinct()
        .forEach(promotion -> promotions.known(merchant.id(), promotion));
    List<String> taken = store.taken(merchant.id(), List.copyOf(seen));
    if (!taken.isEmpty()) {
      throw taken(taken.getFirst());
    }
  }

  private static Failed taken(String merchantUid) {
    return Failed.wrongState(Refusal.ORDER_TAKEN_ONE, merchantUid);
  }

  private static Schedule schedule(
      CustomerKey key, Entry entry, Payments.Route route, @Nullable String pinned) {
    return new Schedule(
        key.merchantId(),
        entry.purchase().with(filled(entry.purchase().buyer(), key.customer())),
        route.channel().key(),
        key instanceof SuperKey ? pinned : null,
        key.customerId(),
        Schedule.State.SCHEDULED,
        entry.at(),
        null,
        null);
  }

  /** V1: what an entry does not say about the buyer is taken from the key's customer. */
  private static Buyer filled(Buyer said, Buyer customer) {
    return new Buyer(
        said.name() == null ? customer.name() : said.name(),
        said.email() == null ? customer.email() : said.email(),
        said.tel() == null ? customer.tel() : said.tel(),
        said.addr() == null ? customer.addr() : said.addr(),
        said.postcode() == null ? customer.postcode() : said.postcode());
  }

  /** Throws {@link Failed} not found. */
  public Schedule get(long merchantId, String merchantUid) {
    return store
        .find(merchantId, merchantUid)
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_SCHEDULE));
  }

  /** Those of the merchant_uids that there are. */
  public List<Schedule> find(long merchantId, List<String> merchantUids) {
    return store.find(merchantId, merchantUids);
  }

  /** Page {@code number} counts from 1. */
  public Found list(long merchantId, Wanted wanted, int number, int size) {
    return new Found(
        store.count(merchantId, wanted),
        store.list(merchantId, wanted, size, (long) (number - 1) * size));
  }

  /**
   * Moves one that still waits.
   *
   * @throws Failed not found; invalid if it does not wait any more, or for a time in the past
   */
  public Schedule move(long merchantId, String merchantUid, Instant at) {
    get(merchantId, merchantUid);
    requireFuture(at);
    if (!changes.move(merchantId, merchantUid, at)) {
      throw Failed.invalid(Refusal.SCHEDULE_FIXED);
    }
    loop.wake();
    return get(merchantId, merchantUid);
  }

  /**
   * Schedules one again that was revoked or whose charge failed.
   *
   * @throws Failed not found; invalid if it waits, runs or was paid, or for a time in the past
   */
  public Schedule reopen(long merchantId, String merchantUid, Instant at) {
    get(merchantId, merchantUid);
    requireFuture(at);
    if (!changes.reopen(merchantId, merchantUid, at)) {
      throw notAgain();
    }
    return get(merchantId, merchantUid);
  }

  /**
   * Charges one at once that was revoked or whose charge failed.
   *
   * @return the payment: paid, failed, or ready if its outcome is still unknown
   * @throws Failed not found, also if the key is gone; invalid if it waits, runs or was paid
   */
  public Payment retry(Merchant merchant, String merchantUid) {
    return retry(merchant, merchantUid, payment -> {});
  }

  /**
   * The same.
   *
   * @param noted writes it down, in the commit that reserves the payment
   */
  public Payment retry(Merchant merchant, String merchantUid, Consumer<Payment> noted) {
    Schedule schedule = get(merchant.id(), merchantUid);
    CustomerKey key = keys.get(merchant.id(), schedule.customerUid());
    return executions
        .again(merchant, schedule, keys.routes(key, schedule.pinned()), noted)
        .orElseThrow(Schedules::notAgain);
  }

  /**
   * Revokes what still waits: all of a customer_uid, certain merchant_uids, or those of them that
   * are the customer_uid's.
   *
   * @throws Failed wrong state if nothing was revoked
   */
  public List<Schedule> revoke(
      long merchantId, @Nullable String customerUid, List<String> merchantUids) {
    List<String> revoked = changes.revoke(merchantId, customerUid, merchantUids, clock.instant());
    if (revoked.isEmpty()) {
      throw Failed.wrongState(Refusal.NOTHING_TO_REVOKE);
    }
    return store.find(merchantId, revoked);
  }

  /** The same of all that still wait of a customer_uid, be it none. Gives their merchant_uids. */
  public List<String> revokeAll(long merchantId, String customerUid) {
    return changes.revoke(merchantId, customerUid, List.of(), clock.instant());
  }

  private void requireFuture(Instant at) {
    if (!at.isAfter(clock.instant())) {
      throw Failed.invalid(Refusal.MOVE_INTO_PAST);
    }
  }

  private static Failed notAgain() {
    return Failed.invalid(Refusal.NOT_AGAIN);
  }
}
