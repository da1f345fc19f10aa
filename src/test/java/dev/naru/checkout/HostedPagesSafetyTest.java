package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What somebody else could do with the hosted pages and what the SDK asks, over HTTP. */
@OwnOrders
class HostedPagesSafetyTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String EVIL = "\"'><img src=x onerror=alert(1)>";

  private final Hub hub = Hub.shared();

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(path.startsWith("/") ? hub.url() + path : path)));
  }

  private HttpResponse<String> prepare(Map<String, Object> params, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", "imp00000000");
    body.put("page", "https://shop.example/cart");
    body.put("params", params);
    body.putAll(more);
    return send(
        HttpRequest.newBuilder(URI.create(hub.url() + "/checkout/prepare"))
            .header("Content-Type", "application/json")
            .header("Origin", "https://shop.example")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private static Map<String, Object> params() {
    return ShopSite.order("tosspayments");
  }

  private static String window(HttpResponse<String> answer) {
    return JSON.readTree(answer.body()).path("response").path("url").asString("");
  }

  /** Where every parameter says something evil, every page shows it as text, or it is refused. */
  @Test
  void everyParameterIsText() {
    List<Object> evils =
        List.of(EVIL, List.of(EVIL), Map.of(EVIL, EVIL), "javascript:alert(1)//" + EVIL);
    List<String> names =
        new ArrayList<>(
            List.of(
                "pg",
                "channelKey",
                "channelGroupId",
                "pay_method",
                "merchant_uid",
                "name",
                "amount",
                "currency",
                "tax_free",
                "vat_amount",
                "language",
                "buyer_name",
                "buyer_tel",
                "buyer_email",
                "buyer_addr",
                "buyer_postcode",
                "customer_uid",
                "customer_id",
                "custom_data",
                "notice_url",
                "confirm_url",
                "m_redirect_url",
                "app_scheme",
                "popup",
                "escrow",
                "products",
                "digital",
                "vbank_due",
                "biz_num",
                "period",
                "company",
                "card",
                "display",
                "phone",
                "prefill",
                "storeDetails",
                "bypass",
                "country",
                "promotion_id",
                "naverProducts",
                "niceMobileV2"));
    int shown = 0;
    for (String name : names) {
      for (Object evil : evils) {
        Map<String, Object> params = params();
        params.put(name, evil);
        HttpResponse<String> answer = prepare(params, Map.of());
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("json");
        String url = window(answer);
        if (!url.isEmpty()) {
          shown++;
          isText(get(url).body());
          isText(get(url + "/close").body());
          isText(get(url + "/result").body());
        }
      }
    }
    assertThat(shown).isGreaterThan(10);
  }

  private static void isText(String page) {
    assertThat(page).doesNotContain("<img src=x").doesNotContain("href=\"javascript:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/checkout/%EVIL",
        "/checkout/%EVIL/return?a=%EVIL",
        "/checkout/%EVIL/close",
        "/checkout/%EVIL/result",
        "/checkout/1-00000000000000000000000000000000?%EVIL=%EVIL",
        "/checkout/identity/%EVIL",
        "/checkout/identity/%EVIL/result?%EVIL",
        "/link/%EVIL",
        "/link/1-0000000000000000?lang=%EVIL"
      })
  void addressesAreText(String path) {
    HttpResponse<String> page = get(path.replace("%EVIL", Result.encode(EVIL)));
    isText(page.body());
    assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
  }

  /** The demo shop is the one page with a cookie, to guard its forms, and keeps it to itself. */
  @Test
  void theDemosAddressIsText() {
    HttpResponse<String> page = get("/demo?lang=" + Result.encode(EVIL));
    isText(page.body());
    assertThat(page.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("naru_demo=[0-9a-f]{32}; Path=/demo; HttpOnly; SameSite=Lax");
  }

  @Test
  void whatComesBackIsText() {
    String url = window(prepare(params(), Map.of()));
    for (String query :
        List.of("code=" + Result.encode(EVIL), "paymentKey=" + Result.encode(EVIL))) {
      isText(
          get(url + "/return?orderId=x&amount=1&message=" + Result.encode(EVIL) + "&" + query)
              .body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/hosts",
        "blob:https://shop.example/1",
        "//shop.example/",
        "/\\shop.example",
        "https:/\\shop.example",
        "https://",
        "https:///shop.example",
        "https://?x",
        "https://shop.example\\@other.example/",
        "https://shop.example/\u0001",
        "https://shop.example/\r\nSet-Cookie: a=b",
        "https://shop.example/ x",
        " https://shop.example/",
        "\tjavascript:alert(1)",
        "https://shop.example/\u0085x"
      })
  void noWayOutButToAPage(String url) {
    Map<String, Object> params = params();
    params.put("m_redirect_url", url);
    assertThat(prepare(params, Map.of("mobile", true)).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript",
        "javascript://%0aalert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "about:blank",
        "blob:x",
        "//shop",
        "shop app",
        "shop://a b",
        "shop://\u0001",
        "shop://\n",
        "shop://\"x",
        "1shop"
      })
  void noAppButAnApp(String scheme) {
    Map<String, Object> params = params();
    params.put("app_scheme", scheme);
    assertThat(prepare(params, Map.of("mobile", true)).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"narushop", "narushop://", "naru-shop.2+x://pay/back?a=1&b=2#c", "shop:/x"})
  void appsAreApps(String scheme) {
    Map<String, Object> params = params();
    params.put("app_scheme", scheme);
    assertThat(prepare(params, Map.of("mobile", true)).statusCode()).isEqualTo(200);
  }

  @Test
  void theShopsAddressStaysAsItIs() {
    Map<String, Object> params = params();
    params.put("m_redirect_url", "https://shop.example/다?a[]=1&b=%zz&c=%20#끝#x");
    String url = window(prepare(params, Map.of("mobile", true)));
    get(url + "/close");
    String back = get(url + "/result").headers().firstValue("Location").orElse("");
    assertThat(back)
        .startsWith("https://shop.example/%EB%8B%A4?a[]=1&b=%zz&c=%20&imp_uid=imp_")
        .endsWith("#%EB%81%9D#x");
  }

  @Test
  void onlyTheAskingSiteFramesTheWindow() {
    String url = window(prepare(params(), Map.of("top", true)));
    assertThat(policy(get(url)))
        .contains("frame-ancestors 'self' https://shop.example " + hub.simulatorUrl());
    get(url + "/close");
    assertThat(policy(get(url + "/result")))
        .contains("frame-ancestors 'self' https://shop.example");
    // A page within another's page cannot say who is around it.
    assertThat(policy(get(window(prepare(params(), Map.of()))))).doesNotContain("frame-ancestors");
  }

  private static String policy(HttpResponse<String> page) {
    return page.headers().firstValue("Content-Security-Policy").orElse("");
  }

  /**
   * There is nothing that a browser adds by itself: who has the address may use it, nobody else.
   */
  @Test
  void nothingIsDoneInTheBuyersName() {
    HttpResponse<String> made = prepare(params(), Map.of());
    String url = window(made);
    List<HttpResponse<String>> answers =
        List.of(
            made,
            get(url),
            get(url + "/result"),
            send(HttpRequest.newBuilder(URI.create(url + "/close")).POST(BodyPublishers.noBody())));
    for (HttpResponse<String> answer : answers) {
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }
    String guessed = url.substring(0, url.length() - 1) + (url.endsWith("0") ? "1" : "0");
    assertThat(get(guessed).statusCode()).isEqualTo(404);
    assertThat(
            send(HttpRequest.newBuilder(URI.create(guessed + "/close"))
                    .POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void aSecondReturnChangesNothing() {
    HttpResponse<String> made = prepare(params(), Map.of());
    JsonNode response = JSON.readTree(made.body()).path("response");
    String url = window(made);
    get(url + "/close");
    String first =
        new Api(hub.url())
            .get("/payments/" + response.path("imp_uid").asString())
            .response()
            .toString();
    for (String again :
        List.of(
            "/return?code=PAY_PROCESS_CANCELED&message=x", "/return", "/close", "/result", "")) {
      get(url + again);
    }
    assertThat(
            new Api(hub.url())
                .get("/payments/" + response.path("imp_uid").asString())
                .response()
                .toString())
        .isEqualTo(first);
  }

  /** A PG's button is asked for with the same care. */
  @Test
  void buttonsAreAskedForProperly() {
    for (Map<String, Object> body :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("ui_type", EVIL, "user_code", "imp00000000"),
            Map.of("ui_type", "paypal-spb"),
            Map.of("ui_type", "paypal-spb", "user_code", "imp99999999", "params", Map.of()),
            Map.of(
                "ui_type", "paypal-spb", "user_code", "imp00000000", "params", Map.of("pg", EVIL)),
            Map.of(
                "ui_type", "paypal-spb", "user_code", "imp00000000", "params", Map.of("pg", 7)))) {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(hub.url() + "/checkout/ui"))
                  .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(JSON.readTree(answer.body()).path("code").asInt()).isEqualTo(-1);
    }
  }
}
