package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** V1's {@code /payments/prepare}. */
class PrepareTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String PATH = "/payments/prepare";

  private final Api api = SHOP.api();

  @Test
  void registersChangesAndReads() {
    String order = Api.newOrder();
    Api.Answer registered = api.post(PATH, Map.of("merchant_uid", order, "amount", 10_000));
    assertThat(registered.status()).isEqualTo(200);
    assertThat(registered.body().toString())
        .isEqualTo(
            "{\"code\":0,\"message\":null,\"response\":{\"merchant_uid\":\"%s\",\"amount\":10000,\"currency\":null}}"
                .formatted(order));
    assertThat(api.get(PATH + "/" + order).body()).isEqualTo(registered.body());

    Api.Answer changed =
        api.put(PATH + "/", Map.of("merchant_uid", order, "amount", "14.20", "currency", "usd"));
    assertThat(changed.response().path("amount").asString()).isEqualTo("14.2");
    assertThat(changed.response().path("currency").asString()).isEqualTo("USD");
    assertThat(api.get(PATH + "/" + order + "/").body()).isEqualTo(changed.body());
  }

  @Test
  void refusesToRegisterTwice() {
    String order = Api.newOrder();
    api.postForm(PATH, Map.of("merchant_uid", order, "amount", 10_000));
    Api.Answer second = api.post(PATH, Map.of("merchant_uid", order, "amount", 1));
    Wire.refused(second, 200, 1);
    assertThat(second.message()).isEqualTo("결제정보 사전등록에 실패하였습니다(이미 등록된 merchant_uid입니다).");
    assertThat(api.get(PATH + "/" + order).response().path("amount").asInt()).isEqualTo(10_000);
  }

  @Test
  void doesNotKnowWhatWasNeverRegistered() {
    String order = Api.newOrder();
    Wire.refused(api.put(PATH, Map.of("merchant_uid", order, "amount", 1)), 404, -1);
    Wire.refused(api.get(PATH + "/" + order), 404, -1);
    Wire.refused(api.get(PATH + "/%EA%B0%80"), 404, -1);
  }

  @Test
  void anotherShopHasItsOwn() {
    String order = Api.newOrder();
    api.post(PATH, Map.of("merchant_uid", order, "amount", 1));
    Wire.refused(Shop.fresh().api().get(PATH + "/" + order), 404, -1);
  }
}
