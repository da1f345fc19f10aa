package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.simulator.kit.book.Book;
import dev.naru.testing.Apart;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Naru's emulation protocol, as it is documented. */
@Apart
class EmulationTest {

  @TempDir Path data;
  private Shop shop;

  @BeforeEach
  void start() {
    shop = new Shop(data);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private JsonNode call(String operation, String id, Map<String, ?> fields) {
    return call("A010002002:bbbbb", operation, id, fields);
  }

  private JsonNode call(String account, String operation, String id, Map<String, ?> fields) {
    String body =
        Book.JSON.writeValueAsString(Map.of("operation", operation, "id", id, "fields", fields));
    HttpResponse<String> answer =
        shop.send(
            Shop.request(shop.url + "/emulation/v1/danal-otp")
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(account.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body)),
            StandardCharsets.UTF_8);
    assertThat(answer.statusCode()).isEqualTo(200);
    return Shop.json(answer);
  }

  private static Map<String, Object> person() {
    return new HashMap<>(
        Map.of(
            "name", "김나루",
            "birth", "1990-01-01",
            "gender", "male",
            "foreigner", false,
            "phone", "01012341234",
            "carrier", "KT",
            "mvno", false,
            "company", "나루상점"));
  }

  private JsonNode messages() {
    return Shop.json(
        shop.send(
            Shop.request(shop.url + "/_sim/outbox/messages?phone=01012341234"),
            StandardCharsets.UTF_8));
  }

  @Test
  void doesARequestOnceAndRepeatsItsAnswer() {
    JsonNode first = call("identity.otp.request", "ID1", person());
    assertThat(first.path("result").asString()).isEqualTo("ok");
    assertThat(call("identity.otp.request", "ID1", person())).isEqualTo(first);
    assertThat(messages()).hasSize(1);
    String code = messages().path(0).path("code").asString();
    JsonNode done = call("identity.otp.confirm", "ID1", Map.of("otp", code));
    assertThat(done.path("tid")).isEqualTo(first.path("tid"));
    assertThat(done.path("fields").path("ci").asString()).hasSize(88);
    assertThat(call("identity.otp.confirm", "ID1", Map.of("otp", code))).isEqualTo(done);
  }

  @Test
  void endsACodeAfterThreeMinutes() {
    call("identity.otp.request", "ID1", person());
    String code = messages().path(0).path("code").asString();
    shop.ahead = java.time.Duration.ofSeconds(181);
    assertThat(call("identity.otp.confirm", "ID1", Map.of("otp", code)).path("code").asString())
        .isEqualTo("expired");
  }

  @ParameterizedTest
  @CsvSource({
    "name, ''",
    "birth, 19900101",
    "gender, M",
    "phone, 0212345678",
    "carrier, KTF",
    "company, ' '"
  })
  void refusesBadFields(String name, String value) {
    Map<String, Object> person = person();
    person.put(name, value);
    assertThat(call("identity.otp.request", "ID1", person).path("code").asString())
        .isEqualTo("bad_request");
    assertThat(messages()).isEmpty();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(call("payment.guess", "ID1", person()).path("code").asString())
        .isEqualTo("bad_request");
    assertThat(call("identity.otp.request", "", person()).path("code").asString())
        .isEqualTo("bad_request");
    assertThat(call("identity.otp.confirm", "ID9", Map.of("otp", "1")).path("code").asString())
        .isEqualTo("unknown_transaction");
    for (String account : new String[] {"A010002002:wrong", "A010002002:", ":x", ""}) {
      assertThat(call(account, "identity.otp.request", "ID1", person()).path("code").asString())
          .isEqualTo("bad_credentials");
    }
    call("identity.otp.request", "ID1", person());
    assertThat(
            call("other:x", "identity.otp.confirm", "ID1", Map.of("otp", "1"))
                .path("code")
                .asString())
        .as("another account's")
        .isEqualTo("unknown_transaction");
  }
}
