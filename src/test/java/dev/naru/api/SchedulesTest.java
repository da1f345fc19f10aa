package dev.naru.api;

import static dev.naru.api.Plans.PATH;
import static dev.naru.api.Plans.customer;
import static dev.naru.api.Plans.entry;
import static dev.naru.api.Plans.in;
import static dev.naru.api.Plans.read;
import static dev.naru.api.Plans.request;
import static dev.naru.api.Plans.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's schedules as they are asked for and read; nothing of it is due yet. */
class SchedulesTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String CUSTOMER = customer(SHOP, Shop.TOSS, Api.GOOD_CARD);

  private final Api api = SHOP.api();

  private static String unscheduled(Api.Answer answer) {
    assertThat(answer.code()).as(answer.message()).isZero();
    return String.join(
        ",",
        answer.response().valueStream().map(one -> one.path("merchant_uid").asString()).toList());
  }

  @Test
  void storesWhatItIsTold() {
    String order = Api.newOrder();
    Map<String, Object> entry = entry(order, in(86_400));
    entry.put("buyer_name", "이나루");
    entry.put("custom_data", Map.of("plan", 1));
    String promotion = Promoted.running(SHOP, Promoted.SAMSUNG, 10_000, Promoted.TEN_PERCENT);
    entry.put("promotion_id", promotion);
    Api.Answer answer = api.post(PATH, request(CUSTOMER, entry));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response()).hasSize(1);
    JsonNode one = answer.response().get(0);
    assertThat(one.propertyNames())
        .containsExactlyInAnyOrder(
            "customer_uid",
            "merchant_uid",
            "imp_uid",
            "pg_provider",
            "pg_id",
            "customer_id",
            "schedule_at",
            "executed_at",
            "revoked_at",
            "amount",
            "currency",
            "name",
            "buyer_name",
            "buyer_email",
            "buyer_tel",
            "buyer_addr",
            "buyer_postcode",
            "custom_data",
            "schedule_status",
            "payment_status",
            "fail_reason",
            "promotion_id");
    assertThat(one.path("customer_uid").asString()).isEqualTo(CUSTOMER);
    assertThat(one.path("schedule_at").asLong()).isEqualTo(entry.get("schedule_at"));
    assertThat(one.path("amount").asInt()).isEqualTo(8_900);
    assertThat(one.path("schedule_status").asString()).isEqualTo("scheduled");
    assertThat(one.path("custom_data").asString()).isEqualTo("{\"plan\":1}");
    assertThat(one.path("promotion_id").asString()).isEqualTo(promotion);
    assertThat(one.path("buyer_name").asString()).isEqualTo("이나루");
    assertThat(one.path("buyer_email").asString())
        .as("of the key's customer")
        .isEqualTo("buyer@example.com");
    for (String nothing : List.of("imp_uid", "pg_provider", "payment_status", "fail_reason")) {
      assertThat(one.path(nothing).isNull()).as(nothing).isTrue();
    }
    assertThat(one.path("executed_at").asLong()).isZero();
    assertThat(one.path("revoked_at").asLong()).isZero();
    assertThat(read(SHOP, order)).isEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource({
    "schedules[0][, schedules[1][",
    "schedules[][, schedules[][",
    "schedules%5B0%5D%5B, schedules%5B1%5D%5B"
  })
  void takesForms(String first, String second) {
    String one = Api.newOrder();
    String two = Api.newOrder();
    String form = "customer_uid=" + CUSTOMER + field(first, one) + field(second, two);
    Api.Answer answer = api.raw("POST", PATH, "application/x-www-form-urlencoded", form);
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(answer.response()).hasSize(2);
    assertThat(read(SHOP, two).path("amount").asInt()).isEqualTo(4_200);
    assertThat(read(SHOP, two).path("name").asString()).isEqualTo("of " + two);
    assertThat(
            unscheduled(
                api.raw(
                    "POST",
                    "/subscribe/payments/unschedule/",
                    "application/x-www-form-urlencoded",
                    "customer_uid=" + CUSTOMER + "&merchant_uid[]=" + one + "&merchant_uid[]=x")))
        .isEqualTo(one);
  }

  private static String field(String start, String order) {
    String end = start.endsWith("%5B") ? "%5D" : "]";
    return "&"
        + start
        + "merchant_uid"
        + end
        + "="
        + order
        + "&"
        + start
        + "schedule_at"
        + end
        + "="
        + in(9_000)
        + "&"
        + start
        + "amount"
        + end
        + "=4200&"
        + start
        + "name"
        + end
        + "=of+"
        + order;
  }

  @Test
  void takesTheArrayAsText() {
    String order = Api.newOrder();
    String text =
        "[{\"merchant_uid\":\"%s\",\"schedule_at\":%d,\"amount\":1000,\"name\":\"Plan\"}]"
            .formatted(order, in(500));
    Api.Answer answer = api.postForm(PATH, Map.of("customer_uid", CUSTOMER, "schedules", text));
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(read(SHOP, order).path("currency").asString()).isEqualTo("KRW");
  }

  @Test
  void allOrNone() {
    String fresh = Api.newOrder();
    String known = scheduled(SHOP, CUSTOMER, in(500));
    long before = SHOP.rows("schedule");
    refusesAll(1, entry(fresh, in(60)), entry(fresh, in(70)));
    refusesAll(1, entry(fresh, in(60)), entry(known, in(70)));
    refusesAll(1, entry(fresh, in(60)), entry(Api.newOrder(), in(-5)));
    String paid = SHOP.paid(Shop.TOSS).path("merchant_uid").asString();
    refusesAll(1, entry(fresh, in(60)), entry(paid, in(70)));
    Map<String, Object> noAmount = entry(Api.newOrder(), in(60));
    noAmount.remove("amount");
    refusesAll(-1, entry(fresh, in(60)), noAmount);
    Map<String, Object> dollars = entry(Api.newOrder(), in(60));
    dollars.put("currency", "USD");
    refusesAll(-1, entry(fresh, in(60)), dollars);
    Map<String, Object> noTime = entry(Api.newOrder(), in(60));
    noTime.remove("schedule_at");
    refusesAll(-1, entry(fresh, in(60)), noTime);
    assertThat(SHOP.rows("schedule")).isEqualTo(before);
  }

  private void refusesAll(int code, Map<String, Object> first, Map<String, Object> second) {
    refusesAll(code, List.of(first, second));
  }

  private void refusesAll(int code, List<Map<String, Object>> entries) {
    Wire.refused(api.post(PATH, request(CUSTOMER, entries)), 200, code);
  }

  @Test
  void aRevokedMerchantUidStaysTaken() {
    String order = scheduled(SHOP, CUSTOMER, in(500));
    api.post("/subscribe/payments/unschedule", Map.of("merchant_uid", order));
    refusesAll(1, List.of(entry(order, in(60))));
  }

  @Test
  void wantsAKey() {
    Api.Answer answer = api.post(PATH, request("nobody", entry(Api.newOrder(), in(60))));
    Wire.refused(answer, 200, 1);
    assertThat(answer.message()).contains("등록된 고객정보가 없습니다.");
    Wire.refused(
        Shop.fresh().api().post(PATH, request(CUSTOMER, entry(Api.newOrder(), in(60)))), 200, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void issuesAKeyWithCardData(String pg) {
    String customer = "customer-" + UUID.randomUUID();
    String order = Api.newOrder();
    Map<String, Object> entry = entry(order, in(60_000));
    entry.put("buyer_name", "박나루");
    Map<String, Object> request = request(customer, entry);
    request.putAll(Shop.card(pg, Api.GOOD_CARD));
    request.put("checking_amount", 1_000);
    Api.Answer answer = api.post(PATH, request);
    assertThat(answer.code()).as(answer.message()).isZero();
    JsonNode key = api.get("/subscribe/customers/" + customer).response();
    assertThat(key.path("pg_provider").asString()).isEqualTo(pg);
    assertThat(key.path("customer_name").asString()).isEqualTo("박나루");
    assertTestCharge(customer, "cancelled");
  }

  private void assertTestCharge(String customer, String status) {
    JsonNode payments = api.get("/subscribe/customers/" + customer + "/payments").response();
    assertThat(payments.path("total").asInt()).isOne();
    JsonNode test = payments.path("list").get(0);
    assertThat(test.path("status").asString()).isEqualTo(status);
    List<JsonNode> charges = new Book(Hub.shared()).charges(test.path("merchant_uid").asString());
    assertThat(charges).hasSize("cancelled".equals(status) ? 1 : 0);
    charges.forEach(charge -> assertThat(charge.path("balance").asInt()).isZero());
  }

  @Test
  void aRefusedTestChargeSchedulesNothing() {
    String customer = customer(SHOP, Shop.TOSS, "4000000000000002");
    Map<String, Object> request = request(customer, entry(Api.newOrder(), in(60)));
    request.put("checking_amount", "500");
    long before = SHOP.rows("schedule");
    Api.Answer answer = api.post(PATH, request);
    Wire.refused(answer, 200, -1);
    assertThat(SHOP.rows("schedule")).isEqualTo(before);
    assertTestCharge(customer, "failed");
  }

  @Test
  void aBadCardSchedulesNothing() {
    Map<String, Object> request =
        request("customer-" + UUID.randomUUID(), entry(Api.newOrder(), in(60)));
    request.putAll(Shop.card(Shop.TOSS, "4000000000000069"));
    long before = SHOP.rows("schedule");
    Api.Answer answer = api.post(PATH, request);
    Wire.refused(answer, 200, -1);
    assertThat(answer.message()).contains("카드정보 인증 및 빌키 발급에 실패하였습니다.");
    assertThat(SHOP.rows("schedule")).isEqualTo(before);
  }

  @Test
  void listsByTime() {
    Shop shop = Shop.fresh();
    String customer = customer(shop, Shop.TOSS, Api.GOOD_CARD);
    String other = customer(shop, Shop.TOSS, Api.GOOD_CARD);
    long start = in(10_000);
    String first = scheduled(shop, customer, start);
    String second = scheduled(shop, other, start + 100);
    String third = scheduled(shop, customer, start + 200);
    String range = "?schedule_from=" + start + "&schedule_to=" + (start + 201);
    assertThat(orders(shop, PATH + range)).containsExactly(third, second, first);
    assertThat(orders(shop, PATH + range + "&sorting=scheduled"))
        .containsExactly(first, second, third);
    assertThat(orders(shop, PATH + "?schedule_from=" + start + "&schedule_to=" + (start + 200)))
        .containsExactly(second, first);
    JsonNode page = shop.api().get(PATH + range + "&page=2&limit=1").response();
    assertThat(page.path("total").asInt()).isEqualTo(3);
    assertThat(page.path("previous").asInt()).isOne();
    assertThat(page.path("next").asInt()).isEqualTo(3);
    assertThat(page.path("list").get(0).path("merchant_uid").asString()).isEqualTo(second);
    shop.api().post("/subscribe/payments/unschedule", Map.of("merchant_uid", third));
    assertThat(orders(shop, PATH + range + "&schedule_status=scheduled"))
        .containsExactly(second, first);
    assertThat(orders(shop, PATH + range + "&schedule_status=revoked")).containsExactly(third);
    String span = "?from=" + start + "&to=" + (start + 1_000);
    for (String path :
        List.of(
            PATH + "/customers/" + customer, "/subscribe/customers/" + customer + "/schedules")) {
      assertThat(orders(shop, path + span)).containsExactly(third, first);
      assertThat(orders(shop, path + range)).containsExactly(third, first);
      assertThat(orders(shop, path + span + "&schedule-status=revoked")).containsExactly(third);
      assertThat(orders(shop, path + span + "&schedule_status=executed")).isEmpty();
      // Without a range of its own it is the current one.
      assertThat(shop.api().get(path).code()).isZero();
    }
  }

  private static List<String> orders(Shop shop, String path) {
    Api.Answer answer = shop.api().get(path);
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    return answer
        .response()
        .path("list")
        .valueStream()
        .map(one -> one.path("merchant_uid").asString())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?schedule_from=1767225600",
        "?schedule_to=1767225600",
        "?schedule_from=1767225600&schedule_to=1767225600",
        "?schedule_from=1767225600&schedule_to=1767225599",
        "?schedule_from=1767225600&schedule_to=1775001601",
        "?schedule_from=a&schedule_to=1775001600",
        "?schedule_from=1767225600&schedule_to=1775001600&schedule_status=paid",
        "?schedule_from=1767225600&schedule_to=1775001600&sorting=paid",
        "?schedule_from=1767225600&schedule_to=1775001600&limit=1001",
      })
  void refusesAList(String query) {
    Wire.refused(api.get(PATH + query), 400, -1);
  }

  @Test
  void listsThreeMonths() {
    // From 1 January to 1 April, in Seoul.
    assertThat(api.get(PATH + "?schedule_from=1767193200&schedule_to=1774969200").status())
        .isEqualTo(200);
    Wire.refused(api.get(PATH + "?schedule_from=1767193200&schedule_to=1774969201"), 400, -1);
  }

  @Test
  void moves() {
    String order = scheduled(SHOP, CUSTOMER, in(500));
    long later = in(90_000);
    JsonNode moved = api.put(PATH + "/" + order, Map.of("schedule_at", later)).response();
    assertThat(moved.path("schedule_at").asLong()).isEqualTo(later);
    assertThat(read(SHOP, order)).isEqualTo(moved);
    Wire.refused(api.put(PATH + "/" + order, Map.of("schedule_at", in(-10))), 400, -1);
    Wire.refused(api.put(PATH + "/nothing", Map.of("schedule_at", later)), 404, -1);
    Wire.refused(
        api.post(PATH + "/" + order + "/reschedule", Map.of("schedule_at", later)), 400, -1);
    Wire.refused(api.post(PATH + "/" + order + "/retry", Map.of()), 400, -1);
    Wire.refused(api.post(PATH + "/nothing/retry", Map.of()), 404, -1);
    Wire.refused(api.post(PATH + "/nothing/reschedule", Map.of("schedule_at", later)), 404, -1);
    Wire.refused(api.get(PATH + "/nothing"), 404, -1);
    assertThat(read(SHOP, order)).isEqualTo(moved);
  }

  @Test
  void revokesInThreeForms() {
    String customer = customer(SHOP, Shop.TOSS, Api.GOOD_CARD);
    String one = scheduled(SHOP, customer, in(500));
    String two = scheduled(SHOP, customer, in(501));
    String three = scheduled(SHOP, customer, in(502));
    String four = scheduled(SHOP, customer, in(503));
    Map<String, Object> ofOther = new LinkedHashMap<>();
    ofOther.put("customer_uid", CUSTOMER);
    ofOther.put("merchant_uid", List.of(one));
    Api.Answer none = api.post("/subscribe/payments/unschedule", ofOther);
    Wire.refused(none, 200, 1);
    assertThat(none.message()).contains("취소할 예약결제 기록이 존재하지 않습니다.");
    assertThat(revoke(Map.of("merchant_uid", one))).isEqualTo(one);
    assertThat(revoke(Map.of("merchant_uid", List.of(one, two)))).isEqualTo(two);
    assertThat(revoke(Map.of("customer_uid", customer, "merchant_uid", three))).isEqualTo(three);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("customer_uid", customer);
    all.put("merchant_uid", null);
    assertThat(revoke(all)).isEqualTo(four);
    Wire.refused(api.post("/subscribe/payments/unschedule", all), 200, 1);
    assertThat(read(SHOP, one).path("schedule_status").asString()).isEqualTo("revoked");
    assertThat(read(SHOP, one).path("revoked_at").asLong()).isPositive();
    Wire.refused(api.put(PATH + "/" + one, Map.of("schedule_at", in(600))), 400, -1);
  }

  private String revoke(Map<String, Object> request) {
    return unscheduled(api.post("/subscribe/payments/unschedule", request));
  }

  @Test
  void eachTierHasItsOwn() {
    Shop tier = SHOP.tier("S01");
    String order = scheduled(SHOP, CUSTOMER, in(800));
    Wire.refused(tier.api().get(PATH + "/" + order), 404, -1);
    Wire.refused(tier.api().put(PATH + "/" + order, Map.of("schedule_at", in(60))), 404, -1);
    Wire.refused(tier.api().post(PATH + "/" + order + "/retry", Map.of()), 404, -1);
    Wire.refused(
        tier.api().post("/subscribe/payments/unschedule", Map.of("merchant_uid", order)), 200, 1);
    Wire.refused(
        tier.api().post("/subscribe/payments/unschedule", Map.of("customer_uid", CUSTOMER)),
        200,
        1);
    String own = customer(tier, Shop.TOSS, Api.GOOD_CARD);
    Api.Answer same = tier.api().post(PATH, request(own, entry(order, in(900))));
    assertThat(same.code()).as(same.message()).isZero();
    assertThat(read(SHOP, order).path("customer_uid").asString()).isEqualTo(CUSTOMER);
  }

  @Test
  void paymentsOfACustomer() {
    Wire.refused(api.get("/subscribe/customers/nobody/payments"), 404, -1);
    String customer = customer(SHOP, Shop.TOSS, Api.GOOD_CARD);
    String path = "/subscribe/customers/" + customer + "/payments";
    assertThat(api.get(path).response().path("total").asInt()).isZero();
    String order = Api.newOrder();
    api.post(
        "/subscribe/payments/again",
        Map.of("customer_uid", customer, "merchant_uid", order, "amount", 1_000, "name", "Plan"));
    JsonNode list = api.get(path).response();
    assertThat(list.path("total").asInt()).isOne();
    assertThat(list.path("list").get(0).path("merchant_uid").asString()).isEqualTo(order);
    assertThat(list.path("next").asInt()).isZero();
  }
}
