package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.Secret;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroup.Member;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Super billing keys: one card, keys on the channels of a group, one of them drawn per charge. */
final class SuperKeysTest {

  private static final String GROUP = "channel-group-test-super";
  private static final String KEYS = "/subscribe/customers/";

  private final ChannelGroups groups = Hub.shared().bean(ChannelGroups.class);
  private final Book book = new Book(Hub.shared());

  private static Member member(Shop shop, String pg, int percent, boolean enabled) {
    return new Member(shop.channelKey(pg), percent, enabled);
  }

  private Shop shop(int toss, int inicis) {
    Shop shop = Shop.fresh();
    weights(shop, toss, inicis);
    return shop;
  }

  private void weights(Shop shop, int toss, int inicis) {
    group(shop, member(shop, Shop.TOSS, toss, true), member(shop, Shop.INICIS, inicis, true));
  }

  private void group(Shop shop, Member... members) {
    groups.put(
        Actor.HUB, shop.merchant().id(), new ChannelGroup(GROUP, "Group", List.of(members), null));
  }

  private static Map<String, Object> request(String card) {
    Map<String, Object> request = new HashMap<>(Shop.card("", card));
    request.remove("pg");
    request.put("channel_group_id", GROUP);
    return request;
  }

  private static String customer() {
    return "customer-" + UUID.randomUUID();
  }

  private static JsonNode issued(Shop shop, String customer) {
    Api.Answer answer = shop.api().post(KEYS + customer, request(Api.GOOD_CARD));
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).as(answer.message()).isZero();
    return answer.response();
  }

  private static Api.Answer again(Shop shop, String customer, Map<String, ?> more) {
    Map<String, Object> request = new HashMap<>(more);
    request.put("customer_uid", customer);
    request.putIfAbsent("merchant_uid", Api.newOrder());
    request.put("amount", 1_000);
    return shop.api().post("/subscribe/payments/again", request);
  }

  private static String chargedBy(Api.Answer answer) {
    assertThat(answer.response().path("status").asString()).as(answer.message()).isEqualTo("paid");
    return answer.response().path("pg_provider").asString();
  }

  private static List<String> providers(JsonNode channels) {
    return channels.valueStream().map(one -> one.path("pg_provider").asString()).sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"channel_group_id", "channelGroupId"})
  void asksEveryEnabledChannel(String parameter) {
    Shop shop = Shop.fresh();
    group(
        shop,
        member(shop, Shop.TOSS, 0, true),
        member(shop, Shop.INICIS, 100, true),
        member(shop, Shop.DANAL, 0, true),
        member(shop, Shop.KCP_IDENTITY, 0, false));
    String customer = customer();
    Map<String, Object> request = request(Api.GOOD_CARD);
    request.remove("channel_group_id");
    request.put(parameter, GROUP);
    JsonNode key = shop.api().post(KEYS + customer, request).response();
    assertThat(key.propertyNames())
        .containsExactlyInAnyOrder(
            "customer_uid",
            "channelGroupId",
            "customer_id",
            "customer_name",
            "customer_tel",
            "customer_email",
            "customer_addr",
            "customer_postcode",
            "succeededChannels",
            "failedChannels");
    assertThat(key.path("customer_uid").asString()).isEqualTo(customer);
    assertThat(key.path("channelGroupId").asString()).isEqualTo(GROUP);
    assertThat(key.path("customer_name").asString()).isEqualTo("김나루");
    assertThat(providers(key.path("succeededChannels"))).containsExactly(Shop.INICIS, Shop.TOSS);
    JsonNode succeeded = key.path("succeededChannels").get(0);
    assertThat(succeeded.propertyNames())
        .containsExactlyInAnyOrder(
            "pg_provider",
            "pg_id",
            "card_name",
            "card_code",
            "card_issuer_code",
            "card_issuer_name",
            "card_publisher_code",
            "card_publisher_name",
            "card_number",
            "card_type",
            "inserted",
            "updated");
    assertThat(succeeded.path("card_number").asString()).contains("*");
    assertThat(key.path("failedChannels")).hasSize(1);
    JsonNode refused = key.path("failedChannels").get(0);
    assertThat(refused.propertyNames())
        .containsExactlyInAnyOrder("type", "message", "pg_provider", "pg_id");
    assertThat(refused.path("type").asString()).isEqualTo("INVALID_REQUEST");
    assertThat(refused.path("pg_provider").asString()).isEqualTo(Shop.DANAL);
    assertThat(shop.api().get(KEYS + customer).response()).isEqualTo(key);
  }

  @Test
  void oneKeyIsEnough() {
    Shop shop =
        Shop.bare()
            .withChannel(Shop.TOSS, Map.of("secretKey", new Secret("revoked_sk_nobody")))
            .withChannel(Shop.INICIS, Map.of());
    weights(shop, 100, 0);
    String customer = customer();
    JsonNode key = issued(shop, customer);
    assertThat(providers(key.path("succeededChannels"))).containsExactly(Shop.INICIS);
    assertThat(providers(key.path("failedChannels"))).containsExactly(Shop.TOSS);
    assertThat(key.path("failedChannels").get(0).path("type").asString()).isEqualTo("PG_PROVIDER");
    assertThat(key.path("failedChannels").get(0).path("message").asString()).isNotBlank();
    assertThat(chargedBy(again(shop, customer, Map.of()))).isEqualTo(Shop.INICIS);
  }

  @Test
  void noKeyAtAllLeavesWhatWasThere() {
    Shop shop = shop(50, 50);
    String customer = customer();
    JsonNode key = issued(shop, customer);
    Api.Answer refused = shop.api().post(KEYS + customer, request("4000-0000-0000-0044"));
    Wire.refused(refused, 200, -1);
    assertThat(refused.message()).startsWith("카드정보 인증 및 빌키 발급에 실패하였습니다. ");
    assertThat(shop.api().get(KEYS + customer).response()).isEqualTo(key);
    Wire.refused(shop.api().post(KEYS + customer(), request("4000-0000-0000-0044")), 200, -1);
    assertThat(shop.rows("customer")).isEqualTo(1);
  }

  @Test
  void refusesGroupsThatAreNotThere() {
    Shop shop = shop(50, 50);
    for (String group : List.of("nobody", "x".repeat(56))) {
      Map<String, Object> request = request(Api.GOOD_CARD);
      request.put("channel_group_id", group);
      Wire.refused(shop.api().post(KEYS + customer(), request), 200, -1);
    }
    group(shop, member(shop, Shop.TOSS, 100, false));
    Wire.refused(shop.api().post(KEYS + customer(), request(Api.GOOD_CARD)), 200, -1);
    assertThat(shop.rows("customer")).isZero();
  }

  @Test
  void todaysWeightsChoose() {
    Shop shop = shop(100, 0);
    String customer = customer();
    issued(shop, customer);
    assertThat(chargedBy(again(shop, customer, Map.of()))).isEqualTo(Shop.TOSS);
    weights(shop, 0, 100);
    assertThat(chargedBy(again(shop, customer, Map.of()))).isEqualTo(Shop.INICIS);
    weights(shop, 50, 50);
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 40 && drawn.size() < 2; i++) {
      drawn.add(chargedBy(again(shop, customer, Map.of())));
    }
    assertThat(drawn).containsExactlyInAnyOrder(Shop.TOSS, Shop.INICIS);
  }

  /** Of the group's channels only those count that are enabled and have a key. */
  @Test
  void aChannelWithoutAKeyIsNotDrawn() {
    Shop shop = Shop.fresh();
    group(shop, member(shop, Shop.TOSS, 100, true));
    String customer = customer();
    issued(shop, customer);
    weights(shop, 0, 100);
    assertThat(chargedBy(again(shop, customer, Map.of()))).isEqualTo(Shop.TOSS);
    group(shop, member(shop, Shop.TOSS, 0, false), member(shop, Shop.INICIS, 100, true));
    Api.Answer none = again(shop, customer, Map.of());
    Wire.refused(none, 200, 1);
    assertThat(shop.rows("payment")).isEqualTo(1);
  }

  @Test
  void channelKeyPinsOne() {
    Shop shop = shop(100, 0);
    String customer = customer();
    issued(shop, customer);
    Map<String, String> pin = Map.of("channel_key", shop.channelKey(Shop.INICIS));
    assertThat(chargedBy(again(shop, customer, pin))).isEqualTo(Shop.INICIS);
    Wire.refused(again(shop, customer, Map.of("channel_key", shop.channelKey(Shop.DANAL))), 200, 1);
    Wire.refused(again(shop, customer, Map.of("channel_key", "nobody")), 200, -1);
    Wire.refused(again(shop, customer, Map.of("channel_key", "x".repeat(56))), 200, -1);
    assertThat(shop.rows("payment")).isEqualTo(1);
  }

  /** A key of one channel does not become one of another because a request says so. */
  @Test
  void aSingleKeyStaysOnItsChannel() {
    Shop shop = shop(100, 0);
    String customer = Plans.customer(shop, Shop.TOSS, Api.GOOD_CARD);
    Wire.refused(
        again(shop, customer, Map.of("channel_key", shop.channelKey(Shop.INICIS))), 200, 1);
    Map<String, String> itself = Map.of("channel_key", shop.channelKey(Shop.TOSS));
    assertThat(chargedBy(again(shop, customer, itself))).isEqualTo(Shop.TOSS);
  }

  @Test
  void oneReplacesTheOther() {
    Shop shop = shop(100, 0);
    String customer = customer();
    issued(shop, customer);
    assertThat(shop.rows("billing_key")).isEqualTo(2);
    JsonNode single =
        shop.api().post(KEYS + customer, Shop.card(Shop.INICIS, Api.GOOD_CARD)).response();
    assertThat(single.path("pg_provider").asString()).isEqualTo(Shop.INICIS);
    assertThat(shop.api().get(KEYS + customer).response()).isEqualTo(single);
    assertThat(shop.rows("billing_key")).isEqualTo(1);
    JsonNode several = issued(shop, customer);
    assertThat(shop.api().get(KEYS + customer).response()).isEqualTo(several);
    Plans.customer(shop, Shop.TOSS, Api.GOOD_CARD);
    JsonNode bulk =
        shop.api().get("/subscribe/customers?customer_uid%5B%5D=" + customer).response();
    assertThat(bulk).hasSize(1);
    assertThat(bulk.get(0)).isEqualTo(several);
  }

  @Test
  void deletesAllOfItsKeys() {
    Shop shop = shop(100, 0);
    String customer = customer();
    JsonNode key = issued(shop, customer);
    assertThat(shop.api().delete(KEYS + customer).response()).isEqualTo(key);
    Wire.refused(shop.api().get(KEYS + customer), 404, -1);
    assertThat(shop.rows("billing_key")).isZero();
    assertThat(shop.rows("customer")).isZero();
    Wire.refused(again(shop, customer, Map.of()), 200, 1);
  }

  @Test
  void aScheduleIsChargedByWhatTheGroupSaysThen() {
    Shop shop = shop(100, 0);
    String customer = customer();
    issued(shop, customer);
    String drawn = Api.newOrder();
    String pinned = Api.newOrder();
    schedule(shop, customer, drawn, Map.of());
    schedule(shop, customer, pinned, Map.of("channel_key", shop.channelKey(Shop.TOSS)));
    weights(shop, 0, 100);
    assertThat(executedBy(shop, drawn)).isEqualTo(Shop.INICIS);
    assertThat(executedBy(shop, pinned)).isEqualTo(Shop.TOSS);
    assertThat(book.charges(drawn)).hasSize(1);
    assertThat(book.charges(pinned)).hasSize(1);
  }

  private static void schedule(Shop shop, String customer, String order, Map<String, ?> more) {
    Map<String, Object> request = Plans.request(customer, Plans.entry(order, Plans.in(4)));
    request.putAll(more);
    Api.Answer answer = shop.api().post(Plans.PATH, request);
    assertThat(answer.code()).as(answer.message()).isZero();
  }

  private static String executedBy(Shop shop, String order) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Plans.read(shop, order).path("payment_status").asString("").equals("paid"));
    return Plans.read(shop, order).path("pg_provider").asString();
  }

  @Test
  void aScheduleNamesAChannelThatHasAKey() {
    Shop shop = shop(100, 0);
    String customer = customer();
    issued(shop, customer);
    for (Map.Entry<String, Integer> one :
        Map.of(shop.channelKey(Shop.DANAL), 1, "nobody", -1).entrySet()) {
      Map<String, Object> request =
          Plans.request(customer, Plans.entry(Api.newOrder(), Plans.in(600)));
      request.put("channel_key", one.getKey());
      Wire.refused(shop.api().post(Plans.PATH, request), 200, one.getValue());
    }
    assertThat(shop.rows("schedule")).isZero();
  }

  @Test
  void onetimeMakesASuperKeyAndChargesIt() {
    Shop shop = shop(0, 100);
    String customer = customer();
    JsonNode paid = shop.paid("", Map.of("customer_uid", customer, "channel_group_id", GROUP));
    assertThat(paid.path("pg_provider").asString()).isEqualTo(Shop.INICIS);
    assertThat(paid.path("customer_uid").asString()).isEqualTo(customer);
    JsonNode key = shop.api().get(KEYS + customer).response();
    assertThat(providers(key.path("succeededChannels"))).containsExactly(Shop.INICIS, Shop.TOSS);
    String merchantUid = paid.path("merchant_uid").asString();
    assertThat(book.charges(merchantUid)).hasSize(1);
    Api.Answer taken =
        shop.onetime(
            "",
            "9410-0000-1111-2222",
            Map.of("customer_uid", customer, "channelGroupId", GROUP, "merchant_uid", merchantUid));
    Wire.refused(taken, 200, 1);
    assertThat(shop.api().get(KEYS + customer).response()).isEqualTo(key);
  }

  /** The drawn channel gave no key: the next one did, and nothing was charged before. */
  @Test
  void onetimeGoesOnToAChannelThatGaveAKey() {
    Shop shop =
        Shop.bare()
            .withChannel(Shop.TOSS, Map.of("secretKey", new Secret("revoked_sk_nobody")))
            .withChannel(Shop.INICIS, Map.of());
    weights(shop, 100, 0);
    JsonNode paid = shop.paid("", Map.of("customer_uid", customer(), "channel_group_id", GROUP));
    assertThat(paid.path("pg_provider").asString()).isEqualTo(Shop.INICIS);
    assertThat(book.charges(paid.path("merchant_uid").asString())).hasSize(1);
  }

  @Test
  void aRefusedCardIsNotStored() {
    Shop shop = shop(50, 50);
    String customer = customer();
    Api.Answer refused =
        shop.onetime(
            "", "4000-0000-0000-0044", Map.of("customer_uid", customer, "channel_group_id", GROUP));
    Wire.refused(refused, 200, -1);
    Wire.refused(shop.api().get(KEYS + customer), 404, -1);
    assertThat(shop.rows("payment")).isEqualTo(1);
  }

  /** Whoever comes last, its keys are all there, and no others. */
  @Test
  void twoAtOnceDoNotMix() throws Exception {
    Shop shop = shop(50, 50);
    String customer = customer();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 10; round++) {
        Future<Api.Answer> several =
            threads.submit(() -> shop.api().post(KEYS + customer, request(Api.GOOD_CARD)));
        Future<Api.Answer> single =
            threads.submit(
                () -> shop.api().post(KEYS + customer, Shop.card(Shop.TOSS, Api.GOOD_CARD)));
        List<JsonNode> answers = List.of(several.get().response(), single.get().response());
        JsonNode kept = shop.api().get(KEYS + customer).response();
        assertThat(answers).contains(kept);
        assertThat(shop.rows("billing_key")).isEqualTo(kept.has("channelGroupId") ? 2 : 1);
      }
    }
  }
}
