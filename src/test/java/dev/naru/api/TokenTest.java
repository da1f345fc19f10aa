package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code POST /users/getToken}, and all forms in which clients send keys and tokens. */
class TokenTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String UNAUTHORIZED =
      "{\"code\":-1,\"message\":\"Unauthorized\",\"response\":null}";

  private static Wire.Got getToken(String path, String type, String body) {
    return Wire.send(
        "POST",
        path,
        Map.of("Content-Type", type),
        body.replace("KEY", SHOP.key())
            .replace("SECRET", Shop.SECRET)
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void handsTheLiveTokenOutAgain() {
    String body = "{\"imp_key\":\"KEY\",\"imp_secret\":\"SECRET\"}";
    JsonNode first = getToken("/users/getToken", "application/json", body).json().path("response");
    JsonNode second = getToken("/users/getToken", "application/json", body).json().path("response");
    assertThat(first.path("access_token").asString()).matches("[0-9a-f]{40}");
    assertThat(first.path("now").isIntegralNumber()).isTrue();
    assertThat(first.path("expired_at").isIntegralNumber()).isTrue();
    assertThat(first.path("expired_at").asLong() - first.path("now").asLong())
        .isBetween(1_000L, 1_800L);
    assertThat(second.path("access_token")).isEqualTo(first.path("access_token"));
    assertThat(second.path("expired_at")).isEqualTo(first.path("expired_at"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                                | {"imp_key":"KEY","imp_secret":"SECRET"}
          application/json; charset=utf-8                 | {"imp_key":"KEY","imp_secret":"SECRET","x":null}
          application/x-www-form-urlencoded               | imp_key=KEY&imp_secret=SECRET
          application/x-www-form-urlencoded               | imp_key=KEY& imp_secret=SECRET
          application/x-www-form-urlencoded;charset=UTF-8 | imp_key = KEY & imp_secret = SECRET
          application/x-www-form-urlencoded               | {"imp_key":"KEY","imp_secret":"SECRET"}
          text/plain                                      | {"imp_key":"KEY","imp_secret":"SECRET"}
          application/json                                | \uFEFF{"imp_key":"KEY","imp_secret":"SECRET"}
          application/x-www-form-urlencoded               | \uFEFFimp_key=KEY&imp_secret=SECRET
          """)
  void takesTheKeysInEveryEncoding(String type, String body) {
    for (String path : new String[] {"/users/getToken", "/users/getToken/"}) {
      Wire.Got got = getToken(path, type, body);
      assertThat(got.status()).as(got.text()).isEqualTo(200);
      assertThat(got.json().path("code").asInt(-99)).isZero();
      assertThat(got.json().path("message").isNull()).isTrue();
      assertThat(got.json().path("response").path("access_token").asString())
          .isEqualTo(SHOP.api().token());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Authorization     | Bearer TOKEN
          Authorization     | TOKEN
          Authorization     | Basic TOKEN
          authorization     | bearer   TOKEN
          X-ImpTokenHeader  | TOKEN
          """)
  void takesTheTokenInEveryHeader(String header, String value) {
    Wire.Got got =
        Wire.send(
            "GET",
            "/users/pg",
            Map.of(header, value.replace("TOKEN", SHOP.api().token())),
            new byte[0]);
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.json().path("response").path(0).path("channel_key").asString())
        .startsWith("channel-key-" + SHOP.merchant().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/users/pg?_token=", "/users/pg/?a=b&_token="})
  void takesTheTokenInTheQuery(String path) {
    Wire.Got got = Wire.send("GET", path + SHOP.api().token(), Map.of(), new byte[0]);
    assertThat(got.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"imp_key\":\"KEY\",\"imp_secret\":\"wrong\"}",
        "{\"imp_key\":\"unknown\",\"imp_secret\":\"SECRET\"}",
        "{\"imp_key\":\"KEY\",\"imp_secret\":\"SECRET \"}"
      })
  void refusesAWrongPair(String body) {
    Wire.Got got = getToken("/users/getToken", "application/json", body);
    assertThat(got.status()).isEqualTo(401);
    assertThat(got.text()).isEqualTo(UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "0123456789012345678901234567890123456789"})
  void refusesAWrongToken(String authorization) {
    Wire.Got got =
        Wire.send("GET", "/users/pg", Map.of("Authorization", authorization), new byte[0]);
    assertThat(got.status()).isEqualTo(401);
    assertThat(got.text()).isEqualTo(UNAUTHORIZED);
    assertThat(got.contentType()).startsWith("application/json");
  }

  @Test
  void aTokenOpensItsOwnShopOnly() {
    Api other = Shop.fresh().api();
    String impUid = SHOP.paid(Shop.TOSS).path("imp_uid").asString();
    assertThat(SHOP.api().get("/payments/" + impUid).status()).isEqualTo(200);
    Wire.refused(other.get("/payments/" + impUid), 404, -1);
  }
}
