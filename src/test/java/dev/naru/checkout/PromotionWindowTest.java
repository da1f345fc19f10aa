package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.HubClock;
import dev.naru.merchant.audit.Actor;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Promotions;
import dev.naru.promotion.Terms;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code IMP.request_pay} with a promotion_id, over HTTP: from the SDK's request through the
 * simulator's window and back. The hub is its own, because its clock is moved.
 */
@Apart
class PromotionWindowTest {

  private static final long DEMO = 1;
  private static final String SAMSUNG = "365";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Hub HUB = Hub.start(Map.of());
  private static final Promotions PROMOTIONS = HUB.bean(Promotions.class);
  private static final Terms TEN_PERCENT =
      new Terms(Terms.Kind.RATE, List.of(new Terms.Step(5_000, 1_000)), null);

  private final Api api = new Api(HUB.url());
  private final Book book = new Book(HUB);

  @AfterAll
  static void end() {
    HUB.close();
  }

  private static String running(long budget) {
    Instant now = HUB.bean(HubClock.class).instant();
    Plan plan =
        new Plan("Test", SAMSUNG, now, now.plus(Duration.ofDays(30)), budget, true, TEN_PERCENT);
    return PROMOTIONS.make(Actor.HUB, DEMO, plan).id();
  }

  private static Promotion.Books books(String promotion) {
    return PROMOTIONS.get(DEMO, promotion).books();
  }

  private static Map<String, Object> params(@Nullable Object promotion, @Nullable Object company) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("pg", "tosspayments");
    params.put("pay_method", "card");
    params.put("merchant_uid", Api.newOrder());
    params.put("name", "나무 의자");
    params.put("amount", 10_000);
    params.put("isPromotion", true);
    params.put("promotion_id", promotion);
    if (company != null) {
      params.put("card", Map.of("direct", Map.of("code", company, "quota", 0)));
    }
    return params;
  }

  /** A window as the SDK asks for it. */
  private record Opened(URI url, String impUid, String order) {}

  private Api.Answer prepare(Map<String, Object> params) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", "imp00000000");
    body.put("page", "https://shop.example/cart");
    body.put("params", params);
    return api.bare(
        HttpRequest.newBuilder(api.at("/checkout/prepare"))
            .header("Content-Type", "application/json")
            .header("Origin", "https://shop.example")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private Opened open(Map<String, Object> params) {
    Api.Answer answer = prepare(params);
    assertThat(answer.code()).as(answer.message()).isZero();
    return new Opened(
        URI.create(answer.response().path("url").asString()),
        answer.response().path("imp_uid").asString(),
        String.valueOf(params.get("merchant_uid")));
  }

  private Opened open(String promotion) {
    return open(params(promotion, SAMSUNG));
  }

  /** With a fresh token: moving the clock ends those there are. */
  private static JsonNode payment(Opened opened) {
    return new Api(HUB.url()).get("/payments/" + opened.impUid()).response();
  }

  /** The buyer pays in the simulator's window, and the browser comes back to the hub. */
  private JsonNode pay(Opened opened, int shown) {
    Map<String, String> window = new LinkedHashMap<>();
    window.put("clientKey", "test_ck_window");
    window.put("method", "CARD");
    window.put("amount", String.valueOf(shown));
    window.put("orderId", pgOrder(opened));
    window.put("orderName", "Chair");
    window.put("successUrl", "https://shop.example/ok");
    window.put("failUrl", "https://shop.example/fail");
    URI at = HUB.simulatorUrl().resolve("/tosspayments/window/payment");
    URI page = HUB.simulatorUrl().resolve(location(post(at, form(window))));
    String back = location(post(page, "action=pay&method=card&card_number=1234123412341234"));
    String query = back.substring(back.indexOf('?') + 1);
    assertThat(query).contains("paymentKey=");
    send(HttpRequest.newBuilder(URI.create(opened.url() + "/return?" + query)).GET());
    return payment(opened);
  }

  private static HttpResponse<String> post(URI target, String form) {
    return send(
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String location(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new AssertionError(answer.statusCode() + answer.body()));
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String pgOrder(Opened opened) {
    return JdbcClient.create(HUB.database().dataSource())
        .sql("select order_id from attempt where merchant_id = 1 and imp_uid = :uid")
        .param("uid", opened.impUid())
        .query(String.class)
        .single();
  }

  private void later(String by) {
    Api.Answer moved =
        api.raw("POST", "/sandbox/clock", "application/json", "{\"by\":\"" + by + "\"}");
    assertThat(moved.status()).isEqualTo(200);
  }

  @Test
  void theBuyerPaysLess() {
    String promotion = running(100_000);
    Opened opened = open(promotion);
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(1_000, 0));
    assertThat(payment(opened).path("promotion").path("discount").asInt()).isEqualTo(1_000);
    JsonNode paid = pay(opened, 9_000);
    assertThat(paid.path("status").asString()).as(paid.toString()).isEqualTo("paid");
    assertThat(paid.path("amount").asInt()).isEqualTo(10_000);
    assertThat(paid.path("promotion").path("id").asString()).isEqualTo(promotion);
    assertThat(book.charges(opened.order()).getFirst().path("amount").asInt()).isEqualTo(9_000);
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 1_000));
  }

  /** The window was opened before it. */
  @Test
  void aPauseDoesNotTakeItBack() {
    String promotion = running(100_000);
    Opened opened = open(promotion);
    PROMOTIONS.pause(Actor.HUB, DEMO, promotion);
    assertThat(pay(opened, 9_000).path("status").asString()).isEqualTo("paid");
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 1_000));
    Opened full = open(promotion);
    assertThat(pay(full, 10_000).path("promotion").isNull()).isTrue();
  }

  @Test
  void anotherAmountThanWasShownIsNotCharged() {
    String promotion = running(100_000);
    Opened opened = open(promotion);
    assertThat(pay(opened, 10_000).path("status").asString()).isEqualTo("failed");
    assertThat(book.charges(opened.order())).isEmpty();
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 0));
  }

  @Test
  void whoeverLeavesGivesItBack() {
    String promotion = running(1_000);
    Opened opened = open(promotion);
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(1_000, 0));
    // It is the last: who comes next pays all.
    Opened next = open(promotion);
    assertThat(payment(next).path("promotion").isNull()).isTrue();
    post(URI.create(opened.url() + "/close"), "");
    assertThat(payment(opened).path("status").asString()).isEqualTo("failed");
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 0));
    assertThat(pay(next, 10_000).path("status").asString()).isEqualTo("paid");
  }

  @Test
  void anOpenWindowGivesItBackAfterHalfAnHour() {
    String promotion = running(1_000);
    Opened early = open(promotion);
    later("PT29M");
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(1_000, 0));
    later("PT2M");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> books(promotion).equals(new Promotion.Books(0, 0)));
    assertThat(payment(early).path("status").asString()).isEqualTo("ready");

    // Nobody has taken it meanwhile: the buyer pays what was shown.
    JsonNode late = pay(early, 9_000);
    assertThat(late.path("status").asString()).as(late.toString()).isEqualTo("paid");
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 1_000));
  }

  @Test
  void whoComesTooLateAndFindsItTakenIsNotCharged() {
    String promotion = running(1_000);
    Opened early = open(promotion);
    later("PT31M");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> books(promotion).equals(new Promotion.Books(0, 0)));
    Opened other = open(promotion);
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(1_000, 0));
    JsonNode late = pay(early, 9_000);
    assertThat(late.path("status").asString()).isEqualTo("failed");
    assertThat(late.path("fail_reason").asString()).contains("프로모션");
    assertThat(book.charges(early.order())).isEmpty();
    assertThat(pay(other, 9_000).path("status").asString()).isEqualTo("paid");
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 1_000));
  }

  static Stream<Arguments> mistakes() {
    String promotion = running(100_000);
    return Stream.of(
        Arguments.of(promotion, null, "card"),
        Arguments.of(promotion, "366", "card"),
        Arguments.of(promotion, "*", "card"),
        Arguments.of(promotion, SAMSUNG, "vbank"),
        Arguments.of("promotion-id-unknown", SAMSUNG, "card"),
        Arguments.of("p".repeat(56), SAMSUNG, "card"),
        Arguments.of(7, SAMSUNG, "card"),
        Arguments.of(List.of(promotion), SAMSUNG, "card"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsRefused(Object promotion, @Nullable String company, String method) {
    long before = payments();
    Map<String, Object> params = params(promotion, company);
    params.put("pay_method", method);
    Api.Answer answer = prepare(params);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(answer.message()).isNotBlank();
    assertThat(payments()).isEqualTo(before);
  }

  private static long payments() {
    return JdbcClient.create(HUB.database().dataSource())
        .sql("select count(*) from payment where merchant_id = 1")
        .query(Long.class)
        .single();
  }

  /** No money moves when a key is issued, so there is nothing to take a discount off. */
  @Test
  void aKeyIsIssuedWithoutIt() {
    String promotion = running(100_000);
    Map<String, Object> params = params(promotion, null);
    params.put("customer_uid", "customer-" + params.get("merchant_uid"));
    assertThat(payment(open(params)).path("promotion").isNull()).isTrue();
    assertThat(books(promotion)).isEqualTo(new Promotion.Books(0, 0));
  }

  @Test
  void theDemoShopHasTwo() {
    for (Map.Entry<String, String> demo :
        Map.of(
                "promotion-id-1e604228-ca7f-3695-9e74-8a69d285578e",
                SAMSUNG,
                "promotion-id-4b3c1a71-bd18-3e10-86d5-6d9fadd1c03b",
                "366")
            .entrySet()) {
      assertThat(PROMOTIONS.list(DEMO))
          .filteredOn(one -> one.id().equals(demo.getKey()))
          .allSatisfy(one -> assertThat(one.plan().cardCode()).isEqualTo(demo.getValue()))
          .hasSize(1);
    }
  }
}
