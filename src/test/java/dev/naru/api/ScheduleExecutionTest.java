package dev.naru.api;

import static dev.naru.api.Plans.PATH;
import static dev.naru.api.Plans.customer;
import static dev.naru.api.Plans.entry;
import static dev.naru.api.Plans.in;
import static dev.naru.api.Plans.read;
import static dev.naru.api.Plans.request;
import static dev.naru.api.Plans.scheduled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Schedules whose time comes while somebody looks. */
@Execution(ExecutionMode.CONCURRENT)
class ScheduleExecutionTest {

  private static final String DECLINED = "4000000000000002";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Shop SHOP = Shop.fresh();

  private final Api api = SHOP.api();
  private final Book book = new Book(Hub.shared());

  private static JsonNode executed(String order) {
    await()
        .atMost(SOON)
        .until(() -> !read(SHOP, order).path("payment_status").asString("").isEmpty());
    return read(SHOP, order);
  }

  private JsonNode hooks(String name) {
    return api.get("/sandbox/hooks/" + name).body();
  }

  private String due(String customer, long seconds) {
    String order = Api.newOrder();
    Map<String, Object> entry = entry(order, in(seconds));
    entry.put("notice_url", api.at("/sandbox/hooks/" + order).toString());
    assertThat(api.post(PATH, request(customer, entry)).code()).isZero();
    return order;
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void chargesTheKeyAtItsTime(String pg) {
    String customer = customer(SHOP, pg, Api.GOOD_CARD);
    String order = due(customer, 4);
    JsonNode schedule = executed(order);
    assertThat(schedule.path("schedule_status").asString()).isEqualTo("executed");
    assertThat(schedule.path("payment_status").asString()).isEqualTo("paid");
    assertThat(schedule.path("pg_provider").asString()).isEqualTo(pg);
    assertThat(schedule.path("executed_at").asLong())
        .isGreaterThanOrEqualTo(schedule.path("schedule_at").asLong());
    String impUid = schedule.path("imp_uid").asString();
    assertThat(impUid).startsWith("imps_");
    JsonNode payment = api.get("/payments/" + impUid).response();
    assertThat(payment.path("status").asString()).isEqualTo("paid");
    assertThat(payment.path("customer_uid_usage").asString()).isEqualTo("payment.scheduled");
    assertThat(payment.path("customer_uid").asString()).isEqualTo(customer);
    assertThat(payment.path("amount").asInt()).isEqualTo(8_900);
    assertThat(book.charges(order)).hasSize(1);
    await().atMost(SOON).until(() -> hooks(order).size() == 1);
    assertThat(hooks(order).get(0).path("fields").path("status").asString()).isEqualTo("paid");
    Wire.refused(api.post(PATH + "/" + order + "/retry", Map.of()), 400, -1);
    Wire.refused(api.put(PATH + "/" + order, Map.of("schedule_at", in(60))), 400, -1);
    Wire.refused(
        api.post(PATH + "/" + order + "/reschedule", Map.of("schedule_at", in(60))), 400, -1);
    api.post("/payments/cancel", Map.of("imp_uid", impUid));
    assertThat(read(SHOP, order).path("payment_status").asString()).isEqualTo("cancelled");
    Wire.refused(api.post(PATH + "/" + order + "/retry", Map.of()), 400, -1);
  }

  @Test
  void tellsOfAFailureAndMayBeTriedAgain() {
    String customer = customer(SHOP, Shop.TOSS, DECLINED);
    String order = due(customer, 4);
    JsonNode failed = executed(order);
    assertThat(failed.path("payment_status").asString()).isEqualTo("failed");
    assertThat(failed.path("fail_reason").asString("")).isNotBlank();
    await().atMost(SOON).until(() -> hooks(order).size() == 1);
    assertThat(hooks(order).get(0).path("fields").path("status").asString()).isEqualTo("failed");

    Api.Answer again = api.post(PATH + "/" + order + "/retry", Map.of());
    assertThat(again.code()).isZero();
    assertThat(again.response().path("status").asString()).isEqualTo("failed");
    assertThat(again.response().path("imp_uid")).isNotEqualTo(failed.path("imp_uid"));

    api.issueKey(customer, Shop.card(Shop.TOSS, Api.GOOD_CARD));
    Api.Answer paid = api.post(PATH + "/" + order + "/retry", Map.of());
    assertThat(paid.response().path("status").asString()).isEqualTo("paid");
    assertThat(read(SHOP, order).path("imp_uid")).isEqualTo(paid.response().path("imp_uid"));
    assertThat(book.charges(order)).hasSize(1);
  }

  @Test
  void aFailedOneIsRescheduled() {
    String customer = customer(SHOP, Shop.TOSS, DECLINED);
    String order = due(customer, 4);
    executed(order);
    api.issueKey(customer, Shop.card(Shop.TOSS, Api.GOOD_CARD));
    Wire.refused(
        api.post(PATH + "/" + order + "/reschedule", Map.of("schedule_at", in(-1))), 400, -1);
    JsonNode waiting =
        api.post(PATH + "/" + order + "/reschedule", Map.of("schedule_at", in(4))).response();
    assertThat(waiting.path("schedule_status").asString()).isEqualTo("scheduled");
    assertThat(waiting.path("imp_uid").isNull()).isTrue();
    assertThat(waiting.path("payment_status").isNull()).isTrue();
    assertThat(executed(order).path("payment_status").asString()).isEqualTo("paid");
  }

  @Test
  void aRevokedOneIsNotExecutedButMayBeLater() {
    String customer = customer(SHOP, Shop.INICIS, Api.GOOD_CARD);
    String revoked = scheduled(SHOP, customer, in(4));
    api.post("/subscribe/payments/unschedule", Map.of("merchant_uid", revoked));
    String later = scheduled(SHOP, customer, in(5));
    executed(later);
    assertThat(read(SHOP, revoked).path("schedule_status").asString()).isEqualTo("revoked");
    assertThat(book.charges(revoked)).isEmpty();
    Api.Answer paid = api.post(PATH + "/" + revoked + "/retry", Map.of());
    assertThat(paid.response().path("status").asString()).isEqualTo("paid");
    assertThat(read(SHOP, revoked).path("revoked_at").asLong()).isZero();
  }

  @Test
  void retriesAtOnceChargeOnce() throws Exception {
    String customer = customer(SHOP, Shop.TOSS, Api.GOOD_CARD);
    String order = scheduled(SHOP, customer, in(600));
    api.post("/subscribe/payments/unschedule", Map.of("merchant_uid", order));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Api.Answer>> answers =
          IntStream.range(0, 10)
              .mapToObj(
                  i -> threads.submit(() -> api.post(PATH + "/" + order + "/retry", Map.of())))
              .toList();
      int paid = 0;
      for (Future<Api.Answer> answer : answers) {
        paid += answer.get().status() == 200 ? 1 : 0;
      }
      assertThat(paid).isOne();
    }
    assertThat(book.charges(order)).hasSize(1);
  }

  @Test
  void aKeyThatIsGoneFailsTheCharge() {
    String customer = customer(SHOP, Shop.TOSS, Api.GOOD_CARD);
    String order = due(customer, 600);
    api.delete("/subscribe/customers/" + customer);
    api.put(PATH + "/" + order, Map.of("schedule_at", in(4)));
    JsonNode failed = executed(order);
    assertThat(failed.path("payment_status").asString()).isEqualTo("failed");
    assertThat(failed.path("fail_reason").asString()).contains("등록된 고객정보가 없습니다.");
    assertThat(book.charges(order)).isEmpty();
    await().atMost(SOON).until(() -> hooks(order).size() == 1);
    Wire.refused(api.post(PATH + "/" + order + "/retry", Map.of()), 404, -1);
  }

  @Test
  void anOrderThatWasPaidOtherwiseIsNotChargedAgain() {
    String customer = customer(SHOP, Shop.TOSS, Api.GOOD_CARD);
    String order = due(customer, 600);
    api.post(
        "/subscribe/payments/again",
        Map.of("customer_uid", customer, "merchant_uid", order, "amount", 1_000, "name", "Plan"));
    api.put(PATH + "/" + order, Map.of("schedule_at", in(4)));
    assertThat(executed(order).path("payment_status").asString()).isEqualTo("failed");
    assertThat(book.charges(order)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "tosspayments, 4000000000009001, failed",
    "tosspayments, 4000000000009003, paid",
    "html5_inicis, 4000000000009002, paid",
    "html5_inicis, 4000000000009004, paid"
  })
  void anUnknownOutcomeIsFollowed(String pg, String card, String end) {
    String order = due(customer(SHOP, pg, card), 4);
    assertThat(executed(order).path("payment_status").asString()).isEqualTo(end);
    assertThat(book.charges(order)).hasSize("paid".equals(end) ? 1 : 0);
    await().atMost(SOON).until(() -> hooks(order).size() == 1);
    assertThat(hooks(order).get(0).path("fields").path("status").asString()).isEqualTo(end);
  }
}
