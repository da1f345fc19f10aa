package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.HubClock;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import dev.naru.testing.Receiver;
import dev.naru.webhook.Retries;
import dev.naru.webhook.setting.HookPolicies;
import dev.naru.webhook.setting.HookPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Shops that want to know before the buyer is back, and those that are asked, or not. */
@Apart
class HookFirstTest {

  private static final long DEMO = 1;
  private static final String PG = "html5_inicis";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Hub hub;
  private final Receiver shop = Receiver.start();

  @BeforeAll
  static void start() {
    hub = Hub.start(Map.of());
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @AfterEach
  void close() {
    shop.close();
    policy(HookPolicy.DEFAULT);
  }

  private static void policy(HookPolicy policy) {
    hub.bean(HookPolicies.class).update(Actor.HUB, DEMO, policy);
  }

  private static void policy(boolean first, boolean confirm, @Nullable String confirmUrl) {
    policy(new HookPolicy(null, Retries.DAYS, first, confirm, confirmUrl));
  }

  private static String status(FormBuyer buyer) {
    return new Api(hub.url())
        .get("/payments/" + buyer.impUid())
        .response()
        .path("status")
        .asString();
  }

  private Map<String, Object> order() {
    Map<String, Object> order = FormBuyer.order(PG);
    order.put("notice_url", shop.url("/hook"));
    order.put("m_redirect_url", "https://shop.example/done");
    return order;
  }

  private static String get(FormBuyer buyer, String what) throws Exception {
    return send(buyer, what).body();
  }

  private static HttpResponse<String> send(FormBuyer buyer, String what) throws Exception {
    URI page = URI.create(buyer.page() + what);
    return HTTP.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
  }

  @Test
  void theBuyerWaitsForTheFirstTry() throws Exception {
    policy(true, true, null);
    CountDownLatch door = shop.hold("/hook");
    FormBuyer buyer = FormBuyer.open(hub.url(), order()).pay(Api.GOOD_CARD);
    assertThat(buyer.comeBack()).isEqualTo(303);
    assertThat(status(buyer)).isEqualTo("paid");
    await().untilAsserted(() -> assertThat(shop.got("/hook")).hasSize(1));
    assertThat(get(buyer, "/progress")).isEqualTo("{\"over\":false}");
    assertThat(send(buyer, "/result").statusCode()).as("the page that waits").isEqualTo(200);
    door.countDown();
    await().untilAsserted(() -> assertThat(get(buyer, "/progress")).isEqualTo("{\"over\":true}"));
    HttpResponse<String> back = send(buyer, "/result");
    assertThat(back.statusCode()).isEqualTo(302);
    assertThat(back.headers().firstValue("Location").orElseThrow()).contains(buyer.impUid());
  }

  @Test
  void notForLongerThanAMoment() throws Exception {
    policy(true, true, null);
    shop.hold("/hook");
    FormBuyer buyer = FormBuyer.open(hub.url(), order()).pay(Api.GOOD_CARD);
    buyer.comeBack();
    assertThat(get(buyer, "/progress")).isEqualTo("{\"over\":false}");
    HubClock clock = hub.bean(HubClock.class);
    clock.offset(clock.offset().plus(Duration.ofSeconds(10)));
    assertThat(get(buyer, "/progress")).isEqualTo("{\"over\":true}");
  }

  @Test
  void whoDidNotAskForItWaitsForNothing() throws Exception {
    shop.hold("/hook");
    FormBuyer buyer = FormBuyer.open(hub.url(), order()).pay(Api.GOOD_CARD);
    buyer.comeBack();
    assertThat(get(buyer, "/progress")).isEqualTo("{\"over\":true}");
  }

  @Test
  void theShopIsAskedAtItsOwnUrlWhereAPaymentNamesNone() {
    policy(false, true, shop.url("/ask"));
    shop.answers("/ask", n -> 500);
    shop.answers("/named", n -> 200);
    Map<String, Object> named = order();
    named.put("confirm_url", shop.url("/named"));
    FormBuyer asked = FormBuyer.open(hub.url(), order());
    FormBuyer other = FormBuyer.open(hub.url(), named);
    // What is open is asked for as it was when it was opened.
    policy(false, false, null);
    asked.pay(Api.GOOD_CARD).comeBack();
    other.pay(Api.GOOD_CARD).comeBack();
    assertThat(status(asked)).isEqualTo("failed");
    assertThat(status(other)).isEqualTo("paid");
    assertThat(shop.got("/ask")).hasSize(1);
    assertThat(shop.got("/ask").getFirst().body())
        .contains("\"imp_uid\":\"" + asked.impUid() + "\"", "\"amount\":10000");
    assertThat(shop.got("/named")).hasSize(1);
  }

  @Test
  void noShopIsAskedThatSwitchedItOff() {
    policy(false, false, shop.url("/ask"));
    Map<String, Object> named = order();
    named.put("confirm_url", shop.url("/ask"));
    FormBuyer buyer = FormBuyer.open(hub.url(), named).pay(Api.GOOD_CARD);
    buyer.comeBack();
    assertThat(status(buyer)).isEqualTo("paid");
    assertThat(shop.got("/ask")).isEmpty();
  }
}
