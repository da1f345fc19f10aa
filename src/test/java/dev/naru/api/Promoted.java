package dev.naru.api;

import dev.naru.merchant.audit.Actor;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Promotions;
import dev.naru.promotion.Terms;
import dev.naru.testing.Hub;
import java.time.Instant;
import java.util.List;

/** Promotions of a test's shop. */
final class Promoted {

  /** The company of {@link dev.naru.testing.Api#GOOD_CARD}. */
  static final String SAMSUNG = "365";

  /** The company of the magic cards. */
  static final String SHINHAN = "366";

  static final Terms TEN_PERCENT =
      new Terms(Terms.Kind.RATE, List.of(new Terms.Step(5_000, 1_000)), null);
  static final Terms THOUSAND =
      new Terms(Terms.Kind.AMOUNT, List.of(new Terms.Step(5_000, 1_000)), null);

  private Promoted() {}

  static Promotions promotions() {
    return Hub.shared().bean(Promotions.class);
  }

  /** One that runs now. */
  static String running(Shop shop, String cardCode, long budget, Terms terms) {
    return promotions()
        .make(Actor.HUB, shop.merchant().id(), plan(cardCode, budget, true, terms))
        .id();
  }

  static Plan plan(String cardCode, long budget, boolean restores, Terms terms) {
    Instant now = Instant.now();
    return new Plan(
        "Test", cardCode, now.minusSeconds(60), now.plusSeconds(86_400), budget, restores, terms);
  }

  static Promotion.Books books(Shop shop, String id) {
    return promotions().get(shop.merchant().id(), id).books();
  }

  /** What the payments have taken of the budget, as the rows of each say. */
  static Promotion.Books sum(Shop shop, String id) {
    return shop.database()
        .sql(
            """
            select coalesce(sum(reserved), 0) as reserved, coalesce(sum(spent), 0) as spent
            from promotion_use where merchant_id = :merchant and promotion_id = :id
            """)
        .param("merchant", shop.merchant().id())
        .param("id", id)
        .query((row, n) -> new Promotion.Books(row.getLong("reserved"), row.getLong("spent")))
        .single();
  }
}
