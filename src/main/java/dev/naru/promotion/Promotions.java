package dev.naru.promotion;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A merchant's promotions: made, changed, ended, and what they grant. */
@Component
public class Promotions {

  /** How V1's ids of promotions begin. */
  public static final String PREFIX = "promotion-id";

  private static final int MOST = 1_000;

  private final PromotionStore store;
  private final Changes changes;
  private final HubClock clock;
  private final Ids ids;

  Promotions(PromotionStore store, Changes changes, HubClock clock, Ids ids) {
    this.store = store;
    this.changes = changes;
    this.clock = clock;
    this.ids = ids;
  }

  /** Throws {@link Failed} invalid if it would be over already. */
  public Promotion make(Actor actor, long merchantId, Plan plan) {
    return make(actor, merchantId, ids.opaque(PREFIX), plan);
  }

  /** The same with an id of the caller's; one that exists stays as it is. */
  public Promotion make(Actor actor, long merchantId, String id, Plan plan) {
    Instant now = clock.instant();
    if (!plan.endsAt().isAfter(now)) {
      throw Failed.invalid(Refusal.ENDS_IN_PAST);
    }
    return changes.make(
        actor,
        merchantId,
        Act.PROMOTION_MADE,
        id,
        change -> {
          if (find(merchantId, id).isPresent()) {
            change.none();
          }
          change.after(plan);
          store.insert(
              new Promotion(merchantId, id, plan, Promotion.Books.EMPTY, false, null, now, now, 1));
          return get(merchantId, id);
        });
  }

  /** Throws {@link Failed} not found. */
  public Promotion get(long merchantId, String id) {
    return find(merchantId, id).orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN));
  }

  public Optional<Promotion> find(long merchantId, String id) {
    return store.find(merchantId, id);
  }

  /** The newest thousand, the newest first. */
  public List<Promotion> list(long merchantId) {
    return store.list(merchantId, MOST);
  }

  /**
   * Changes what its state permits: all while planned, then name and dates, while paused name and
   * end.
   *
   * @throws Failed not found; wrong state for what may not be changed any more; invalid for dates
   *     that cannot be
   */
  public Promotion edit(Actor actor, long merchantId, String id, Plan wanted) {
    return change(
        actor,
        merchantId,
        Act.PROMOTION_EDITED,
        id,
        (promotion, now) -> promotion.edited(wanted, now));
  }

  /** Throws {@link Failed} not found; wrong state if it is paused already, or over. */
  public Promotion pause(Actor actor, long merchantId, String id) {
    return change(actor, merchantId, Act.PROMOTION_PAUSED, id, Promotion::paused);
  }

  /** Throws {@link Failed} not found; wrong state if it is not paused. */
  public Promotion resume(Actor actor, long merchantId, String id) {
    return change(actor, merchantId, Act.PROMOTION_RESUMED, id, Promotion::resumed);
  }

  /** For good. Throws {@link Failed} not found; wrong state if it is over. */
  public Promotion end(Actor actor, long merchantId, String id) {
    return change(actor, merchantId, Act.PROMOTION_ENDED, id, Promotion::ended);
  }

  private Promotion change(
      Actor actor,
      long merchantId,
      Act act,
      String id,
      BiFunction<Promotion, Instant, Promotion> change) {
    return changes.make(
        actor,
        merchantId,
        act,
        id,
        made -> {
          Promotion before = get(merchantId, id);
          Promotion changed = change.apply(before, clock.instant());
          // No other change of the merchant's runs: only payments may have taken too much
          // meanwhile.
          if (!store.update(changed)) {
            throw Failed.wrongState(Refusal.CHANGED_MEANWHILE);
          }
          made.before(Written.of(before)).after(Written.of(changed));
          return changed;
        });
  }

  /** What of a promotion its merchant decides. */
  private record Written(Plan plan, boolean paused, @Nullable Instant endedAt) {
    static Written of(Promotion promotion) {
      return new Written(promotion.plan(), promotion.paused(), promotion.endedAt());
    }
  }

  /**
   * What a purchase that names a promotion gets.
   *
   * @param amount of the order
   * @param cardCode V1's code of the card company that will be charged, null if nobody knows
   * @return empty, if the promotion is not active, has not enough budget left, or the amount is
   *     below its minimum: then V1 charges the whole amount
   * @throws Failed invalid if there is no such promotion, or it is another card company's
   */
  public Optional<Benefit> grant(
      long merchantId, String id, Money amount, @Nullable String cardCode) {
    Promotion promotion = known(merchantId, id);
    Plan plan = promotion.plan();
    if (!plan.cardCode().equals(cardCode)) {
      throw Failed.invalid(Refusal.OTHER_CARD, id);
    }
    if (!amount.currency().equals(Money.KRW)
        || promotion.state(clock.instant()) != Promotion.State.ACTIVE) {
      return Optional.empty();
    }
    long off = plan.terms().off(amount.minor());
    return off == 0 || off > promotion.left()
        ? Optional.empty()
        : Optional.of(new Benefit(id, off, plan.terms(), plan.restores()));
  }

  /** Throws {@link Failed} invalid if the merchant has no such promotion. */
  public Promotion known(long merchantId, String id) {
    return find(merchantId, id).orElseThrow(() -> Failed.invalid(Refusal.NOT_REGISTERED));
  }

  /** Those that would take something off an order of this amount now. */
  public List<Promotion> current(long merchantId, Money amount) {
    Instant now = clock.instant();
    return store.running(merchantId, now, MOST).stream()
        .filter(promotion -> promotion.state(now) == Promotion.State.ACTIVE)
        .filter(
            promotion -> {
              long off = promotion.plan().terms().off(amount.minor());
              return off > 0 && off <= promotion.left();
            })
        .toList();
  }
}
