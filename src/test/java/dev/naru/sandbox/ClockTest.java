package dev.naru.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.billing.Recoveries;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A sandbox whose time is moved on: nothing that is due on the way is skipped. */
@Apart
class ClockTest {

  private static final long DEMO = 1;
  private static final Hub HUB = Hub.start(Map.of());

  private final Book book = new Book(HUB);

  @AfterAll
  static void end() {
    HUB.close();
  }

  /** A token does not live as long as these tests think. */
  private static Api api() {
    return new Api(HUB.url());
  }

  private static Api.Answer clock(String body) {
    return api().raw("POST", "/sandbox/clock", "application/json", body);
  }

  private static JsonNode moved(String by) {
    Api.Answer answer = clock("{\"by\":\"" + by + "\"}");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void isFreeAsSoonAsItHasAnswered() {
    for (int n = 0; n < 40; n++) {
      assertThat(moved("PT1S").path("moving").asBoolean()).isFalse();
    }
  }

  private static long now() {
    return api().get("/sandbox/clock").body().path("unix").asLong();
  }

  private static String customer(String pg, String card) {
    Map<String, Object> key = new LinkedHashMap<>(Api.keyIn("none", pg, card));
    key.remove("merchant_uid");
    String customer = "customer-" + UUID.randomUUID();
    Api.Answer answer = api().issueKey(customer, key);
    assertThat(answer.code()).as(answer.message()).isZero();
    return customer;
  }

  private static String scheduled(String customer, long at) {
    String order = Api.newOrder();
    Map<String, Object> entry =
        Map.of(
            "merchant_uid",
            order,
            "schedule_at",
            at,
            "amount",
            5_000,
            "name",
            "Plan",
            "notice_url",
            api().at("/sandbox/hooks/" + order).toString());
    Api.Answer answer =
        api()
            .post(
                "/subscribe/payments/schedule",
                Map.of("customer_uid", customer, "schedules", List.of(entry)));
    assertThat(answer.code()).as(answer.message()).isZero();
    return order;
  }

  private static JsonNode schedule(String order) {
    return api().get("/subscribe/payments/schedule/" + order).response();
  }

  private static JsonNode hooks(String name) {
    return api().get("/sandbox/hooks/" + name).body();
  }

  @Test
  void isRead() {
    JsonNode clock = api().get("/sandbox/clock").body();
    assertThat(Instant.parse(clock.path("now").asString()).getEpochSecond())
        .isEqualTo(clock.path("unix").asLong());
    assertThat(clock.path("moving").asBoolean()).isFalse();
    assertThat(clock.path("ahead").asLong()).isNotNegative();
  }

  @ParameterizedTest
  @CsvSource({"PT1H, 3600", "P1D, 86400", "90, 90", "P1DT30M, 88200", "P1W, 604800"})
  void movesBy(String by, long seconds) {
    long before = now();
    assertThat(moved(by).path("unix").asLong()).isBetween(before + seconds, before + seconds + 30);
  }

  @Test
  void movesToATimeInAnyEncoding() {
    long first = now() + 100;
    Api.Answer form =
        api().raw("POST", "/sandbox/clock", "application/x-www-form-urlencoded", "to=" + first);
    assertThat(form.body().path("unix").asLong()).isBetween(first, first + 30);
    Instant second = Instant.ofEpochSecond(first + 500);
    Api.Answer query = api().raw("POST", "/sandbox/clock?to=" + second, "application/json", "");
    assertThat(query.body().path("unix").asLong()).isBetween(first + 500, first + 530);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{",
        "{\"by\":\"PT1H\",\"to\":99999999999}",
        "{\"by\":\"-PT1H\"}",
        "{\"by\":\"PT-1H\"}",
        "{\"by\":-5}",
        "{\"by\":\"soon\"}",
        "{\"by\":\"P999999999999D\"}",
        "{\"by\":\"P100Y\"}",
        "{\"by\":99999999999999999999}",
        "{\"to\":1}",
        "{\"to\":\"2020-01-01T00:00:00Z\"}",
        "{\"to\":\"tomorrow\"}",
        "{\"to\":99999999999}",
        "{\"by\":1,\"wait\":\"x\"}"
      })
  void refuses(String body) {
    long before = now();
    Api.Answer answer = clock(body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(now()).isBetween(before, before + 20);
  }

  @Test
  void executesAllOnTheWayAtItsTime() {
    String customer = customer("tosspayments", Api.GOOD_CARD);
    long now = now();
    String hour = scheduled(customer, now + 3_600);
    String day = scheduled(customer, now + 86_400);
    String month = scheduled(customer, now + 30 * 86_400);
    String later = scheduled(customer, now + 32 * 86_400);
    moved("P31D");
    for (String order : List.of(hour, day, month)) {
      JsonNode done = schedule(order);
      assertThat(done.path("payment_status").asString()).isEqualTo("paid");
      long at = done.path("schedule_at").asLong();
      assertThat(done.path("executed_at").asLong()).isBetween(at, at + 20);
      assertThat(hooks(order)).hasSize(1);
      assertThat(book.charges(order)).hasSize(1);
    }
    assertThat(schedule(later).path("schedule_status").asString()).isEqualTo("scheduled");
  }

  /** The PG is slower than the hub waits, in a time of its own that moves on with the hub's. */
  @ParameterizedTest
  @CsvSource({
    "tosspayments, 4000000000009001, failed",
    "tosspayments, 4000000000009003, paid",
    "html5_inicis, 4000000000009003, paid",
    "html5_inicis, 4000000000009002, paid"
  })
  void endsWhatIsUnknownOnTheWay(String pg, String card, String end) {
    String order = scheduled(customer(pg, card), now() + 600);
    moved("P2D");
    assertThat(schedule(order).path("payment_status").asString()).isEqualTo(end);
    assertThat(book.charges(order)).hasSize("paid".equals(end) ? 1 : 0);
    assertThat(hooks(order).get(0).path("fields").path("status").asString()).isEqualTo(end);
  }

  @Test
  void webhooksAreRetriedOnTheWay() {
    String order = Api.newOrder();
    api().put("/sandbox/hooks/" + order, Map.of("status", 500, "times", 6));
    Map<String, Object> keyIn = Api.keyIn(order, "tosspayments", Api.GOOD_CARD);
    keyIn.put("notice_url", api().at("/sandbox/hooks/" + order).toString());
    api().post("/subscribe/payments/onetime", keyIn);
    moved("P3D");
    assertThat(hooks(order)).hasSize(7);
  }

  @Test
  void failuresAreRecoveredEachDayAtItsHour() {
    Recoveries recoveries = HUB.bean(Recoveries.class);
    assertThat(recoveries.hour(DEMO)).isEmpty();
    String off = scheduled(customer("tosspayments", "4000000000000002"), now() + 60);
    moved("P3D");
    long untouched = schedule(off).path("executed_at").asLong();
    assertThat(untouched).isPositive().isLessThan(now() - 2 * 86_400);

    recoveries.update(Actor.HUB, DEMO, OptionalInt.of(3));
    String customer = customer("tosspayments", "4000000000000002");
    LocalDate day = today().plusDays(1);
    String order = scheduled(customer, at(day, 10));
    Api.Answer to = clock("{\"to\":" + at(day.plusDays(1), 4) + "}");
    assertThat(to.status()).isEqualTo(200);
    JsonNode failedTwice = schedule(order);
    assertThat(failedTwice.path("payment_status").asString()).isEqualTo("failed");
    long recovery = at(day.plusDays(1), 3);
    assertThat(failedTwice.path("executed_at").asLong()).isBetween(recovery, recovery + 30);
    assertThat(failedTwice.path("schedule_at").asLong()).isEqualTo(at(day, 10));
    assertThat(schedule(off).path("executed_at").asLong()).as("long ago").isEqualTo(untouched);

    Map<String, Object> good = Api.keyIn("none", "tosspayments", Api.GOOD_CARD);
    good.remove("merchant_uid");
    api().issueKey(customer, good);
    clock("{\"to\":" + at(day.plusDays(2), 4) + "}");
    JsonNode paid = schedule(order);
    assertThat(paid.path("payment_status").asString()).isEqualTo("paid");
    long next = at(day.plusDays(2), 3);
    assertThat(paid.path("executed_at").asLong()).isBetween(next, next + 30);
    assertThat(book.charges(order)).hasSize(1);
    assertThat(hooks(order)).hasSize(3);
    recoveries.update(Actor.HUB, DEMO, OptionalInt.empty());
    assertThat(recoveries.hour(DEMO)).isEmpty();
  }

  private static LocalDate today() {
    return Instant.ofEpochSecond(now()).atZone(HubClock.SEOUL).toLocalDate();
  }

  private static long at(LocalDate day, int hour) {
    return day.atTime(hour, 0).atZone(HubClock.SEOUL).toEpochSecond();
  }

  /** A request that runs keeps time where it is: it must not look dead. */
  @Test
  void waitsForACallThatIsUnderWay() throws Exception {
    String order = Api.newOrder();
    Thread buyer =
        Thread.startVirtualThread(
            () ->
                api()
                    .post(
                        "/subscribe/payments/onetime",
                        Api.keyIn(order, "tosspayments", "4000000000009005")));
    await().until(() -> api().get("/payments/find/" + order).status() == 200);
    moved("P1D");
    buyer.join();
    JsonNode payment = api().get("/payments/find/" + order).response();
    assertThat(payment.path("status").asString()).isEqualTo("paid");
    assertThat(book.charges(order)).hasSize(1);
  }

  @Test
  void onlyOneMovesItAndItGoesOnWithoutWhoAsked() {
    String customer = customer("tosspayments", Api.GOOD_CARD);
    long now = now();
    for (int i = 1; i <= 20; i++) {
      scheduled(customer, now + i * 3_600L);
    }
    Api.Answer first = clock("{\"by\":\"P10D\",\"wait\":0}");
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.body().path("moving").asBoolean()).isTrue();
    Api.Answer second = clock("{\"by\":\"PT1H\"}");
    assertThat(second.status()).isEqualTo(409);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !api().get("/sandbox/clock").body().path("moving").asBoolean());
    assertThat(now()).isBetween(now + 10 * 86_400, now + 10 * 86_400 + 60);
  }

  @Test
  void needsNoToken() {
    assertThat(api().bare(HttpRequest.newBuilder(HUB.url().resolve("/sandbox/clock"))).status())
        .isEqualTo(200);
  }
}
