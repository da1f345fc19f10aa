package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.OwnOrders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What must be refused, for every operation that takes parameters; and changes nothing. */
@OwnOrders
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] NONE = {};

  /** What they are about is found by one of several identifiers. */
  private static final Set<String> BY_IDENTIFIER =
      Set.of("POST /payments/cancel", "POST /subscribe/payments/unschedule");

  private static final List<String> TABLES =
      List.of(
          "payment",
          "attempt",
          "event",
          "cancellation",
          "billing_key",
          "prepared",
          "ledger",
          "certification",
          "schedule",
          "test_charge",
          "cash_receipt",
          "escrow_delivery",
          "sale_call",
          "quick_member",
          "quick_pin_check",
          "quick_prepared");

  private final Shop shop = Shop.fresh();
  private final Map<String, Long> before = new LinkedHashMap<>();
  private String impUid = "";

  /**
   * An operation with a body.
   *
   * @param good parameters that it would take
   * @param required names it cannot do without
   * @param limits the lengths of its texts
   * @param numbers names of numbers; of amounts if they begin with a star
   */
  record Operation(
      String call,
      Map<String, Object> good,
      List<String> required,
      Map<String, Integer> limits,
      List<String> numbers) {

    String method() {
      return call.substring(0, call.indexOf(' '));
    }

    String path() {
      return call.substring(call.indexOf(' ') + 1);
    }

    /** The good body with one parameter written as this JSON; without it if null. */
    String with(String name, @org.jspecify.annotations.Nullable String json) {
      Map<String, Object> all = new LinkedHashMap<>(good);
      all.remove(name);
      String rest = JSON.writeValueAsString(all);
      return json == null
          ? rest
          : "{"
              + JSON.writeValueAsString(name)
              + ":"
              + json
              + (all.isEmpty() ? "" : ",")
              + rest.substring(1);
    }

    @Override
    public String toString() {
      return call;
    }
  }

  @BeforeAll
  void aPayment() {
    impUid = shop.paid(Shop.TOSS).path("imp_uid").asString();
    shop.api().post("/subscribe/customers/known", Shop.card(Shop.TOSS, Api.GOOD_CARD));
  }

  @BeforeEach
  void whatThereIs() {
    TABLES.forEach(table -> before.put(table, shop.rows(table)));
  }

  @AfterEach
  void nothingHasChanged() {
    Map<String, Long> after = new LinkedHashMap<>();
    TABLES.forEach(table -> after.put(table, shop.rows(table)));
    assertThat(after).isEqualTo(before);
  }

  private Stream<Operation> operations() {
    return Operations.all(shop, impUid);
  }

  private Wire.Got send(Operation operation, String type, byte[] body) {
    return Wire.send(
        operation.method(),
        operation.path(),
        Map.of("Content-Type", type, "Authorization", shop.api().token()),
        body);
  }

  private void refuses(Operation operation, String body) {
    refuses(operation, body, Wire.invalid(operation.method(), operation.path()));
  }

  private void refuses(Operation operation, String body, int status) {
    Wire.Got got = send(operation, "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(got.status()).as(got.text()).isEqualTo(status);
    // Of these two an identifier of blanks is one that nothing is found by.
    boolean found = status == 200 && BY_IDENTIFIER.contains(operation.call());
    assertThat(got.json().path("code").asInt())
        .as(got.text())
        .isIn(found ? List.of(-1, 1) : List.of(-1));
    assertThat(got.json().path("message").asString("")).as(got.text()).isNotEmpty();
    assertThat(got.json().path("response").isNull()).as(got.text()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aBodyThatIsNone(Operation operation) {
    String good = operation.with("x", null);
    for (String body :
        List.of(
            good.substring(0, good.length() - 1),
            good + "}",
            good + " " + good,
            "[" + good + "]",
            "true",
            "17",
            "\"text\"",
            "{",
            "{\"a\":}",
            "{'a':1}",
            "{a:1}",
            "<a>1</a>",
            operation.with("x", "NaN"),
            operation.with("x", "Infinity"),
            operation.with("x", "1" + "0".repeat(2_000)),
            "[".repeat(100_000),
            "{\"a\":".repeat(40_000),
            operation.with("x", "[".repeat(5_000) + "]".repeat(5_000)),
            operation.with("x", "1,\"x\":2"))) {
      refuses(operation, body, 400);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aBodyThatIsTooLarge(Operation operation) {
    refuses(operation, operation.with("x", "\"" + "x".repeat(1 << 20) + "\""), 413);
    byte[] form = ("a=" + "x".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII);
    Wire.refused(send(operation, "application/x-www-form-urlencoded", form), 413);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatIsNotUtf8(Operation operation) {
    byte[] json = operation.with("x", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1);
    Wire.refused(send(operation, "application/json", json), 400);
    for (String form : List.of("name=%BF%DC", "name=\u00bf\u00dc", "%ff=1")) {
      byte[] bytes = form.getBytes(StandardCharsets.ISO_8859_1);
      Wire.refused(send(operation, "application/x-www-form-urlencoded", bytes), 400);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aFormThatIsTooDeep(Operation operation) {
    for (String form : List.of("a" + "[b]".repeat(60_000) + "=1", "a" + "[b]".repeat(100) + "=1")) {
      byte[] bytes = form.getBytes(StandardCharsets.US_ASCII);
      Wire.refused(send(operation, "application/x-www-form-urlencoded", bytes), 400);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatIsMissing(Operation operation) {
    refuses(operation, "{}");
    refuses(operation, "");
    for (String name : operation.required()) {
      refuses(operation, operation.with(name, null));
      refuses(operation, operation.with(name, "null"));
      refuses(operation, operation.with(name, "\"\""));
      refuses(operation, operation.with(name, "\"  \""));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void textsThatDoNotFit(Operation operation) {
    operation
        .limits()
        .forEach(
            (name, limit) -> {
              refuses(operation, operation.with(name, "\"" + "가".repeat(limit + 1) + "\""));
              refuses(operation, operation.with(name, "\"a\\u0000b\""));
              refuses(operation, operation.with(name, "\"a\\ud83d\""));
              refuses(operation, operation.with(name, "\"\\ude00a\""));
              refuses(operation, operation.with(name, "{\"a\":1}"));
              refuses(operation, operation.with(name, "[\"a\"]"));
              refuses(operation, operation.with(name, "1e999999999"));
            });
  }

  @ParameterizedTest
  @MethodSource("operations")
  void numbersThatAreNone(Operation operation) {
    for (String name : operation.numbers()) {
      for (String json :
          List.of(
              "\"text\"",
              "true",
              "false",
              "{}",
              "{\"a\":1}",
              "[1]",
              "\"NaN\"",
              "\"Infinity\"",
              "\"1,000\"",
              "\"0x10\"",
              "\"1 000\"",
              "\"１０００\"",
              "\"١٠٠٠\"",
              "-1",
              "-0.01",
              "0.5",
              "1e400",
              "\"1e400\"",
              "1e-400",
              "1e999999999",
              "\"1e999999999\"",
              "\"1e2147483647\"",
              "\"1e-2147483647\"",
              "99999999999999999999",
              "9007199254740993")) {
        // Of a time only the whole seconds count, and an empty object is none.
        boolean time = name.matches(".*(_at|_due|_datetime|_quota|_count)");
        boolean absent = json.equals("{}") && !operation.required().contains(name);
        if (!absent && (!time || !List.of("0.5", "{}").contains(json))) {
          refuses(operation, operation.with(name, json));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void amountsOfNothing(Operation operation) {
    if (operation.required().contains("amount")) {
      for (String json : List.of("0", "\"0\"", "0.0", "-0", "1000.01")) {
        refuses(operation, operation.with("amount", json));
      }
    }
  }

  static Stream<Arguments> everyCall() {
    return Operations.everyCall().stream().map(call -> Arguments.of((Object[]) call.split(" ", 2)));
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void callsWithoutAToken(String method, String path) {
    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of("Authorization", "0123456789012345678901234567890123456789"),
            Map.of("Authorization", "Bearer " + "x".repeat(5_000)),
            Map.of("Content-Type", "application/json"))) {
      for (String body : List.of("", "{", "{}")) {
        Wire.Got got = Wire.send(method, path, headers, body.getBytes(StandardCharsets.US_ASCII));
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.text())
            .isEqualTo("{\"code\":-1,\"message\":\"Unauthorized\",\"response\":null}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PUT", "PATCH", "GET"})
  void theWrongMethod(String method) {
    Wire.refused(send(method, "/users/getToken", NONE), 405);
    Wire.refused(send(method, "/subscribe/payments/onetime/", NONE), 405);
    Wire.refused(send(method, "/vbanks", NONE), 405);
  }

  private Wire.Got send(String method, String path, byte[] body) {
    return Wire.send(method, path, Map.of("Authorization", shop.api().token()), body);
  }

  @Test
  void theWrongMethodWhereAnotherWouldRead() {
    for (String call : Operations.wrongMethods()) {
      String[] parts = call.split(" ", 2);
      Wire.refused(send(parts[0], parts[1], NONE), 405);
    }
  }
}
