package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import dev.naru.testing.Receiver;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pages that keep their own user code pay at a hub that was started with the example. */
@NeedsChromium
class OwnShopBrowserTest {

  @Test
  void aPagePaysWithItsOwnUserCodeAndOneWithAnother() {
    try (Receiver told = Receiver.start();
        Hub hub =
            Hub.start(
                Map.of(
                    "naru.shops",
                    "shops.example.yaml",
                    "SHOP_SECRET",
                    "our-own-secret-123",
                    "SHOP_WEBHOOK",
                    "http://127.0.0.1:" + told.port() + "/hook"));
        ShopSite shop = new ShopSite(hub)) {
      JsonNode ours = paid(shop, "imp12345678", "tosspayments.im_example");
      String impUid = ours.path("imp_uid").asString();
      Api server = new Api(hub.url(), "1234567890123456", "our-own-secret-123");
      JsonNode payment = server.get("/payments/" + impUid).response();
      assertThat(payment.path("status").asString()).isEqualTo("paid");
      assertThat(payment.path("pg_id").asString()).isEqualTo("im_example");
      await()
          .untilAsserted(
              () -> assertThat(told.got("/hook")).anyMatch(got -> got.body().contains(impUid)));
      JsonNode strange = paid(shop, "imp-anything", "tosspayments");
      assertThat(server.get("/payments/" + strange.path("imp_uid").asString()).status())
          .isEqualTo(404);
    }
  }

  private static JsonNode paid(ShopSite shop, String userCode, String pg) {
    Page page = shop.desktop();
    Map<String, Object> order = ShopSite.order(pg);
    page.evaluate(
        "([code, params]) => { IMP.init(code); IMP.request_pay(params, window.told); }",
        new Object[] {userCode, order});
    ShopSite.inWindow(page, "tosspayments", "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.has("error_code")).as(result.toString()).isFalse();
    return result;
  }
}
