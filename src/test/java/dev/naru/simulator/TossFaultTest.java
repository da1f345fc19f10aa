package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.testing.Apart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Fault cards at Toss Payments, and restarts. */
@Apart
class TossFaultTest {

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

  private JsonNode keyIn(String order, String number) {
    return Shop.json(shop.tossPost("payments/key-in", Shop.card(order, 1004, number)));
  }

  private static String code(HttpResponse<String> answer) {
    return answer.statusCode() + " " + Shop.json(answer).path("code").asString("");
  }

  @Test
  void racing_requests_charge_and_cancel_once() {
    List<CompletableFuture<HttpResponse<String>>> charges =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    shop.later(
                        shop.toss("payments/key-in"), Shop.card("race-1", 1004, Shop.GOOD_CARD)))
            .toList();
    assertThat(charges.stream().filter(c -> c.join().statusCode() == 200)).hasSize(1);
    JsonNode line = shop.book("tosspayments", "race-1").get(0);
    List<CompletableFuture<HttpResponse<String>>> cancels =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    shop.later(
                        shop.toss("payments/" + line.path("tid").asString() + "/cancel"),
                        Map.of("cancelReason", "a", "cancelAmount", 600)))
            .toList();

    assertThat(cancels.stream().filter(c -> c.join().statusCode() == 200)).hasSize(1);
    assertThat(balance("race-1")).isEqualTo(404);
  }

  @Test
  void a_timeout_before_approval_charges_nothing_and_the_next_try_works() {
    Map<String, Object> card = Shop.card("order-07", 1004, "4000000000009001");
    CompletableFuture<HttpResponse<String>> silent =
        shop.later(shop.toss("payments/key-in").header("Idempotency-Key", "k2"), card);

    Shop.eventually(() -> shop.written("tosspayments").contains("SILENCED"));
    assertThat(
            code(shop.tossPost(shop.toss("payments/key-in").header("Idempotency-Key", "k2"), card)))
        .isEqualTo("409 IDEMPOTENT_REQUEST_PROCESSING");
    assertThat(Shop.failure(silent)).isInstanceOf(IOException.class);
    assertThat(shop.book("tosspayments", "order-07")).isEmpty();
    assertThat(shop.tossGet("payments/orders/order-07").statusCode()).isEqualTo(404);

    Shop.eventually(
        () ->
            shop.tossPost(shop.toss("payments/key-in").header("Idempotency-Key", "k2"), card)
                    .statusCode()
                == 200);
    assertThat(shop.book("tosspayments", "order-07")).hasSize(1);
  }

  @Test
  void a_lost_answer_is_charged_and_can_be_had_again() {
    Map<String, Object> card = Shop.card("order-08", 1004, "4000000000009002");

    assertThatThrownBy(
            () -> shop.tossPost(shop.toss("payments/key-in").header("Idempotency-Key", "k3"), card))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(shop.book("tosspayments", "order-08")).hasSize(1);
    assertThat(
            Shop.json(
                    shop.tossPost(
                        shop.toss("payments/key-in").header("Idempotency-Key", "k3"), card))
                .path("status")
                .asString())
        .isEqualTo("DONE");
  }

  @Test
  void a_late_approval_lands_after_the_caller_gave_up() {
    Map<String, Object> card = Shop.card("order-09", 1004, "4000000000009003");
    CompletableFuture<HttpResponse<String>> silent =
        shop.later(shop.toss("payments/key-in").header("Idempotency-Key", "k4"), card);

    assertThat(Shop.failure(silent)).isInstanceOf(IOException.class);
    Shop.eventually(() -> shop.tossGet("payments/orders/order-09").statusCode() == 200);
    assertThat(
            shop.tossPost(shop.toss("payments/key-in").header("Idempotency-Key", "k4"), card)
                .statusCode())
        .isEqualTo(200);
    assertThat(shop.book("tosspayments", "order-09")).hasSize(1);
  }

  @Test
  void a_late_approval_survives_a_restart() {
    CompletableFuture<HttpResponse<String>> silent =
        shop.later(shop.toss("payments/key-in"), Shop.card("order-10", 1004, "4000000000009003"));
    Shop.eventually(() -> shop.written("tosspayments").contains("PENDING"));
    shop.close();
    silent.cancel(true);
    shop = new Shop(data);

    Shop.eventually(() -> shop.book("tosspayments", "order-10").size() == 1);
  }

  @Test
  void garbled_and_slow_answers_are_charged() {
    HttpResponse<String> garbled =
        shop.tossPost("payments/key-in", Shop.card("order-11", 1004, "4000000000009004"));
    assertThat(garbled.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> Shop.json(garbled)).isNotNull();
    assertThat(shop.book("tosspayments", "order-11")).hasSize(1);

    assertThat(keyIn("order-12", "4000000000009005").path("status").asString()).isEqualTo("DONE");
  }

  @Test
  void cancels_fail_in_all_ways() {
    for (String kind : new String[] {"9011", "9012", "9013", "9014", "9015"}) {
      String order = "cancel-" + kind;
      String path =
          "payments/"
              + keyIn(order, "400000000000" + kind).path("paymentKey").asString()
              + "/cancel";
      Map<String, String> body = Map.of("cancelReason", "변심");
      switch (kind) {
        case "9011" -> {
          assertThatThrownBy(() -> shop.tossPost(path, body)).isNotNull();
          assertThat(balance(order)).isEqualTo(1004);
          assertThat(shop.tossPost(path, body).statusCode()).isEqualTo(200);
        }
        case "9012" -> assertThatThrownBy(() -> shop.tossPost(path, body)).isNotNull();
        case "9013" -> {
          assertThatThrownBy(() -> shop.tossPost(path, body)).isNotNull();
          Shop.eventually(() -> balance(order) == 0);
        }
        case "9014" -> assertThatThrownBy(() -> Shop.json(shop.tossPost(path, body))).isNotNull();
        default -> assertThat(code(shop.tossPost(path, body))).isEqualTo("400 REFUND_REJECTED");
      }
      assertThat(balance(order)).isEqualTo(kind.equals("9015") ? 1004 : 0);
    }
  }

  private long balance(String order) {
    return shop.book("tosspayments", order).get(0).path("balance").asLong();
  }

  @Test
  void reads_its_book_back_and_drops_a_torn_line() throws Exception {
    JsonNode paid = keyIn("order-15", Shop.GOOD_CARD);
    shop.close();
    Files.writeString(
        data.resolve("simulator/tosspayments.jsonl"),
        "{\"type\":\"charge\",\"cha",
        StandardOpenOption.APPEND);
    shop = new Shop(data);

    assertThat(Shop.json(shop.tossGet("payments/orders/order-15")).path("paymentKey"))
        .isEqualTo(paid.path("paymentKey"));
    keyIn("order-16", Shop.GOOD_CARD);
    shop.close();
    shop = new Shop(data);
    assertThat(shop.book("tosspayments", "order-16")).hasSize(1);
  }
}
