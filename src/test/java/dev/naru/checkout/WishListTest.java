package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What {@code IMP.naver_zzim} asks for, over HTTP: whatever is wrong asks the PG for nothing. */
class WishListTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CART = "https://shop.example";

  private final Hub hub = Hub.shared();
  private final Api api = new Api(hub.url());

  /** A product that no other test has. */
  static Map<String, Object> product() {
    Map<String, Object> product = new LinkedHashMap<>();
    product.put("id", Api.newOrder());
    product.put("name", "녹차");
    product.put("desc", "첫물로 덖은 잎차");
    product.put("uprice", 12_000);
    product.put("url", CART + "/tea?id=1");
    product.put("thumb", CART + "/tea-small.png");
    product.put("image", CART + "/tea.png");
    return product;
  }

  private static Map<String, Object> body(Object products) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", "imp00000000");
    body.put("page", CART + "/cart?id=1");
    body.put("params", new LinkedHashMap<>(Map.of("naverProducts", products)));
    return body;
  }

  private Api.Answer ask(Object body) {
    return send(JSON.writeValueAsString(body));
  }

  private Api.Answer send(String body) {
    return api.bare(
        HttpRequest.newBuilder(api.at("/checkout/wishlist"))
            .header("Content-Type", "application/json")
            .header("Origin", CART)
            .POST(BodyPublishers.ofString(body)));
  }

  /** How often the PG was told of a product. */
  private long told(Map<String, Object> product) {
    return JdbcClient.create(hub.database().dataSource())
        .sql("select count(*) from wire_log where merchant_id = 1 and request like :id")
        .param("id", "%" + product.get("id") + "%")
        .query(Long.class)
        .single();
  }

  private void isRefused(Api.Answer answer, String why) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(answer.message()).contains(why);
    assertThat(answer.response().isNull()).isTrue();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("id", null, "필수"),
        Arguments.of("id", " ", "필수"),
        Arguments.of("id", 7, "문자열"),
        Arguments.of("id", "x".repeat(101), "100자"),
        Arguments.of("id", "a\u0000b", "사용할 수 없는 문자"),
        Arguments.of("name", null, "필수"),
        Arguments.of("name", List.of("x"), "문자열"),
        Arguments.of("name", "n".repeat(201), "200자"),
        Arguments.of("desc", 1, "문자열"),
        Arguments.of("desc", "d".repeat(2_001), "2000자"),
        Arguments.of("uprice", null, "필수"),
        Arguments.of("uprice", "12000", "숫자"),
        Arguments.of("uprice", -1, "정수"),
        Arguments.of("uprice", 0.5, "정수"),
        Arguments.of("uprice", 10_000_000_000L, "정수"),
        Arguments.of("uprice", 1e29, "정수"),
        Arguments.of("url", null, "필수"),
        Arguments.of("url", "", "필수"),
        Arguments.of("url", "javascript:alert(1)", "http"),
        Arguments.of("url", "//shop.example/tea", "http"),
        Arguments.of("url", CART + "/" + "u".repeat(2_000), "2000자"),
        Arguments.of("thumb", "data:image/png;base64,AA", "http"),
        Arguments.of("thumb", 1, "문자열"),
        Arguments.of("image", "ftp://shop.example/tea.png", "http"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsRefusedAndNamed(String name, @Nullable Object value, String why) {
    Map<String, Object> wrong = product();
    wrong.put(name, value);
    Api.Answer answer = ask(body(List.of(product(), wrong)));
    isRefused(answer, why);
    assertThat(answer.message()).contains(name, "naverProducts[1]");
  }

  @Test
  void nothingWrongReachesThePg() {
    Map<String, Object> wrong = product();
    wrong.put("uprice", -1);
    Map<String, Object> fine = product();
    isRefused(ask(body(List.of(fine, wrong))), "uprice");
    assertThat(ask(body(List.of(fine))).code()).isZero();
    await().untilAsserted(() -> assertThat(told(fine)).isEqualTo(1));
    assertThat(told(wrong)).isZero();
  }

  static Stream<Arguments> lists() {
    Map<String, Object> tea = product();
    return Stream.of(
        Arguments.of(List.of(), "필수"),
        Arguments.of(tea, "배열"),
        Arguments.of("[]", "배열"),
        Arguments.of(List.of("tea"), "객체"),
        Arguments.of(List.of(tea, List.of()), "객체"),
        Arguments.of(List.of(tea, tea), "두 번"),
        Arguments.of(IntStream.rangeClosed(0, 100).mapToObj(n -> product()).toList(), "100개"));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void whatIsNoListOfProductsIsRefused(Object products, String why) {
    isRefused(ask(body(products)), why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "null",
        "{}",
        "{\"params\":{\"naverProducts\":[{\"id\":\"a\"}]}}",
        "{\"user_code\":\"imp00000000\",\"params\":[]}",
        "{\"user_code\":\"imp00000000\",\"params\":{}}",
        "{\"user_code\":\"imp00000000\",\"params\":{\"naverProducts\":null}}",
        "{\"user_code\":\"imp00000000\",\"params\":{\"naverProducts\":[{\"id\":\"a\",\"name\":\"b\",\"uprice\":1e-999999999,\"url\":\"http://a\"}]}}"
      })
  void aBodyThatIsNoRequestIsRefused(String body) {
    isRefused(send(body), "");
  }

  @Test
  void whoAsksMustBeKnown() {
    Map<String, Object> body = body(List.of(product()));
    body.put("user_code", "imp99999999");
    isRefused(ask(body), "식별코드");
    body.put("user_code", "imp00000000");
    body.put("tier_code", "ZZZ");
    assertThat(ask(body).status()).isEqualTo(404);
    body.remove("tier_code");
    body.put("page", "https://other.example/");
    isRefused(ask(body), "페이지");
  }

  private Api.Answer by(String name, String channel) {
    List<Map<String, Object>> products = List.of(product());
    Map<String, Object> body = body(products);
    body.put("params", Map.of("naverProducts", products, name, channel));
    return ask(body);
  }

  @Test
  void theChannelIsTheOneThatCanOrTheOneThatIsNamed() {
    for (Api.Answer fine :
        List.of(
            ask(body(List.of(product()))), by("pg", "naverco"), by("pg", "naverco.naru-naverco"))) {
      assertThat(fine.code()).as(fine.message()).isZero();
      assertThat(fine.response().path("presentation").asString()).isEqualTo("popup");
      assertThat(fine.response().path("url").asString())
          .startsWith(hub.simulatorUrl() + "/emulation/v1/naverco/wishes/");
    }
    isRefused(by("pg", "naverco.other"), "naverco.other");
    isRefused(by("pg", "nobody"), "nobody");
    isRefused(by("channelKey", "channel-key-unknown"), "channel_key");
    Api.Answer unable = by("pg", "tosspayments");
    assertThat(unable.status()).isEqualTo(501);
    assertThat(unable.message()).contains("tosspayments");
  }

  @Test
  void aHundredProductsAreNotTooMany() {
    List<Map<String, Object>> products = new ArrayList<>();
    IntStream.range(0, 100).forEach(n -> products.add(product()));
    Map<String, Object> plain = products.getFirst();
    List.of("desc", "thumb", "image").forEach(plain::remove);
    plain.put("uprice", 0);
    products.get(1).put("desc", null);
    products.get(1).put("uprice", 1_000.0);
    Api.Answer answer = ask(body(products));
    assertThat(answer.code()).as(answer.message()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4000000000009001", "4000000000009004", "4000000000000119"})
  void aPgThatDoesNotOpenIsTold(String id) {
    Map<String, Object> product = product();
    product.put("id", id);
    Api.Answer answer = ask(body(List.of(product)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(answer.message()).containsPattern("[가-힣]{3}");
    assertThat(answer.response().isNull()).isTrue();
  }
}
