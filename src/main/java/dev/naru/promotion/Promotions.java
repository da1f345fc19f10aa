package dev.naru.promotion;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
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
  private static final int ROUNDS = 10;

  private final PromotionStore store;
  private final HubClock clock;
  private final Ids ids;

  Promotions(PromotionStore store, HubClock clock, Ids ids) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
  }

  /** Throws {@link Failed} invalid if it would be over already. */
  public Promotion make(long merchantId, Plan plan) {
    return make(merchantId, ids.opaque(PREFIX), plan);
  }

  /** The same with an id of the caller's; one that exists stays as it is. */
  public Promotion make(long merchantId, String id, Plan plan) {
    Instant now = clock.instant();
    if (!plan.endsAt().isAfter(now)) {
      throw Failed.invalid("프로모션 종료일은 현재 시각 이후여야 합니다.");
    }
    store.insert(
        new Promotion(merchantId, id, plan, Promotion.Books.EMPTY, false, null, now, now, 1));
    return get(merchantId, id);
  }

  /** Throws {@link Failed} not found. */
  public Promotion get(long merchantId, String id) {
    return find(merchantId, id).orElseThrow(() -> Failed.notFound("존재하지 않는 프로모션입니다."));
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
  public Promotion edit(long merchantId, String id, Plan wanted) {
    return change(merchantId, id, (promotion, now) -> promotion.edited(wanted, now));
  }

  /** Throws {@link Failed} not found; wrong state if it is paused already, or over. */
  public Promotion pause(long merchantId, String id) {
    return change(merchantId, id, Promotion::paused);
  }

  /** Throws {@link Failed} not found; wrong state if it is not paused. */
  public Promotion resume(long merchantId, String id) {
    return change(merchantId, id, Promotion::resumed);
  }

  /** For good. Throws {@link Failed} not found; wrong state if it is over. */
  public Promotion end(long merchantId, String id) {
    return change(merchantId, id, Promotion::ended);
  }

  private Promotion change(
      long merchantId, String id, BiFunction<Promotion, Instant, Promotion> change) {
    for (int round = 0; round < ROUNDS; round++) {
      Promotion changed = change.apply(get(merchantId, id), clock.instant());
      if (store.update(changed)) {
        return changed;
      }
    }
    throw Failed.wrongState("프로모션이 동시에 변경되고 있습니다. 잠시 후 다시 시도해 주세요.");
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
      throw Failed.invalid("프로모션 대상 카드사의 카드가 아닙니다. (promotion_id: " + id + ")");
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
    return find(merchantId, id)
        .orElseThrow(() -> Failed.invalid("등록되지 않은 프로모션입니다. (promotion_id)"));
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
