package dev.naru.console.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.api.Shop;
import dev.naru.testing.Api;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Billing keys and schedules of a test's shop, as its server makes them. */
public record Plans(Shop shop) {

  private static final String PATH = "/subscribe/payments/schedule";
  private static final String DECLINED = "4000000000000002";

  public String customer() {
    return customer(Shop.TOSS, Api.GOOD_CARD);
  }

  /** One whose card is accepted, and declined when it is charged. */
  public String declined() {
    return customer(Shop.TOSS, DECLINED);
  }

  /** Gives a customer a card that is approved. */
  public void cards(String customer) {
    issue(customer, Shop.TOSS, Api.GOOD_CARD);
  }

  private String customer(String pg, String card) {
    String customer = "customer-" + UUID.randomUUID();
    issue(customer, pg, card);
    return customer;
  }

  private void issue(String customer, String pg, String card) {
    Map<String, Object> parameters = Api.keyIn("none", pg, card);
    parameters.remove("merchant_uid");
    Api.Answer answer = shop.api().issueKey(customer, parameters);
    assertThat(answer.code()).as(answer.message()).isZero();
  }

  /** Waits for its day. */
  public String waiting(String customer, Instant at, String name, long amount) {
    return waiting(customer, at, name, amount, 1).getFirst();
  }

  /** So many of the same. */
  List<String> waiting(String customer, Instant at, String name, long amount, int count) {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Map<String, Object> entry = new HashMap<>();
      entry.put("merchant_uid", Api.newOrder());
      entry.put("schedule_at", at.getEpochSecond());
      entry.put("amount", amount);
      entry.put("name", name);
      entry.put("buyer_name", "김나루");
      entry.put("buyer_tel", "010-1234-5678");
      entries.add(entry);
    }
    Api.Answer answer =
        shop.api().post(PATH, Map.of("customer_uid", customer, "schedules", entries));
    assertThat(answer.code()).as(answer.message()).isZero();
    return entries.stream().map(entry -> String.valueOf(entry.get("merchant_uid"))).toList();
  }

  public String revoked(String customer, Instant at, String name, long amount) {
    String order = waiting(customer, at, name, amount);
    Api.Answer answer =
        shop.api()
            .post(
                "/subscribe/payments/unschedule",
                Map.of("customer_uid", customer, "merchant_uid", order));
    assertThat(answer.code()).as(answer.message()).isZero();
    return order;
  }

  /** Charged at once: paid or failed, as the customer's card has it. */
  public String charged(String customer, Instant at, String name, long amount) {
    String order = revoked(customer, at, name, amount);
    Api.Answer answer = shop.api().post(PATH + "/" + order + "/retry", Map.of());
    assertThat(answer.code()).as(answer.message()).isZero();
    return order;
  }

  public String state(String order) {
    return shop.api().get(PATH + "/" + order).response().path("schedule_status").asString();
  }

  public String payment(String order) {
    return shop.api().get(PATH + "/" + order).response().path("payment_status").asString("");
  }
}
