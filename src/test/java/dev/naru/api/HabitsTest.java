package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.api.Playbook.Encoding;
import dev.naru.contract.Operation;
import dev.naru.contract.Operation.Standing;
import dev.naru.testing.Api;
import dev.naru.testing.OwnOrders;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The habits of V1's clients, at every operation; what they send must change no answer. */
@OwnOrders
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HabitsTest {

  private static final String BOUNDARY = "----naru";

  private final Shop shop = Shop.fresh();
  private final Playbook playbook = new Playbook(shop);

  static Stream<Operation> operations() {
    return Playbook.operations();
  }

  /** V1 has 81; what it had before is asked, too. */
  @Test
  void allOfThemAreAsked() {
    assertThat(operations().filter(one -> one.standing() != Standing.RETIRED).count())
        .isEqualTo(81);
  }

  static Stream<Operation> reads() {
    return operations()
        .filter(operation -> operation.method().equals("GET"))
        .filter(operation -> !alsoPosted(operation));
  }

  private static boolean alsoPosted(Operation read) {
    return operations()
        .anyMatch(
            other ->
                other.method().equals("POST")
                    && other
                        .path()
                        .replaceAll("\\{[^}]*}", "{}")
                        .equals(read.path().replaceAll("\\{[^}]*}", "{}")));
  }

  private Wire.Got send(String method, String path, String type, String body) {
    return playbook.raw(method, path, type, body);
  }

  private static void same(Wire.Got got, Wire.Got wanted) {
    assertThat(Playbook.common(got)).isEqualTo(Playbook.common(wanted));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aBodyWithoutParametersIsNone(Operation operation) {
    Wire.Got none = playbook.raw(playbook.request(operation), "application/json", "");
    for (String body : List.of("[]", "[ ]", "null", "{}")) {
      same(playbook.raw(playbook.request(operation), "application/json", body), none);
    }
    if (!operation.jsonOnly()) {
      same(
          playbook.raw(playbook.request(operation), "application/x-www-form-urlencoded", ""), none);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void repeatedSlashesAreOne(Operation operation) {
    Wire.Got plain = playbook.send(playbook.request(operation));
    List<UnaryOperator<String>> habits =
        List.of(path -> "/" + path, path -> path.replace("/", "//"), path -> path + "//");
    for (UnaryOperator<String> habit : habits) {
      Playbook.Request request = playbook.request(operation);
      Playbook.Request odd =
          new Playbook.Request(
              operation, habit.apply(request.path()), request.query(), request.body());
      same(playbook.send(odd), plain);
    }
  }

  @ParameterizedTest
  @MethodSource("reads")
  void readsAlsoByPost(Operation operation) {
    Playbook.Request request = playbook.request(operation);
    Wire.Got read = playbook.raw(request, "application/json", "");
    same(send("POST", request.address(), "application/json", ""), read);
    same(send("POST", request.address(), "application/json", "[]"), read);
    String form = "application/x-www-form-urlencoded";
    same(send("POST", request.path(), form, request.address().replaceFirst("[^?]*[?]?", "")), read);
  }

  @ParameterizedTest
  @MethodSource("reads")
  void aBodyOfAReadIsNotRead(Operation operation) {
    Playbook.Request request = playbook.request(operation);
    Wire.Got read = playbook.raw(request, "application/json", "");
    same(playbook.raw(request, "application/json", "{\"broken"), read);
    same(playbook.raw(request, "application/json", "{\"imp_uid\":\"other\",\"page\":7}"), read);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void formsAndMultipartAreAsGoodAsJson(Operation operation) {
    if (operation.method().equals("GET") || operation.jsonOnly()) {
      return;
    }
    Wire.Got json = playbook.send(playbook.request(operation));
    same(playbook.send(playbook.request(operation), Encoding.FORM), json);
    same(playbook.send(playbook.request(operation), Encoding.MULTIPART), json);
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
}
