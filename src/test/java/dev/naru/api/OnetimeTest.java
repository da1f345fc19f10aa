package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V1's {@code POST /subscribe/payments/onetime} and the cancel of what it charged. */
class OnetimeTest {

  private final Api api = new Api(Hub.shared().url());

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis"})
  void chargesReadsAndCancelsInParts(String pg) {
    String order = Api.newOrder();
    Api.Answer charged =
        api.post("/subscribe/payments/onetime", Api.keyIn(order, pg, Api.GOOD_CARD));
    assertThat(charged.status()).isEqualTo(200);
    assertThat(charged.response().path("status").asString()).isEqualTo("paid");
    String impUid = charged.response().path("imp_uid").asString();
    assertThat(impUid).matches("imps_[0-9]{12,27}");

    Api.Answer part =
        api.post(
            "/payments/cancel", Map.of("imp_uid", impUid, "amount", 3_000, "checksum", 10_000));
    assertThat(part.response().path("status").asString()).isEqualTo("cancelled");
    assertThat(part.response().path("cancel_amount").asInt()).isEqualTo(3_000);

    Api.Answer rest = api.postForm("/payments/cancel/", Map.of("merchant_uid", order));
    assertThat(rest.response().path("cancel_amount").asInt()).isEqualTo(10_000);
    assertThat(rest.response().path("cancel_history").size()).isEqualTo(2);

    Api.Answer again = api.post("/payments/cancel", Map.of("imp_uid", impUid));
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.message()).isEqualTo("이미 전액취소된 주문입니다.");
    assertThat(api.get("/payments/" + impUid).response()).isEqualTo(rest.response());
  }

  @Test
  void refusesAMerchantUidThatWasPaid() {
    Map<String, Object> parameters = Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD);
    api.post("/subscribe/payments/onetime", parameters);
    Api.Answer second = api.postForm("/subscribe/payments/onetime", parameters);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.response().isNull()).isTrue();
  }
}
