package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code GET /payments/status/{payment_status}}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusListTest {

  private static final long DAY = 86_400;

  private final Shop shop = Shop.fresh();
  private final List<String> started = new ArrayList<>();

  private static List<String> uids(JsonNode page) {
    return page.path("list").valueStream().map(one -> one.path("imp_uid").asString("")).toList();
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }

  /** In this order: two failed, three paid, one waiting; then the first paid is cancelled. */
  @BeforeAll
  void someOfEach() {
    started.add(uid(shop.onetime(Shop.TOSS, "4000-0000-0000-0010", Map.of())));
    started.add(uid(shop.onetime(Shop.TOSS, "4000-0000-0000-0010", Map.of())));
    for (int n = 0; n < 3; n++) {
      started.add(shop.paid(Shop.TOSS).path("imp_uid").asString());
    }
    started.add(uid(shop.api().post("/vbanks", Shop.account(Shop.TOSS))));
    uid(shop.api().post("/payments/cancel", Map.of("imp_uid", started.get(2))));
  }

  private static String uid(Api.Answer answer) {
    assertThat(answer.code()).as(answer.message()).isZero();
    return answer.response().path("imp_uid").asString();
  }

  private JsonNode list(String path) {
    Api.Answer answer = shop.api().get("/payments/status/" + path);
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    return answer.response();
  }

  @ParameterizedTest
  @CsvSource({"all, 6", "ready, 1", "paid, 2", "cancelled, 1", "failed, 2"})
  void countsEachStatus(String status, int total) {
    JsonNode page = list(status);
    assertThat(page.propertyNames()).containsExactlyInAnyOrder("total", "previous", "next", "list");
    assertThat(page.path("total").asInt()).isEqualTo(total);
    assertThat(page.path("list")).hasSize(total);
    assertThat(page.path("previous").asInt(-1)).isZero();
    assertThat(page.path("next").asInt(-1)).isZero();
    if (!"all".equals(status)) {
      assertThat(page.path("list").valueStream().map(one -> one.path("status").asString()))
          .containsOnly(status);
    }
  }

  @Test
  void turnsPages() {
    JsonNode first = list("all?limit=2&sorting=started");
    assertThat(first.path("total").asInt()).isEqualTo(6);
    assertThat(first.path("previous").asInt(-1)).isZero();
    assertThat(first.path("next").asInt()).isEqualTo(2);
    JsonNode second = list("all/?limit=2&sorting=started&page=2");
    assertThat(second.path("previous").asInt()).isEqualTo(1);
    assertThat(second.path("next").asInt()).isEqualTo(3);
    JsonNode third = list("all?limit=2&sorting=started&page=3");
    assertThat(third.path("previous").asInt()).isEqualTo(2);
    assertThat(third.path("next").asInt(-1)).isZero();
    List<String> all = new ArrayList<>(uids(first));
    all.addAll(uids(second));
    all.addAll(uids(third));
    assertThat(all).isEqualTo(started);
  }

  @Test
  void sorts() {
    assertThat(uids(list("all"))).isEqualTo(started.reversed());
    assertThat(uids(list("all?sorting=-started"))).isEqualTo(started.reversed());
    assertThat(uids(list("all?sorting=-updated"))).first().isEqualTo(started.get(2));
    assertThat(uids(list("all?sorting=updated"))).last().isEqualTo(started.get(2));
    assertThat(uids(list("paid?sorting=paid"))).containsExactly(started.get(3), started.get(4));
    assertThat(uids(list("paid?sorting=-paid"))).containsExactly(started.get(4), started.get(3));
  }

  @Test
  void looksAtASpan() {
    assertThat(list("all?to=" + (now() - DAY)).path("total").asInt(-1)).isZero();
    assertThat(list("all?to=" + (now() + 5)).path("total").asInt()).isEqualTo(6);
    assertThat(list("all?from=" + (now() - DAY)).path("total").asInt()).isEqualTo(6);
    assertThat(
            list("all?from=%d&to=%d".formatted(now() + 3_600, now() + 7_200))
                .path("total")
                .asInt(-1))
        .isZero();
    assertThat(list("all?from=%d&to=%d".formatted(now() - 90 * DAY, now())).path("total").asInt())
        .isEqualTo(6);
    assertThat(
            list("all?from=%d&to=%d".formatted(now() - 200 * DAY, now() - 110 * DAY))
                .path("total")
                .asInt(-1))
        .isZero();
  }

  @Test
  void bothEndsOfASpanCount() {
    JsonNode waiting = list("ready").path("list").path(0);
    long at = waiting.path("started_at").asLong();
    assertThat(list("ready?from=%d&to=%d".formatted(at, at)).path("total").asInt()).isEqualTo(1);
    assertThat(list("ready?from=%d&to=%d".formatted(at - 9, at - 1)).path("total").asInt(-1))
        .isZero();
    assertThat(list("ready?from=%d&to=%d".formatted(at + 1, at + 9)).path("total").asInt(-1))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "PAID",
        "all?page=2",
        "all?page=-1",
        "all?page=x",
        "all?limit=1001",
        "all?limit=2&page=4",
        "all?sorting=amount",
        "all?from=yesterday",
        "all?from=-1",
        "all?to=99999999999999",
        "all?from=1.5",
        "all?page=2147483648"
      })
  void refusesWhatItCannotList(String path) {
    Wire.refused(shop.api().get("/payments/status/" + path), 400, -1);
  }

  @Test
  void refusesALongSpanAndABackwardOne() {
    Wire.refused(
        shop.api().get("/payments/status/all?from=%d&to=%d".formatted(now() - 91 * DAY, now())),
        400,
        -1);
    Wire.refused(
        shop.api().get("/payments/status/all?from=%d&to=%d".formatted(now(), now() - 10)), 400, -1);
  }
}
