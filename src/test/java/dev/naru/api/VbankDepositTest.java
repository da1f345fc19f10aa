package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A virtual account after the buyer's bank has moved money: the PG's notice, the shop's webhook,
 * the refund. With the demo shop, whose notice addresses the simulators know.
 */
@OwnOrders
class VbankDepositTest {

  private final Api api = new Api(Hub.shared().url());
  private final String hook = "/sandbox/hooks/deposit-" + UUID.randomUUID();

  private JsonNode opened(String pg) {
    Map<String, Object> parameters = Shop.account(pg);
    parameters.put("notice_url", Hub.shared().url() + hook);
    Api.Answer answer = api.post("/vbanks", parameters);
    assertThat(answer.response().path("status").asString()).as(answer.message()).isEqualTo("ready");
    return answer.response();
  }

  /** What the buyer's bank does. */
  private void bank(JsonNode account, String verb) {
    String path =
        "/_sim/vbanks/%s/%s/%s"
            .formatted(
                account.path("pg_provider").asString(), account.path("vbank_num").asString(), verb);
    Api.Answer moved =
        new Api(Hub.shared().simulatorUrl())
            .bare(
                HttpRequest.newBuilder(Hub.shared().simulatorUrl().resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}")));
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
  }

  private JsonNode becomes(JsonNode payment, String status) {
    String path = "/payments/" + payment.path("imp_uid").asString();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(api.get(path).response().path("status").asString()).isEqualTo(status));
    return api.get(path).response();
  }

  /** In any order: deliveries of one payment run side by side. */
  private void hears(String... statuses) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        api.get(hook)
                            .body()
                            .valueStream()
                            .map(one -> one.path("fields").path("status").asString("")))
                    .containsExactlyInAnyOrder(statuses));
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS, "nice_v2"})
  void aDepositPaysAndIsRefundedToAnAccount(String pg) {
    JsonNode waiting = opened(pg);
    hears("ready");
    bank(waiting, "deposit");
    JsonNode paid = becomes(waiting, "paid");
    assertThat(paid.path("paid_at").asLong()).isPositive();
    assertThat(paid.path("vbank_num")).isEqualTo(waiting.path("vbank_num"));
    hears("ready", "paid");
    Wire.refused(api.delete("/vbanks/" + paid.path("imp_uid").asString()), 400, -1);

    Wire.refused(
        api.post("/payments/cancel", Map.of("imp_uid", paid.path("imp_uid").asString())), 200, -1);
    assertThat(becomes(waiting, "paid")).isEqualTo(paid);
    Api.Answer refunded =
        api.post(
            "/payments/cancel",
            Map.of(
                "imp_uid",
                paid.path("imp_uid").asString(),
                "refund_holder",
                "김나루",
                "refund_bank",
                "088",
                "refund_account",
                "110123456789"));
    assertThat(refunded.code()).as(refunded.message()).isZero();
    assertThat(refunded.response().path("status").asString()).isEqualTo("cancelled");
    assertThat(refunded.response().path("cancel_amount").asInt()).isEqualTo(10_000);
    assertThat(refunded.body().toString()).doesNotContain("110123456789");
  }

  /** Several accounts may wait for one order, and their buyers may all pay. */
  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS, Bank.SETTLE})
  void moneyForAnOrderThatIsPaidAlreadyCountsBesideIt(String pg) {
    Map<String, Object> parameters = Shop.account(pg);
    parameters.put("notice_url", Hub.shared().url() + hook);
    JsonNode first = Bank.opened(api, parameters);
    JsonNode second = Bank.opened(api, parameters);
    hears("ready", "ready");
    bank(first, "deposit");
    becomes(first, "paid");
    hears("ready", "ready", "paid");
    bank(second, "deposit");
    JsonNode beside = becomes(second, "paid");
    hears("ready", "ready", "paid", "paid");
    assertThat(beside.path("merchant_uid")).isEqualTo(first.path("merchant_uid"));
    assertThat(ledger(beside)).isEqualTo(-10_000);
    // The order is the first one's.
    Map<String, Object> refund =
        Map.of("refund_holder", "김나루", "refund_bank", "088", "refund_account", "110123456789");
    assertThat(refunded("merchant_uid", first, refund)).isEqualTo(first.path("imp_uid"));
    assertThat(becomes(second, "paid")).isEqualTo(beside);
    assertThat(refunded("imp_uid", second, refund)).isEqualTo(second.path("imp_uid"));
    Wire.refused(api.post("/vbanks", parameters), 200, 1);
  }

  /** The other payment may yet fail: nobody can say whose the order is before it has ended. */
  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void theOrderIsItsOwnIfTheOtherPaymentFailsAfterAll(String pg) throws Exception {
    JsonNode waiting = opened(pg);
    String order = waiting.path("merchant_uid").asString();
    Map<String, Object> card = Api.keyIn(order, Shop.TOSS, "4000-0000-0000-9001");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Api.Answer> never =
          threads.submit(() -> api.post("/subscribe/payments/onetime", card));
      await().atMost(Duration.ofSeconds(10)).until(() -> isHeld(order));
      bank(waiting, "deposit");
      becomes(waiting, "paid");
      assertThat(never.get().response().path("status").asString()).isEqualTo("failed");
    }
    assertThat(isHeld(order)).isTrue();
    Map<String, Object> refund =
        Map.of("refund_holder", "김나루", "refund_bank", "088", "refund_account", "110123456789");
    assertThat(refunded("merchant_uid", waiting, refund)).isEqualTo(waiting.path("imp_uid"));
  }

  private static boolean isHeld(String order) {
    return Shop.bare()
            .database()
            .sql("select count(*) from payment where merchant_uid = :order and holds_order")
            .param("order", order)
            .query(Long.class)
            .single()
        == 1;
  }

  private JsonNode refunded(String by, JsonNode payment, Map<String, Object> refund) {
    Map<String, Object> body = new HashMap<>(refund);
    body.put(by, payment.path(by).asString());
    Api.Answer answer = api.post("/payments/cancel", body);
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(answer.response().path("status").asString()).isEqualTo("cancelled");
    return answer.response().path("imp_uid");
  }

  private static long ledger(JsonNode payment) {
    return Shop.bare()
        .database()
        .sql(
            """
            select coalesce(sum(case when debit = 'sales' then amount
              when credit = 'sales' then -amount else 0 end), 0)
            from ledger where imp_uid = :uid
            """)
        .param("uid", payment.path("imp_uid").asString())
        .query(Long.class)
        .single();
  }

  /** A PG knows one notice address per MID, and here it is another shop's. */
  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS, Bank.SETTLE})
  void aShopThatSharesItsContractIsPaidToo(String pg) {
    Shop shop = Shop.fresh();
    Shop other = Shop.fresh();
    JsonNode waiting = Bank.opened(shop.api(), Shop.account(pg));
    JsonNode others = Bank.opened(other.api(), Shop.account(pg));
    bank(waiting, "deposit");
    Bank.becomes(shop.api(), waiting, Bank.is("paid"));
    assertThat(Bank.becomes(other.api(), others, Bank.is("ready"))).isEqualTo(others);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void aDepositThatIsTakenBackMakesItReadyAgain(String pg) {
    JsonNode waiting = opened(pg);
    bank(waiting, "deposit");
    becomes(waiting, "paid");
    bank(waiting, "reverse");
    JsonNode again = becomes(waiting, "ready");
    assertThat(again.path("paid_at").asLong()).isZero();
    assertThat(again.path("vbank_num")).isEqualTo(waiting.path("vbank_num"));
    hears("ready", "paid", "ready");
    Wire.refused(
        api.post("/payments/cancel", Map.of("imp_uid", again.path("imp_uid").asString())), 200, 1);
    bank(waiting, "deposit");
    becomes(waiting, "paid");
  }

  @Test
  void thePaidOneOfTwoAccountsTakesTheOrder() {
    Map<String, Object> parameters = Shop.account(Shop.TOSS);
    JsonNode first = api.post("/vbanks", parameters).response();
    JsonNode second = api.post("/vbanks", parameters).response();
    bank(second, "deposit");
    becomes(second, "paid");
    assertThat(becomes(first, "ready").path("paid_at").asLong()).isZero();
    Api.Answer found = api.get("/payments/find/" + parameters.get("merchant_uid") + "/paid");
    assertThat(List.of(found.response().path("imp_uid"))).containsExactly(second.path("imp_uid"));
  }

  /** The PG knows the address of its contract's holder alone. */
  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void aDepositToASubShopThroughAChannelItWasGiven(String pg) {
    Merchant demo = Hub.shared().bean(Merchants.class).byUserCode("imp00000000").orElseThrow();
    Tiers tiers = Hub.shared().bean(Tiers.class);
    String code = pg.equals(Shop.TOSS) ? "V1T" : "V1I";
    tiers.create(Actor.HUB, demo, code, "Branch");
    String key =
        Hub.shared().bean(Channels.class).byPg(demo.id(), pg).map(Channel::key).orElseThrow();
    tiers.give(Actor.HUB, demo, code, key);
    JsonNode waiting = api.as(code).post("/vbanks", Shop.account(pg)).response();
    // Withdrawn, the channel still serves what was begun with it.
    tiers.withdraw(Actor.HUB, demo, code, key);
    bank(waiting, "deposit");
    String path = "/payments/" + waiting.path("imp_uid").asString();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(api.as(code).get(path).response().path("status").asString())
                    .isEqualTo("paid"));
    Wire.refused(api.get(path), 404, -1);
  }
}
