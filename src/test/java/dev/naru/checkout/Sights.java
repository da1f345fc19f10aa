package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.View;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import tools.jackson.databind.json.JsonMapper;

/** The hosted pages and the simulators' windows in one language, each led to what it is to show. */
final class Sights {

  /** An order's name as long as V1 permits, with nothing to break it at. */
  private static final String LONG = "가나다라마바사아자차카타파하".repeat(2) + "AVeryLongName";

  private static final JsonMapper JSON = JsonMapper.shared();

  /** A browser without script. */
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  private final Hub hub = Hub.shared();
  private final Api api = new Api(hub.url());
  private final Links links = new Links();
  private final String language;

  Sights(String language) {
    this.language = language;
  }

  /** A page of the hub in this language, for those that nobody asked a language for. */
  URI hub(String path) {
    return hub.url().resolve(path);
  }

  URI simulators(String path) {
    return hub.simulatorUrl().resolve(path + (path.contains("?") ? "&" : "?") + "lang=" + language);
  }

  /** Asks for a window, and answers where it is to be had. */
  URI checkout(String pg, Map<String, Object> more) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("pg", pg);
    params.put("merchant_uid", Api.newOrder());
    params.put("name", "나무 의자");
    params.put("amount", 10_000);
    params.put("buyer_name", "김나루");
    params.put("buyer_tel", "010-0000-0000");
    params.put("buyer_email", "buyer@example.com");
    params.put("language", language);
    params.putAll(more);
    return asked("/checkout/prepare", params);
  }

  /** What the script asks for in the name of the demo shop's page. */
  private URI asked(String path, Map<String, Object> params) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", "imp00000000");
    body.put("page", "https://shop.example/cart");
    body.put("params", params);
    body.put("mobile", params.containsKey("m_redirect_url"));
    Api.Answer answer =
        api.bare(
            HttpRequest.newBuilder(api.at(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    assertThat(answer.code()).as(answer.message()).isZero();
    return URI.create(answer.response().path("url").asString());
  }

  /** Where somebody may put products on their wish list. */
  URI wishList() {
    Map<String, Object> tea =
        Map.of(
            "id", "tea",
            "name", "녹차",
            "desc", "첫물로 덖은 잎차 50g",
            "uprice", 12_000,
            "url", "https://shop.example/tea");
    Map<String, Object> cup =
        Map.of("id", "cup", "name", LONG, "uprice", 0, "url", "https://shop.example/cup");
    return asked(
        "/checkout/wishlist", Map.of("naverProducts", List.of(tea, cup), "language", language));
  }

  URI longNamed(String order) {
    return checkout(
        "tosspayments",
        Map.of("name", LONG.substring(0, 40), "merchant_uid", order, "amount", 9_876_543_210L));
  }

  /** As long as an order's number may be, without a place to break it, and markup in it. */
  static String longOrder() {
    return ("W<b>" + Api.newOrder().replace("-", "").toUpperCase(Locale.ROOT) + "W".repeat(40))
        .substring(0, 40);
  }

  /** The window of an emulated PG. */
  URI window(String pg, Map<String, Object> more) {
    return get(checkout(pg, more)).uri();
  }

  /** One of Toss Payments' windows. */
  URI toss(String kind, String order) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("clientKey", order.isEmpty() ? "wrong" : "test_ck_pages");
    request.put("customerKey", "buyer-1");
    if (kind.equals("payment")) {
      request.put("amount", "60000");
    }
    request.put("orderId", order);
    request.put("orderName", LONG);
    request.put("successUrl", "http://shop.test/ok");
    request.put("failUrl", "http://shop.test/fail");
    return simulators("/tosspayments/window/" + kind + "?" + encode(request));
  }

  /** The result of a payment whose window ended so. */
  URI result(String outcome) {
    return press(window("payco", Map.of()), outcome).uri();
  }

  /** The same while nobody knows: soon it will be known. */
  URI undecidedResult() {
    URI bridge = checkout("payco", Map.of());
    press(get(bridge).uri());
    URI result = URI.create(bridge + "/result");
    await().atMost(Duration.ofSeconds(20)).until(() -> get(result).body().contains("UNDECIDED"));
    return result;
  }

  /** The same while a node is at work on what the window brought back. */
  URI workingResult() {
    URI result = undecidedResult();
    String token = result.getPath().split("/", -1)[2];
    hub.bean(CheckoutStore.class)
        .busy(Token.parse(token).orElseThrow(), Instant.now().plus(Duration.ofMinutes(5)));
    return result;
  }

  /** A return that the PG did not send. */
  URI forged() {
    return URI.create(checkout("payco", Map.of()) + "/return?id=x&result=ok&signature=00");
  }

  /** A page as identity checks show it, by the templates that payments have too. */
  String identity(String page, Map<String, Object> facts) {
    Map<String, Object> model = new HashMap<>(facts);
    model.put("purpose", "identity");
    model.put("korean", language.equals("ko"));
    ThymeleafViewResolver views = hub.bean(ThymeleafViewResolver.class);
    WebApplicationContext context = (WebApplicationContext) views.getApplicationContext();
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      View view = Objects.requireNonNull(views.resolveViewName(page, Locale.KOREAN));
      view.render(
          model,
          new MockHttpServletRequest(Objects.requireNonNull(context).getServletContext()),
          response);
      return response.getContentAsString(StandardCharsets.UTF_8);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  URI link(Map<String, Object> more) {
    Map<String, Object> order = Links.order();
    order.put("display_language", language);
    order.putAll(more);
    return links.made(order);
  }

  /** A link of which a window ended so. */
  URI linkAfter(String outcome) {
    URI link = toPayco();
    URI bridge = begun(link);
    if (outcome.equals("TIMEOUT")) {
      press(get(bridge).uri());
      await().atMost(Duration.ofSeconds(20)).until(() -> get(link).body().contains("UNDECIDED"));
    } else {
      press(get(bridge).uri(), outcome);
    }
    return link;
  }

  URI cancelledLink() {
    String order = Api.newOrder();
    URI link = link(Map.of("merchant_uid", order, "pay_methods", payco()));
    press(get(begun(link)).uri(), "APPROVE");
    Api.Answer answer = api.post("/payments/cancel", Map.of("merchant_uid", order));
    assertThat(answer.code()).as(answer.message()).isZero();
    return link;
  }

  URI disabledLink() {
    URI link = link(Map.of());
    links.disable(link);
    return link;
  }

  /** Somebody has bought something that becomes a product order. */
  void productOrder() {
    Map<String, Object> shipping = Map.of("baseFee", 2_500, "feePayType", "PREPAYED");
    Map<String, Object> tea =
        Map.of(
            "id", "tea",
            "name", "녹차",
            "basePrice", 7_500,
            "quantity", 1,
            "infoUrl", "https://shop.example/tea",
            "imageUrl", "https://shop.example/tea.png",
            "shipping", shipping);
    Map<String, Object> order = Map.of("naverProducts", List.of(tea));
    press(window("naverco", order), "APPROVE");
  }

  private static List<Map<String, Object>> payco() {
    return List.of(Map.of("pg", "payco", "pay_method", "card", "label", "PAYCO"));
  }

  private URI toPayco() {
    return link(Map.of("pay_methods", payco()));
  }

  private URI begun(URI link) {
    return URI.create(links.pay(link, 0).body().path("url").asString());
  }

  private HttpResponse<String> get(URI page) {
    return send(HttpRequest.newBuilder(page), BodyHandlers.ofString());
  }

  private HttpResponse<String> press(URI window, String outcome) {
    return send(pressing(window, outcome), BodyHandlers.ofString());
  }

  /** Without waiting for what comes of it: no answer comes from this PG. */
  private void press(URI window) {
    var unused = http.sendAsync(pressing(window, "TIMEOUT").build(), BodyHandlers.discarding());
    assertThat(unused).isNotNull();
  }

  private static HttpRequest.Builder pressing(URI window, String outcome) {
    return HttpRequest.newBuilder(window)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            BodyPublishers.ofString(
                encode(
                    Map.of(
                        "method", "card",
                        "card_number", "5310000000000000",
                        "outcome", outcome,
                        "action", "pay"))));
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request.header("Accept-Language", language).build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
