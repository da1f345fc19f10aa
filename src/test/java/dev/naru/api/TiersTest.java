package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.webhook.Webhooks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code /tiers}, and the channels and webhooks of sub-shops. */
class TiersTest {

  private final Shop shop = Shop.fresh();
  private final Tiers tiers = Hub.shared().bean(Tiers.class);

  private Api.Answer create(String code, String name) {
    return shop.api().post("/tiers/" + code, Map.of("tier_name", name));
  }

  private static void is(Api.Answer answer, String code, String name) {
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).isZero();
    assertThat(answer.response().propertyNames()).containsExactly("tier_code", "tier_name");
    assertThat(answer.response().path("tier_code").asString()).isEqualTo(code);
    assertThat(answer.response().path("tier_name").asString()).isEqualTo(name);
  }

  @Test
  void isMadeReadRenamedAndDeleted() {
    is(create("A1Z", "강남점"), "A1Z", "강남점");
    is(shop.api().get("/tiers/A1Z"), "A1Z", "강남점");
    is(shop.api().put("/tiers/A1Z/", Map.of("tier_name", "서초점")), "A1Z", "서초점");
    is(shop.api().get("/tiers/A1Z"), "A1Z", "서초점");
    assertThat(shop.api().as("A1Z").get("/users/pg").response()).isEmpty();
    is(shop.api().delete("/tiers/A1Z"), "A1Z", "서초점");
    Wire.refused(shop.api().get("/tiers/A1Z"), 404, -1);
    Wire.refused(shop.api().delete("/tiers/A1Z"), 404, -1);
    Wire.refused(shop.api().put("/tiers/A1Z", Map.of("tier_name", "x")), 404, -1);
    Wire.refused(shop.api().as("A1Z").get("/users/pg"), 404, -1);
    // Its payments keep the code.
    Wire.refused(create("A1Z", "새 지점"), 400, -1);
  }

  @Test
  void formsAsWell() {
    is(shop.api().postForm("/tiers/F0R", Map.of("tier_name", "폼")), "F0R", "폼");
  }

  @Test
  void aCodeInUseIsRefused() {
    create("B22", "one");
    Wire.refused(create("B22", "two"), 400, -1);
    is(shop.api().get("/tiers/B22"), "B22", "one");
    assertThat(Shop.fresh().api().post("/tiers/B22", Map.of("tier_name", "other")).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1z", "A1", "A1ZZ", "%EA%B0%80A1", "A-1"})
  void aCodeOfAnotherFormIsRefused(String code) {
    Wire.refused(create(code, "name"), 400, -1);
    Wire.refused(shop.api().get("/tiers/" + code), 404, -1);
  }

  @Test
  void othersAndSubShopsHaveNone() {
    create("C33", "mine");
    Wire.refused(Shop.bare().api().get("/tiers/C33"), 404, -1);
    Wire.refused(Shop.bare().api().put("/tiers/C33", Map.of("tier_name", "x")), 404, -1);
    Wire.refused(Shop.bare().api().delete("/tiers/C33"), 404, -1);
    Wire.refused(shop.api().as("C33").get("/tiers/C33"), 404, -1);
    Wire.refused(shop.api().as("C33").post("/tiers/D44", Map.of("tier_name", "x")), 400, -1);
    is(shop.api().get("/tiers/C33"), "C33", "mine");
  }

  private static Map<String, Object> order(String channelKey) {
    Map<String, Object> order = Api.keyIn(Api.newOrder(), "", Api.GOOD_CARD);
    order.remove("pg");
    order.put("channel_key", channelKey);
    return order;
  }

  @Test
  void aChannelIsGivenToOneSubShop() {
    create("E55", "first");
    create("E66", "second");
    String key = shop.channelKey(Shop.TOSS);
    Api first = shop.api().as("E55");
    Wire.refused(first.post("/subscribe/payments/onetime", order(key)), 200, -1);
    tiers.give(Actor.HUB, shop.merchant(), "E55", key);
    tiers.give(Actor.HUB, shop.merchant(), "E55", key);
    assertThat(first.get("/users/pg").response())
        .allSatisfy(one -> assertThat(one.path("channel_key").asString()).isEqualTo(key));
    assertThatThrownBy(() -> tiers.give(Actor.HUB, shop.merchant(), "E66", key))
        .isInstanceOf(Failed.class);
    assertThatThrownBy(() -> tiers.give(Actor.HUB, shop.merchant(), "E66", "channel-key-unknown"))
        .isInstanceOf(Failed.class);
    Wire.refused(shop.api().as("E66").post("/subscribe/payments/onetime", order(key)), 200, -1);

    JsonNode paid = first.post("/subscribe/payments/onetime", order(key)).response();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    String impUid = paid.path("imp_uid").asString();
    Wire.refused(shop.api().get("/payments/" + impUid), 404, -1);

    tiers.withdraw(Actor.HUB, shop.merchant(), "E55", key);
    Wire.refused(first.post("/subscribe/payments/onetime", order(key)), 200, -1);
    JsonNode cancelled = first.post("/payments/cancel", Map.of("imp_uid", impUid)).response();
    assertThat(cancelled.path("status").asString()).isEqualTo("cancelled");
    tiers.give(Actor.HUB, shop.merchant(), "E66", key);
    assertThat(
            shop.api()
                .as("E66")
                .post("/subscribe/payments/onetime", order(key))
                .response()
                .path("status")
                .asString())
        .isEqualTo("paid");
    assertThat(shop.rows("payment")).isZero();
  }

  @Test
  void aDeletedSubShopGivesItsChannelsBack() {
    create("G77", "gone");
    create("G88", "next");
    String key = shop.channelKey(Shop.TOSS);
    tiers.give(Actor.HUB, shop.merchant(), "G77", key);
    shop.api().delete("/tiers/G77");
    tiers.give(Actor.HUB, shop.merchant(), "G88", key);
    assertThat(tiers.of(shop.merchant())).extracting(Merchant::tierCode).containsExactly("G88");
  }

  @Test
  void itsWebhooksAreItsOwnOrItsParents() {
    Webhooks webhooks = Hub.shared().bean(Webhooks.class);
    create("H99", "hooked");
    Merchant tier = tiers.get(shop.merchant(), "H99");
    webhooks.update(
        Actor.HUB, shop.merchant().id(), new Webhooks.Setting("https://parent.test/", false));
    assertThat(webhooks.defaultUrl(tier.id())).hasValue("https://parent.test/");
    webhooks.update(Actor.HUB, tier.id(), new Webhooks.Setting("https://tier.test/", true));
    assertThat(webhooks.defaultUrl(tier.id())).hasValue("https://tier.test/");
    assertThat(webhooks.defaultUrl(shop.merchant().id())).hasValue("https://parent.test/");
  }

  /** {@code IMP.agency(userCode, tierCode)} opens windows through the sub-shop's channels alone. */
  @Test
  void aBrowserPaysThroughTheSubShopsChannels() {
    create("J11", "browser");
    String key = shop.channelKey(Shop.TOSS);
    Map<String, Object> params =
        Map.of(
            "channelKey",
            key,
            "pay_method",
            "card",
            "merchant_uid",
            Api.newOrder(),
            "name",
            "의자",
            "amount",
            1_000);
    Map<String, Object> body =
        Map.of("user_code", shop.merchant().userCode(), "tier_code", "J11", "params", params);
    Wire.refused(shop.api().post("/checkout/prepare", body), 400, -1);
    tiers.give(Actor.HUB, shop.merchant(), "J11", key);
    Api.Answer opened = shop.api().post("/checkout/prepare", body);
    assertThat(opened.code()).as(opened.message()).isZero();
    String impUid = opened.response().path("imp_uid").asString();
    assertThat(shop.api().as("J11").get("/payments/" + impUid).status()).isEqualTo(200);
    Wire.refused(shop.api().get("/payments/" + impUid), 404, -1);
    assertThat(List.of(400, 404))
        .contains(
            shop.api()
                .post(
                    "/checkout/prepare",
                    Map.of(
                        "user_code",
                        shop.merchant().userCode(),
                        "tier_code",
                        "J22",
                        "params",
                        params))
                .status());
  }
}
