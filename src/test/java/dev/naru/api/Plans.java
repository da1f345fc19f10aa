package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What the tests of schedules ask for, and read. */
final class Plans {

  static final String PATH = "/subscribe/payments/schedule";

  private Plans() {}

  /** The machine's time in UNIX seconds, later by so many. */
  static long in(long seconds) {
    return System.currentTimeMillis() / 1000 + seconds;
  }

  static Map<String, Object> entry(String merchantUid, long at) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("merchant_uid", merchantUid);
    entry.put("schedule_at", at);
    entry.put("currency", "KRW");
    entry.put("amount", 8_900);
    entry.put("name", "월간 이용권");
    return entry;
  }

  static Map<String, Object> request(String customerUid, Map<String, Object> entry) {
    return request(customerUid, List.of(entry));
  }

  static Map<String, Object> request(String customerUid, List<Map<String, Object>> entries) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("customer_uid", customerUid);
    request.put("schedules", entries);
    return request;
  }

  /** A customer_uid with a key to this card. */
  static String customer(Shop shop, String pg, String card) {
    String customer = "customer-" + UUID.randomUUID();
    Api.Answer answer = shop.api().issueKey(customer, Shop.card(pg, card));
    assertThat(answer.code()).as(answer.message()).isZero();
    return customer;
  }

  /** One entry, scheduled; says its merchant_uid. */
  static String scheduled(Shop shop, String customer, long at) {
    String order = Api.newOrder();
    Api.Answer answer = shop.api().post(PATH, request(customer, entry(order, at)));
    assertThat(answer.code()).as(answer.message()).isZero();
    return order;
  }

  static JsonNode read(Shop shop, String merchantUid) {
    return shop.api().get(PATH + "/" + merchantUid).response();
  }
}
