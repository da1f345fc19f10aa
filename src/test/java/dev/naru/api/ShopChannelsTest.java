package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /users/pg/{user_code}}, which browsers call without a token. */
class ShopChannelsTest {

  private static final byte[] NONE = {};
  private static final Shop SHOP = Shop.fresh();

  private static Wire.Got get(String path) {
    return Wire.send("GET", path, Map.of(), NONE);
  }

  private static String path() {
    return "/users/pg/" + SHOP.merchant().userCode();
  }

  @Test
  void tellsThePgsAndNothingSecret() {
    Wire.Got got = get(path());
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.contentType()).startsWith("application/json");
    JsonNode answer = got.json();
    assertThat(answer.propertyNames()).containsExactlyInAnyOrder("code", "msg", "data");
    assertThat(answer.path("code").asInt(-1)).isZero();
    assertThat(answer.path("data").valueStream())
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(one.propertyNames())
                    .containsExactlyInAnyOrder("pg_provider", "pg_id", "type", "sandbox"));
    assertThat(answer.path("data").valueStream().map(one -> one.path("type").asString()))
        .contains("payment", "certification")
        .containsOnly("payment", "certification");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cb", "jQuery1_2.$3", "window.IMP.onPg"})
  void callsBack(String callback) {
    Wire.Got got = get(path() + "?callback=" + callback);
    assertThat(got.contentType()).startsWith("text/javascript");
    String head = "/**/" + callback + "(";
    assertThat(got.text()).startsWith(head).endsWith(");");
    String inner = got.text().substring(head.length(), got.text().length() - 2);
    assertThat(new JsonMapper().readTree(inner)).isEqualTo(get(path()).json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"alert(1)", "a;b", "%3Cscript%3E", "1a", "a..b", "a%0Ab", "a-b", "a."})
  void isNoWayToRunAScript(String callback) {
    Wire.refused(get(path() + "?callback=" + callback), 400);
  }

  @Test
  void anUnknownShopHasNone() {
    Wire.refused(get("/users/pg/imp99999999"), 404);
    Wire.refused(get("/users/pg/imp99999999?callback=cb"), 404);
  }
}
