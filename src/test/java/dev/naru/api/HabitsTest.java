package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Contract;
import dev.naru.contract.Operation;
import dev.naru.contract.Parameter;
import dev.naru.testing.Api;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The habits of V1's clients, at every operation; what they send must change no answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HabitsTest {

  private static final String BOUNDARY = "----naru";

  private final Shop shop = Shop.fresh();

  static Stream<Operation> operations() {
    return Contract.v1().operations().stream().filter(operation -> !operation.open());
  }

  static Stream<Operation> reads() {
    return operations()
        .filter(operation -> operation.method().equals("GET"))
        .filter(operation -> !alsoPosted(operation));
  }

  private static boolean alsoPosted(Operation read) {
    return Contract.v1().operations().stream()
        .anyMatch(
            other ->
                other.method().equals("POST")
                    && other
                        .path()
                        .replaceAll("\\{[^}]*}", "{}")
                        .equals(read.path().replaceAll("\\{[^}]*}", "{}")));
  }

  private static String path(Operation operation) {
    return operation.path().replaceAll("\\{[^}]*}", "nothing");
  }

  private Wire.Got send(String method, String path, String type, String body) {
    return Wire.send(
        method,
        path,
        Map.of("Authorization", shop.api().token(), "Content-Type", type),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static void same(Wire.Got got, Wire.Got wanted) {
    assertThat(got.status()).as(got.text()).isEqualTo(wanted.status());
    assertThat(got.json().path("code")).isEqualTo(wanted.json().path("code"));
    assertThat(got.json().path("message")).isEqualTo(wanted.json().path("message"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aBodyWithoutParametersIsNone(Operation operation) {
    Wire.Got none = send(operation.method(), path(operation), "application/json", "");
    for (String body : List.of("[]", "[ ]", "null", "{}")) {
      same(send(operation.method(), path(operation), "application/json", body), none);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void repeatedSlashesAreOne(Operation operation) {
    Wire.Got plain = send(operation.method(), path(operation), "application/json", "{}");
    for (String path :
        List.of(
            "/" + path(operation), path(operation).replace("/", "//"), path(operation) + "//")) {
      same(send(operation.method(), path, "application/json", "{}"), plain);
    }
  }

  @ParameterizedTest
  @MethodSource("reads")
  void readsAlsoByPost(Operation operation) {
    Wire.Got read = send("GET", path(operation), "application/json", "");
    same(send("POST", path(operation), "application/json", ""), read);
    same(send("POST", path(operation), "application/json", "[]"), read);
  }

  @ParameterizedTest
  @MethodSource("reads")
  void aBodyOfAReadIsNotRead(Operation operation) {
    Wire.Got read = send("GET", path(operation), "application/json", "");
    same(send("GET", path(operation), "application/json", "{\"broken"), read);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatSaysNothingIsAbsent(Operation operation) {
    for (String word : List.of("[]", "{}", "null", "\"\"", "\"null\"", "\"undefined\"")) {
      StringBuilder body = new StringBuilder();
      for (Parameter parameter : operation.parameters()) {
        // Which goods money goes back for is said or left out: no empty list stands for all of
        // them.
        boolean goods = word.equals("[]") && parameter.name().equals("product_order_id");
        if (parameter.where() == Parameter.Where.BODY && isText(parameter) && !goods) {
          body.append(body.isEmpty() ? "" : ",").append('"').append(parameter.name());
          body.append("\":").append(word);
        }
      }
      same(
          send(operation.method(), path(operation), "application/json", "{" + body + "}"),
          send(operation.method(), path(operation), "application/json", "{}"));
    }
  }

  /** Amounts are not guessed: for a number only null and an empty text are nothing. */
  private static boolean isText(Parameter parameter) {
    return switch (parameter.value().type()) {
      case NUMBER, INTEGER, OBJECT -> false;
      default -> true;
    };
  }

  @ParameterizedTest
  @MethodSource("operations")
  void multipartIsAsGoodAsAForm(Operation operation) {
    if (operation.method().equals("GET") || operation.jsonOnly()) {
      return;
    }
    StringBuilder form = new StringBuilder();
    StringBuilder parts = new StringBuilder();
    for (Parameter parameter : operation.parameters()) {
      if (parameter.where() == Parameter.Where.BODY && isText(parameter)) {
        form.append(form.isEmpty() ? "" : "&").append(parameter.name()).append("=1");
        parts.append(part(parameter.name(), "1"));
      }
    }
    same(
        send(
            operation.method(),
            path(operation),
            "multipart/form-data; boundary=" + BOUNDARY,
            parts + "--" + BOUNDARY + "--\r\n"),
        send(
            operation.method(),
            path(operation),
            "application/x-www-form-urlencoded",
            form.toString()));
  }

  private static String part(String name, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, name, value);
  }

  @Test
  void aTokenByMultipart() {
    String body =
        part("imp_key", shop.key()) + part("imp_secret", Shop.SECRET) + "--" + BOUNDARY + "--\r\n";
    Wire.Got got =
        send("POST", "//users/getToken", "multipart/form-data; boundary=" + BOUNDARY, body);
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    assertThat(got.json().path("response").path("access_token").asString()).hasSize(40);
  }

  @Test
  void tooLargeAMultipartBody() {
    String body = part("name", "x".repeat(1 << 19)) + "--" + BOUNDARY + "--\r\n";
    Wire.refused(
        send("POST", "/payments/prepare", "multipart/form-data; boundary=" + BOUNDARY, body), 413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=0", "limit=0", "page=&limit=", "page=undefined"})
  void zeroIsTheDefaultOfAPage(String query) {
    Api.Answer answer = shop.api().get("/payments/status/all?" + query);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
  }

  @Test
  void aSlashInAnOrdersId() {
    Map<String, Object> order = Map.of("merchant_uid", "2030/1", "amount", 1_000);
    assertThat(shop.api().post("/payments/prepare", order).code()).isZero();
    Api.Answer answer = shop.api().get("/payments/prepare/2030%2F1");
    assertThat(answer.response().path("merchant_uid").asString("")).isEqualTo("2030/1");
  }

  @Test
  void textsThatClientsMatchOn() {
    Api api = shop.api();
    assertThat(api.post("/users/getToken", Map.of()).message())
        .isEqualTo("imp_key, imp_secret 파라메터가 누락되었습니다.");
    assertThat(api.get("/payments/prepare/nothing").message()).isEqualTo("사전등록된 결제정보가 존재하지 않습니다.");
    assertThat(api.get("/payments/status/odd").message()).isEqualTo("지원되지 않는 상태값입니다.");
    assertThat(api.post("/payments/cancel", Map.of()).message()).endsWith("지정해주셔야합니다.");
    Map<String, Object> again =
        Map.of("customer_uid", "nobody", "merchant_uid", Api.newOrder(), "amount", 1_000);
    assertThat(api.post("/subscribe/payments/again", again).message()).isEqualTo("등록되지 않은 구매자입니다.");
  }
}
