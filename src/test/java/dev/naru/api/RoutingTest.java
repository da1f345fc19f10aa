package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Failed;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Secret;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroup.Member;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.audit.Actor;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentStore;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Smart routing: channelGroupId, and the way to another channel when one is refused. */
@OwnOrders
final class RoutingTest {

  private static final String GROUP = "channel-group-test-1";

  private final ChannelGroups groups = Hub.shared().bean(ChannelGroups.class);

  private Member member(Shop shop, String pg, int percent, boolean enabled) {
    return new Member(shop.channelKey(pg), percent, enabled);
  }

  private void group(Shop shop, Member... members) {
    groups.put(
        Actor.HUB, shop.merchant().id(), new ChannelGroup(GROUP, "Group", List.of(members), null));
  }

  /** A shop whose contract with Toss Payments does not work. */
  private static Shop withoutToss() {
    return Shop.bare()
        .withChannel(Shop.TOSS, Map.of("secretKey", new Secret("revoked_sk_nobody")))
        .withChannel(Shop.INICIS, Map.of());
  }

  private static Payment payment(Shop shop, JsonNode answered) {
    return Hub.shared()
        .bean(PaymentStore.class)
        .find(shop.merchant().id(), new ImpUid(answered.path("imp_uid").asString()))
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"channelGroupId", "channel_group_id"})
  void theGroupChooses(String parameter) {
    Shop shop = Shop.fresh();
    group(shop, member(shop, Shop.TOSS, 0, true), member(shop, Shop.INICIS, 100, true));
    JsonNode paid = shop.paid(Shop.TOSS, Map.of(parameter, GROUP));
    assertThat(paid.path("pg_provider").asString()).isEqualTo(Shop.INICIS);
  }

  @Test
  void aDisabledChannelIsNotDrawn() {
    Shop shop = Shop.fresh();
    group(shop, member(shop, Shop.TOSS, 0, true), member(shop, Shop.INICIS, 100, false));
    JsonNode paid = shop.paid("", Map.of("channelGroupId", GROUP));
    assertThat(paid.path("pg_provider").asString()).isEqualTo(Shop.TOSS);
  }

  @Test
  void aChannelThatIsRefusedIsFollowedByTheNext() {
    Shop shop = withoutToss();
    group(shop, member(shop, Shop.TOSS, 100, true), member(shop, Shop.INICIS, 0, true));
    JsonNode paid = shop.paid("", Map.of("channelGroupId", GROUP));
    assertThat(paid.path("pg_provider").asString()).isEqualTo(Shop.INICIS);
    Payment payment = payment(shop, paid);
    assertThat(payment.attempts())
        .extracting(Attempt::state)
        .containsExactly(Attempt.State.DECLINED, Attempt.State.APPROVED);
    assertThat(payment.attempts().getFirst().why()).isNotBlank();
    assertThat(event(shop, "failed_over").path("from").asString())
        .isEqualTo(shop.channelKey(Shop.TOSS));
    JsonNode read = shop.api().get("/payments/" + paid.path("imp_uid").asString()).response();
    assertThat(read.path("pg_provider").asString()).isEqualTo(Shop.INICIS);
    JsonNode canceled =
        shop.api()
            .post("/payments/cancel", Map.of("imp_uid", paid.path("imp_uid").asString()))
            .response();
    assertThat(canceled.path("status").asString()).isEqualTo("cancelled");
  }

  @Test
  void theLastRefusalIsTheAnswer() {
    Shop shop = withoutToss();
    group(shop, member(shop, Shop.TOSS, 100, true));
    Api.Answer answer = shop.onetime("", Api.GOOD_CARD, Map.of("channelGroupId", GROUP));
    assertThat(answer.response().path("status").asString()).isEqualTo("failed");
    assertThat(answer.response().path("fail_code").asString()).isEqualTo("BAD_CREDENTIALS");
    assertThat(payment(shop, answer.response()).attempts()).hasSize(1);
  }

  /** A refused card is refused everywhere, and what nobody knows must not be tried elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"4000-0000-0000-0002", "4000-0000-0000-9001"})
  void neitherARefusedCardNorAnUnknownOutcomeGoesElsewhere(String card) {
    Shop shop = Shop.fresh();
    group(shop, member(shop, Shop.TOSS, 100, true), member(shop, Shop.INICIS, 0, true));
    Api.Answer answer = shop.onetime("", card, Map.of("channelGroupId", GROUP));
    assertThat(answer.response().path("status").asString()).isEqualTo("failed");
    assertThat(answer.response().path("pg_provider").asString()).isEqualTo(Shop.TOSS);
    assertThat(payment(shop, answer.response()).attempts()).hasSize(1);
  }

  @Test
  void refusesOtherGroups() {
    Shop shop = Shop.fresh();
    Shop other = Shop.fresh();
    group(other, member(other, Shop.TOSS, 100, true));
    for (String id : List.of(GROUP, "nobody", "x".repeat(56))) {
      Wire.refused(shop.onetime("", Api.GOOD_CARD, Map.of("channelGroupId", id)), 200, -1);
    }
    assertThat(shop.rows("payment")).isZero();
    group(shop, member(shop, Shop.TOSS, 100, false));
    Wire.refused(shop.onetime("", Api.GOOD_CARD, Map.of("channelGroupId", GROUP)), 200, -1);
  }

  @Test
  void aGroupHasChannelsOfItsMerchantOnly() {
    Shop shop = Shop.fresh();
    assertThatThrownBy(() -> group(shop, new Member(Shop.fresh().channelKey(Shop.TOSS), 100, true)))
        .isInstanceOf(Failed.class);
  }

  private static JsonNode event(Shop shop, String kind) {
    String data =
        shop.database()
            .sql("select data::text from event where merchant_id = :merchant and kind = :kind")
            .param("merchant", shop.merchant().id())
            .param("kind", kind)
            .query(String.class)
            .single();
    return tools.jackson.databind.json.JsonMapper.shared().readTree(data);
  }
}
