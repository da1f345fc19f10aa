package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.merchant.audit.Actor;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Terms;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code promotion_id} where cards and keys are charged without a window. */
class PromotionTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String TEN = running(100_000_000, Promoted.TEN_PERCENT);

  private final Book book = new Book(Hub.shared());

  private static String running(long budget, Terms terms) {
    return Promoted.running(SHOP, Promoted.SAMSUNG, budget, terms);
  }

  private static Api.Answer onetime(String promotion, String card, int amount) {
    return SHOP.onetime(Shop.TOSS, card, Map.of("promotion_id", promotion, "amount", amount));
  }

  private static JsonNode paid(Api.Answer answer) {
    assertThat(answer.response().path("status").asString()).as(answer.message()).isEqualTo("paid");
    return answer.response();
  }

  private void discounted(JsonNode payment, String promotion, int discount) {
    assertThat(payment.path("promotion").propertyNames())
        .containsExactlyInAnyOrder("id", "discount");
    assertThat(payment.path("promotion").path("id").asString()).isEqualTo(promotion);
    assertThat(payment.path("promotion").path("discount").asInt()).isEqualTo(discount);
    assertThat(charged(payment)).isEqualTo(payment.path("amount").asInt() - discount);
    assertThat(SHOP.api().get("/payments/" + payment.path("imp_uid").asString()).response())
        .isEqualTo(payment);
  }

  private void full(JsonNode payment) {
    assertThat(payment.path("promotion").isNull()).isTrue();
    assertThat(charged(payment)).isEqualTo(payment.path("amount").asInt());
  }

  private int charged(JsonNode payment) {
    List<JsonNode> charges = book.charges(payment.path("merchant_uid").asString());
    assertThat(charges).hasSize(1);
    return charges.getFirst().path("amount").asInt();
  }

  @ParameterizedTest
  @CsvSource({
    "tosspayments, promotion_id",
    "html5_inicis, promotion_id",
    "tosspayments, promotionId"
  })
  void aCardIsChargedLess(String pg, String parameter) {
    Map<String, Object> changes = Map.of(parameter, TEN, "amount", 6_000, "tax_free", 6_000);
    JsonNode payment = paid(SHOP.onetime(pg, Api.GOOD_CARD, changes));
    assertThat(payment.path("amount").asInt()).isEqualTo(6_000);
    discounted(payment, TEN, 600);
  }

  @Test
  void aFormAndAKeyAreAsGood() {
    Map<String, Object> parameters = Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD);
    parameters.put("promotion_id", TEN);
    parameters.put("customer_uid", "customer-" + UUID.randomUUID());
    discounted(paid(SHOP.api().postForm("/subscribe/payments/onetime", parameters)), TEN, 1_000);
    Map<String, Object> again = new HashMap<>();
    again.put("customer_uid", parameters.get("customer_uid"));
    again.put("merchant_uid", Api.newOrder());
    again.put("amount", 8_000);
    again.put("promotion_id", TEN);
    again.put("isPromotion", true);
    discounted(paid(SHOP.api().post("/subscribe/payments/again", again)), TEN, 800);
  }

  @Test
  void anEmptyIdAsksForNone() {
    full(paid(onetime("", Api.GOOD_CARD, 6_000)));
  }

  @Test
  void anotherCompanysCardIsRefused() {
    long before = SHOP.rows("payment");
    Api.Answer refused = onetime(TEN, "4518-4200-0000-0000", 6_000);
    Wire.refused(refused, 200, -1);
    assertThat(refused.message()).contains("카드사");
    Wire.refused(onetime(TEN, "9999-9900-0000-0000", 6_000), 200, -1);
    String customer = "customer-" + UUID.randomUUID();
    Map<String, Object> key = Shop.card(Shop.TOSS, "4518-4200-0000-0000");
    assertThat(SHOP.api().issueKey(customer, key).code()).isZero();
    Map<String, Object> again =
        Map.of(
            "customer_uid",
            customer,
            "merchant_uid",
            Api.newOrder(),
            "amount",
            6_000,
            "promotion_id",
            TEN);
    Wire.refused(SHOP.api().post("/subscribe/payments/again", again), 200, -1);
    assertThat(SHOP.rows("payment")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"promotion-id-unknown\"",
        "\"7\"",
        "7",
        "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"",
        "{\"id\":1}",
        "[\"promotion-id-1\"]",
        "\"a\\u0000b\""
      })
  void whatIsNoPromotionIsRefused(String id) {
    long before = SHOP.rows("payment");
    String body =
        "{\"merchant_uid\":\"%s\",\"amount\":6000,\"pg\":\"tosspayments\","
                .formatted(Api.newOrder())
            + "\"card_number\":\"1234-1234-1234-1234\",\"expiry\":\"2039-12\",\"birth\":\"900101\","
            + "\"pwd_2digit\":\"12\",\"promotion_id\":"
            + id
            + "}";
    Wire.refused(
        SHOP.api().raw("POST", "/subscribe/payments/onetime", "application/json", body), 200, -1);
    assertThat(SHOP.rows("payment")).isEqualTo(before);
  }

  @Test
  void anotherShopsPromotionIsUnknown() {
    Shop other = Shop.fresh();
    Wire.refused(other.onetime(Shop.TOSS, Api.GOOD_CARD, Map.of("promotion_id", TEN)), 200, -1);
    assertThat(other.rows("payment")).isZero();
  }

  @Test
  void whatIsNotActiveTakesNothingOff() {
    Instant now = Instant.now();
    long merchant = SHOP.merchant().id();
    Plan running = Promoted.plan(Promoted.SAMSUNG, 100_000, true, Promoted.TEN_PERCENT);
    Plan later =
        new Plan(
            "Later",
            Promoted.SAMSUNG,
            now.plusSeconds(3_600),
            now.plusSeconds(7_200),
            100_000,
            true,
            Promoted.TEN_PERCENT);
    String planned = Promoted.promotions().make(Actor.HUB, merchant, later).id();
    String paused = Promoted.promotions().make(Actor.HUB, merchant, running).id();
    Promoted.promotions().pause(Actor.HUB, merchant, paused);
    String ended = Promoted.promotions().make(Actor.HUB, merchant, running).id();
    Promoted.promotions().end(Actor.HUB, merchant, ended);
    for (String promotion : List.of(planned, paused, ended)) {
      full(paid(onetime(promotion, Api.GOOD_CARD, 6_000)));
      assertThat(Promoted.books(SHOP, promotion)).isEqualTo(new Promotion.Books(0, 0));
    }
    full(paid(onetime(TEN, Api.GOOD_CARD, 4_999)));
    full(paid(onetime(running(599, Promoted.TEN_PERCENT), Api.GOOD_CARD, 6_000)));
    Promoted.promotions().resume(Actor.HUB, merchant, paused);
    discounted(paid(onetime(paused, Api.GOOD_CARD, 6_000)), paused, 600);
  }

  @Test
  void aDeclineGivesTheBudgetBack() {
    String promotion = Promoted.running(SHOP, Promoted.SHINHAN, 10_000, Promoted.THOUSAND);
    JsonNode failed = onetime(promotion, "4000-0000-0000-0010", 6_000).response();
    assertThat(failed.path("status").asString()).isEqualTo("failed");
    assertThat(Promoted.books(SHOP, promotion)).isEqualTo(new Promotion.Books(0, 0));
    Wire.refused(onetime(promotion, "4000-0000-0000-0051", 6_000), 200, -1);
    assertThat(Promoted.books(SHOP, promotion)).isEqualTo(new Promotion.Books(0, 0));
    Map<String, Object> order = Map.of("promotion_id", promotion, "merchant_uid", Api.newOrder());
    paid(SHOP.onetime(Shop.TOSS, "4000-0000-0000-0127", order));
    Wire.refused(SHOP.onetime(Shop.TOSS, "4000-0000-0000-0127", order), 200, 1);
    assertThat(Promoted.books(SHOP, promotion)).isEqualTo(new Promotion.Books(0, 1_000));
    assertThat(Promoted.sum(SHOP, promotion)).isEqualTo(new Promotion.Books(0, 1_000));
  }

  /** As after a kill between reserve and settle: nobody but the resolver knows what to do. */
  @ParameterizedTest
  @CsvSource({
    "tosspayments, 9001, failed",
    "tosspayments, 9003, paid",
    "html5_inicis, 9001, failed",
    "html5_inicis, 9003, paid"
  })
  @Execution(ExecutionMode.CONCURRENT)
  void whatIsUnknownKeepsItsBudgetUntilItIsKnown(String pg, String card, String end)
      throws Exception {
    Shop shop = Shop.fresh();
    String promotion = Promoted.running(shop, Promoted.SHINHAN, 1_000, Promoted.THOUSAND);
    String order = Api.newOrder();
    Map<String, Object> changes = Map.of("promotion_id", promotion, "merchant_uid", order);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Api.Answer> answer =
          threads.submit(() -> shop.onetime(pg, "4000-0000-0000-" + card, changes));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Promoted.books(shop, promotion).reserved() == 1_000);
      // Others do not get what is not decided yet.
      full(paid(shop.onetime(pg, "4000-0000-0000-0127", Map.of("promotion_id", promotion))));
      assertThat(answer.get().code()).isZero();
    }
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                end.equals(
                    shop.api()
                        .get("/payments/find/" + order)
                        .response()
                        .path("status")
                        .asString()));
    boolean paid = end.equals("paid");
    assertThat(Promoted.books(shop, promotion))
        .isEqualTo(new Promotion.Books(0, paid ? 1_000 : 0))
        .isEqualTo(Promoted.sum(shop, promotion));
    assertThat(book.charges(order)).hasSize(paid ? 1 : 0);
    assertThat(book.charges(order))
        .allSatisfy(charge -> assertThat(charge.path("amount").asInt()).isEqualTo(9_000));
  }

  @Test
  void manyAtOnceNeverOverspend() throws Exception {
    String promotion = running(3_500, Promoted.THOUSAND);
    List<JsonNode> payments = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Api.Answer>> running = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return onetime(promotion, Api.GOOD_CARD, 6_000);
                }));
      }
      start.countDown();
      for (Future<Api.Answer> one : running) {
        payments.add(paid(one.get()));
      }
    }
    assertThat(payments).filteredOn(payment -> !payment.path("promotion").isNull()).hasSize(3);
    assertThat(payments)
        .allSatisfy(
            payment ->
                assertThat(charged(payment))
                    .isEqualTo(6_000 - payment.path("promotion").path("discount").asInt(0)));
    Promotion after = Promoted.promotions().get(SHOP.merchant().id(), promotion);
    assertThat(after.books()).isEqualTo(new Promotion.Books(0, 3_000));
    assertThat(Promoted.sum(SHOP, promotion)).isEqualTo(after.books());
    assertThat(after.state(Instant.now())).isEqualTo(Promotion.State.EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aScheduleIsDiscountedWhenItIsExecuted(boolean inEntry) {
    String promotion = running(700, Promoted.TEN_PERCENT);
    String customer = Plans.customer(SHOP, Shop.TOSS, Api.GOOD_CARD);
    String first = schedule(customer, promotion, inEntry, 2);
    String second = schedule(customer, promotion, inEntry, 5);
    JsonNode executed = executed(first);
    assertThat(executed.path("promotion_id").asString()).isEqualTo(promotion);
    discounted(find(first), promotion, 600);
    // The budget that is left now is not enough for a second one.
    executed(second);
    full(find(second));
    assertThat(Promoted.books(SHOP, promotion)).isEqualTo(new Promotion.Books(0, 600));
  }

  @Test
  void aScheduleOfAnotherCompanysCardFails() {
    String shinhan = Promoted.running(SHOP, Promoted.SHINHAN, 10_000, Promoted.TEN_PERCENT);
    String order = schedule(Plans.customer(SHOP, Shop.TOSS, Api.GOOD_CARD), shinhan, true, 2);
    JsonNode executed = executed(order);
    assertThat(executed.path("payment_status").asString()).isEqualTo("failed");
    assertThat(executed.path("fail_reason").asString()).contains("카드사");
    assertThat(find(order).path("fail_code").asString()).isEqualTo("CARD_NOT_SUPPORTED");
    Wire.refused(SHOP.api().post(Plans.PATH + "/" + order + "/retry", Map.of()), 400, -1);
    assertThat(book.charges(order)).isEmpty();
  }

  @Test
  void aScheduleOfNoPromotionIsRefused() {
    long before = SHOP.rows("schedule");
    Map<String, Object> entry = Plans.entry(Api.newOrder(), Plans.in(3_600));
    entry.put("promotion_id", "promotion-id-unknown");
    String customer = Plans.customer(SHOP, Shop.TOSS, Api.GOOD_CARD);
    Wire.refused(SHOP.api().post(Plans.PATH, Plans.request(customer, entry)), 200, -1);
    assertThat(SHOP.rows("schedule")).isEqualTo(before);
  }

  private static String schedule(String customer, String promotion, boolean inEntry, long seconds) {
    String order = Api.newOrder();
    Map<String, Object> entry = Plans.entry(order, Plans.in(seconds));
    entry.put("amount", 6_000);
    Map<String, Object> request = new HashMap<>(Plans.request(customer, entry));
    (inEntry ? entry : request).put("promotion_id", promotion);
    Api.Answer answer = SHOP.api().post(Plans.PATH, request);
    assertThat(answer.code()).as(answer.message()).isZero();
    return order;
  }

  private static JsonNode executed(String order) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !Plans.read(SHOP, order).path("payment_status").asString("").isEmpty());
    return Plans.read(SHOP, order);
  }

  private static JsonNode find(String order) {
    return SHOP.api().get("/payments/find/" + order).response();
  }

  @Test
  void theRetiredOperationsTellOfThem() {
    Shop shop = Shop.fresh();
    Terms steps =
        new Terms(
            Terms.Kind.RATE,
            List.of(new Terms.Step(5_000, 1_000), new Terms.Step(10_000, 1_250)),
            1_200L);
    String rate = Promoted.running(shop, Promoted.SAMSUNG, 50_000, steps);
    String amount = Promoted.running(shop, Promoted.SHINHAN, 50_000, Promoted.THOUSAND);
    JsonNode current = shop.api().get("/promotion/current?amount=10000").response();
    assertThat(current).hasSize(2);
    JsonNode of =
        current
            .valueStream()
            .filter(one -> one.path("promotion_id").asString().equals(rate))
            .findFirst()
            .orElseThrow();
    assertThat(of.propertyNames())
        .containsExactlyInAnyOrder("issuer", "amount", "discount", "start", "end", "promotion_id");
    assertThat(of.path("issuer").asString()).isEqualTo("365");
    assertThat(of.path("amount").asString()).isEqualTo("8800");
    assertThat(of.path("discount").path("percent").asString()).isEqualTo("12.5");
    assertThat(of.path("discount").path("amount").asString()).isEqualTo("0");
    assertThat(of.path("discount").path("max_discount").asString()).isEqualTo("1200");
    assertThat(of.path("discount").path("min_amount").asString()).isEqualTo("10000");
    assertThat(shop.api().get("/promotion/current?amount=4999").response()).isEmpty();
    Promoted.promotions().end(Actor.HUB, shop.merchant().id(), amount);
    assertThat(shop.api().get("/promotion/current?amount=10000").response()).hasSize(1);
    assertThat(infos(shop, 0)).containsExactlyInAnyOrder(rate, amount);
    assertThat(infos(shop, 1)).isEmpty();
    assertThat(infos(shop, 2)).containsExactly(rate);
    assertThat(infos(shop, 3)).containsExactly(amount);
    JsonNode info = shop.api().get("/promotion/infos?status=2").response().path(0);
    assertThat(info.path("user_code").asString()).isEqualTo(shop.merchant().userCode());
    assertThat(info.path("total_discount_amount").asString()).isEqualTo("50000");
    assertThat(info.path("discount").asString()).isEqualTo("10%");
    assertThat(info.path("limit_discount").asString()).isEqualTo("1200");
    assertThat(info.path("min_amount").asString()).isEqualTo("5000");
    assertThat(info.path("status").asInt()).isEqualTo(2);
    assertThat(info.path("start").isNumber()).isTrue();
  }

  private static List<String> infos(Shop shop, int status) {
    return shop.api()
        .get("/promotion/infos?status=" + status)
        .response()
        .valueStream()
        .map(one -> one.path("promotion_id").asString())
        .toList();
  }
}
