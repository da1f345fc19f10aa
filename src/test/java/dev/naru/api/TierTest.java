package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The {@code Tier} header: a parent's keys, used for a sub-merchant whose records are its own. */
class TierTest {

  private static final Shop PARENT = Shop.fresh();
  private static final Shop TIER = PARENT.tier("A1Z");

  private static void invisible(Api other, JsonNode payment) {
    String impUid = payment.path("imp_uid").asString();
    String order = payment.path("merchant_uid").asString();
    Wire.refused(other.get("/payments/" + impUid), 404, -1);
    Wire.refused(other.get("/payments?imp_uid%5B%5D=" + impUid), 404, -1);
    Wire.refused(other.get("/payments/find/" + order), 404, -1);
    Wire.refused(other.get("/payments/findAll/" + order), 404, -1);
    Wire.refused(other.post("/payments/cancel", Map.of("imp_uid", impUid)), 200, 1);
    Wire.refused(other.post("/payments/cancel", Map.of("merchant_uid", order)), 200, 1);
    assertThat(other.get("/payments/status/all?limit=1000").response().path("list").valueStream())
        .noneMatch(one -> impUid.equals(one.path("imp_uid").asString()));
  }

  @Test
  void eachSeesItsOwnAlone() {
    JsonNode ofTier = TIER.paid(Shop.TOSS);
    JsonNode ofParent = PARENT.paid(Shop.TOSS);
    invisible(PARENT.api(), ofTier);
    invisible(TIER.api(), ofParent);
    invisible(PARENT.tier("B22").api(), ofTier);
    String impUid = ofTier.path("imp_uid").asString();
    assertThat(TIER.api().get("/payments/" + impUid).response()).isEqualTo(ofTier);
    assertThat(
            TIER.api()
                .post("/payments/cancel", Map.of("imp_uid", impUid))
                .response()
                .path("cancel_amount")
                .asInt())
        .isEqualTo(10_000);
  }

  @Test
  void oneOrderIdMayBeUsedByBoth() {
    Map<String, ?> same = Map.of("merchant_uid", Api.newOrder(), "customer_uid", "same-customer");
    TIER.paid(Shop.TOSS, same);
    PARENT.paid(Shop.TOSS, same);
    assertThat(PARENT.api().delete("/subscribe/customers/same-customer").status()).isEqualTo(200);
    assertThat(TIER.api().get("/subscribe/customers/same-customer").status()).isEqualTo(200);
  }

  @Test
  void itsChannelsAreItsOwn() {
    assertThat(TIER.api().get("/users/pg").response().path(0).path("channel_key").asString())
        .startsWith("channel-key-" + TIER.merchant().id());
    Wire.refused(
        TIER.onetime(Shop.TOSS, Api.GOOD_CARD, Map.of("channel_key", PARENT.channelKey(Shop.TOSS))),
        200,
        -1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZZZ", "a1z", "A1", "A1ZZ", "' or 1=1 --", "../A1Z"})
  void refusesAnUnknownTier(String code) {
    Wire.refused(PARENT.api().as(code).get("/users/pg"), 404, -1);
  }

  @Test
  void anotherParentsTierIsUnknown() {
    Wire.refused(Shop.fresh().api().as("A1Z").get("/users/pg"), 404, -1);
  }
}
