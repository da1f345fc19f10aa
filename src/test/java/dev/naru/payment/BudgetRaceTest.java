package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.Shards;
import dev.naru.merchant.audit.Actor;
import dev.naru.payment.flow.Payments;
import dev.naru.payment.store.PaymentStore;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Promotions;
import dev.naru.promotion.Terms;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Payments that were all granted the last of a budget, because they asked before any of them was
 * written: the database decides who gets it.
 */
class BudgetRaceTest {

  private static final long DEMO = 1;

  private final Hub hub = Hub.shared();
  private final Payments payments = hub.bean(Payments.class);
  private final Promotions promotions = hub.bean(Promotions.class);
  private final Discounts discounts = hub.bean(Discounts.class);
  private final Merchant merchant = hub.bean(Merchants.class).get(DEMO);
  private final Channel channel =
      hub.bean(Channels.class).choose(DEMO, null, "tosspayments", KeyIn.class);

  private String running(long budget) {
    Instant now = Instant.now();
    Terms terms = new Terms(Terms.Kind.AMOUNT, List.of(new Terms.Step(5_000, 1_000)), null);
    Plan plan =
        new Plan(
            "Race", "365", now.minusSeconds(60), now.plus(Duration.ofDays(1)), budget, true, terms);
    return promotions.make(Actor.HUB, DEMO, plan).id();
  }

  private Promotion.Books books(String promotion) {
    return promotions.get(DEMO, promotion).books();
  }

  private Purchase granted(String promotion) {
    Purchase purchase = purchase().promotedBy(promotion);
    Purchase granted = discounts.on(merchant, purchase, "365");
    assertThat(granted.benefit()).isNotNull();
    return granted;
  }

  private static Purchase purchase() {
    return new Purchase(
        Api.newOrder(),
        "name",
        Money.krw(6_000),
        Tax.NONE,
        "card",
        0,
        false,
        Buyer.NONE,
        null,
        List.of(),
        null,
        new Purchase.Origin("api", null),
        null,
        null,
        Wishes.none());
  }

  private Payment reserve(Purchase purchase) {
    return payments.reserve(
        merchant, new Payments.Route(channel, order -> notCalled()), purchase, Attempt.Verb.KEYIN);
  }

  private static Outcome<Approval> notCalled() {
    throw new AssertionError("reserved, and not called");
  }

  /** So that nothing is left for the resolver. */
  private void decline(Payment payment) {
    payments.call(
        merchant,
        payment,
        List.of(
            new Payments.Route(
                channel,
                order ->
                    new Outcome.Declined<>(Decline.of(Decline.Reason.REFUSED, "only a test")))),
        payments.lease());
  }

  private static boolean isDiscounted(Payment payment) {
    return payment.purchase().benefit() != null;
  }

  @Test
  void asManyAsTheBudgetHoldsAreDiscounted() throws Exception {
    String promotion = running(5_999);
    List<Purchase> purchases = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      purchases.add(i % 2 == 0 ? granted(promotion) : purchase());
    }
    List<Payment> reserved = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Payment>> running =
          purchases.stream().map(one -> threads.submit(() -> reserve(one))).toList();
      for (Future<Payment> one : running) {
        reserved.add(one.get());
      }
    }
    assertThat(reserved).hasSize(40).filteredOn(BudgetRaceTest::isDiscounted).hasSize(5);
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(5_000, 0));
    reserved.forEach(this::decline);
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 0));
  }

  /** As an execution does: what else is in the transaction must not be lost with the budget. */
  @Test
  void aTransactionSurvivesThatItIsGone() {
    String promotion = running(1_000);
    Purchase late = granted(promotion);
    Payment first = reserve(granted(promotion));
    List<Payment> written = new ArrayList<>();
    Payment before =
        Objects.requireNonNull(
            hub.bean(Shards.class)
                .shard(DEMO)
                .transaction()
                .execute(
                    status -> {
                      Payment other = reserve(purchase());
                      Payment reserved = reserve(late);
                      written.add(other);
                      return reserved;
                    }));
    assertThat(isDiscounted(first)).isTrue();
    assertThat(isDiscounted(before)).isFalse();
    assertThat(hub.bean(PaymentStore.class).get(DEMO, before.impUid()).charged())
        .isEqualTo(Money.krw(6_000));
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(1_000, 0));
    assertThat(hub.bean(PaymentStore.class).find(DEMO, written.getFirst().impUid())).isPresent();
    List.of(first, before, written.getFirst()).forEach(this::decline);
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 0));
  }

  @Test
  void aTransactionThatIsUndoneTakesNothing() {
    String promotion = running(1_000);
    hub.bean(Shards.class)
        .shard(DEMO)
        .transaction()
        .executeWithoutResult(
            status -> {
              assertThat(isDiscounted(reserve(granted(promotion)))).isTrue();
              status.setRollbackOnly();
            });
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 0));
  }
}
