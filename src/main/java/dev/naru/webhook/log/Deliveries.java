package dev.naru.webhook.log;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.payment.Payment;
import dev.naru.webhook.Delivery;
import dev.naru.webhook.Refusal;
import dev.naru.webhook.Webhooks;
import dev.naru.webhook.log.Logged.Filter;
import dev.naru.webhook.log.Logged.Place;
import dev.naru.webhook.setting.HookPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The log of a shop's webhooks, and sending what was not received again. */
@Component
public class Deliveries {

  /** More are not read at once. */
  public static final int MOST = 200;

  /** How long a buyer waits for the first try where the shop wants to know first. */
  static final Duration FIRST = Duration.ofSeconds(10);

  private static final int BATCH = 500;

  private final LogStore store;
  private final Webhooks webhooks;
  private final HookPolicies policies;
  private final Attention attention;
  private final Changes changes;
  private final HubClock clock;

  Deliveries(
      LogStore store,
      Webhooks webhooks,
      HookPolicies policies,
      Attention attention,
      Changes changes,
      HubClock clock) {
    this.store = store;
    this.webhooks = webhooks;
    this.policies = policies;
    this.attention = attention;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * A page of the log, the newest first.
   *
   * @param below where it begins: what the page before said; null for the first
   * @param most how many, at most {@link #MOST}
   */
  public Logged.Page list(long merchantId, Filter filter, @Nullable Place below, int most) {
    int many = Math.clamp(most, 1, MOST);
    List<Logged> rows =
        store.page(merchantId, filter, below == null ? Place.START : below, many + 1);
    return rows.size() <= many
        ? new Logged.Page(rows, null)
        : new Logged.Page(rows.subList(0, many), rows.get(many - 1).place());
  }

  /** One delivery with all its tries and what was answered. */
  public Optional<Delivery> one(long merchantId, Place place) {
    return webhooks.one(merchantId, place.eventId(), place.no());
  }

  /**
   * Sends one again, delivered or not, parked or not.
   *
   * @throws Failed not found
   */
  public void resend(Actor actor, long merchantId, Place place) {
    again(
        actor,
        merchantId,
        place.word(),
        () -> webhooks.replay(merchantId, place.eventId(), place.no()));
  }

  /** The same to everybody who was told of an event. */
  public void resend(Actor actor, long merchantId, long eventId) {
    again(actor, merchantId, "" + eventId, () -> webhooks.replay(merchantId, eventId));
  }

  private void again(Actor actor, long merchantId, String about, Runnable replay) {
    changes.make(
        actor,
        merchantId,
        Act.HOOKS_RESENT,
        about,
        change -> {
          replay.run();
          return change.after(Map.of("deliveries", 1));
        });
    webhooks.wake();
  }

  /** How many payments have webhooks of this period that have failed, tried again or not. */
  public int failed(long merchantId, Instant from, Instant to) {
    return store.failedPayments(merchantId, from, to);
  }

  /**
   * Sends all of a period again that have failed; what is on its way is left alone. That they are
   * is written down first, then they go in small parts.
   *
   * @return how many deliveries
   * @throws Failed invalid, if the period ends before it begins; not found, if nothing has failed
   */
  public int resendFailed(Actor actor, long merchantId, Instant from, Instant to) {
    if (!from.isBefore(to)) {
      throw Failed.invalid(Refusal.WRONG_SPAN);
    }
    int payments = failed(merchantId, from, to);
    if (payments == 0) {
      throw Failed.notFound(Refusal.NOTHING_TO_REPEAT);
    }
    changes.make(
        actor,
        merchantId,
        Act.HOOKS_RESENT,
        from + "/" + to,
        change -> {
          change.after(Map.of("payments", payments));
          return payments;
        });
    // Those that wait first: what was given up waits, too, once it is sent again.
    return again(merchantId, from, to, Delivery.State.WAITING)
        + again(merchantId, from, to, Delivery.State.GIVEN_UP);
  }

  private int again(long merchantId, Instant from, Instant to, Delivery.State state) {
    int all = 0;
    Place after = new Place(0, 0);
    Optional<LogStore.Again> some;
    do {
      some =
          store.again(
              merchantId, new LogStore.Part(from, to, state, after, BATCH), clock.instant());
      after = some.map(LogStore.Again::last).orElse(after);
      all += some.map(LogStore.Again::many).orElse(0);
      webhooks.wake();
    } while (some.isPresent());
    return all;
  }

  /** Endpoints that are silent, those first that are for the longest time. */
  public List<Logged.Parked> parked(long merchantId) {
    return store.parked(merchantId);
  }

  /**
   * Sends to a silent endpoint as to any other at once; if it is silent still, it is parked again.
   *
   * @throws Failed not found, if it is not parked
   */
  public void unpark(Actor actor, long merchantId, long lane) {
    String origin =
        changes.make(
            actor,
            merchantId,
            Act.HOOK_UNPARKED,
            Long.toString(lane),
            change -> {
              String opened =
                  store
                      .unpark(merchantId, lane)
                      .orElseThrow(() -> Failed.notFound(Refusal.NOT_PARKED));
              change.after(Map.of("origin", opened));
              return opened;
            });
    attention.settled(merchantId, What.ENDPOINT_PARKED, origin);
    webhooks.wake();
  }

  /**
   * Whether the buyer waits, because the shop wants to know first and was not told yet. It ends by
   * itself after a moment.
   */
  public boolean isAwaited(Payment payment) {
    return policies.applying(payment.merchantId()).first()
        && store.isUntried(
            payment.merchantId(), payment.impUid().value(), clock.instant().minus(FIRST));
  }
}
