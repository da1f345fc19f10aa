package dev.naru.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * The npm client {@code iamport-rest-client-nodejs}, as published, with each operation it has. It
 * shows what it knows of an answer: where a field is missing here, the client does not pass it on.
 */
@NeedsNode
class RestClientNodejsTest {

  private static final String REFUSED_CARD = "4000-0000-0000-0002";

  private static Steps steps;

  @BeforeAll
  static void runIt() {
    NodeClients.install();
    Hub hub = Hub.shared();
    String order = Api.newOrder();
    JsonNode outcome =
        NodeClients.run(
            "official-flows.js",
            hub.url().toString(),
            order,
            Api.GOOD_CARD,
            REFUSED_CARD,
            hub.simulatorUrl().toString(),
            byEscrow(hub));
    steps = new Steps(order, outcome);
  }

  /** A transfer as if made in a window that was asked for escrow: V1 has no other way. */
  private static String byEscrow(Hub hub) {
    Api api = new Api(hub.url());
    Map<String, Object> account = new HashMap<>();
    account.put("merchant_uid", Api.newOrder());
    account.put("pg", "html5_inicis");
    account.put("amount", 10_000);
    account.put("vbank_code", "088");
    account.put("vbank_due", System.currentTimeMillis() / 1_000 + 86_400);
    account.put("vbank_holder", "나루상점");
    account.put("name", "나무 의자");
    account.put("buyer_name", "김나루");
    account.put("buyer_email", "buyer@example.com");
    account.put("buyer_tel", "010-0000-0000");
    JsonNode waiting = api.post("/vbanks", account).response();
    String number = waiting.path("vbank_num").asString();
    URI bank = hub.simulatorUrl().resolve("/_sim/vbanks/html5_inicis/" + number + "/deposit");
    new Api(hub.simulatorUrl())
        .bare(
            HttpRequest.newBuilder(bank)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    String impUid = waiting.path("imp_uid").asString();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> api.get("/payments/" + impUid).response().path("status").asString(""),
            "paid"::equals);
    JdbcClient.create(hub.database().dataSource())
        .sql("update payment set doc = jsonb_set(doc, '{escrow}', 'true') where imp_uid = ?")
        .param(impUid)
        .update();
    return impUid;
  }

  private static JsonNode response(String step) {
    JsonNode data = steps.value(step);
    assertThat(data.path("code").asInt(-99)).as(step).isZero();
    return data.path("response");
  }

  private static void refused(String step, int status, int code) {
    JsonNode error = steps.error(step);
    JsonNode envelope = error.path("envelope");
    assertThat(envelope.path("code").asInt(99)).as("%s: %s", step, error).isEqualTo(code);
    assertThat(envelope.path("message").asString("")).as(step).isNotBlank();
    // What came with HTTP 200 the client rejects by itself, and then it names no status.
    assertThat(error.path("http").asInt(200)).as(step).isEqualTo(status);
  }

  @Test
  void payments() {
    JsonNode paid = response("paid");
    assertThat(response("token").path("access_token").asString()).matches("[0-9a-f]{40}");
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("merchant_uid").asString()).isEqualTo(steps.order());
    assertThat(paid.path("amount").asInt()).isEqualTo(10_000);
    assertThat(paid.path("paid_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(response("readByImpUid")).isEqualTo(paid);
    assertThat(response("readByMerchantUid")).isEqualTo(paid);
    assertThat(response("readByImpUids").get(0)).isEqualTo(paid);
    assertThat(steps.value("readByImpUids").path("failed").get(0).asString())
        .isEqualTo("imp_000000000000");
    for (String step : List.of("readByMerchantUids", "readByStatus")) {
      assertThat(response(step).path("list").findValuesAsString("imp_uid"))
          .as(step)
          .contains(paid.path("imp_uid").asString());
    }
    assertThat(response("declined").path("status").asString()).isEqualTo("failed");
    assertThat(response("declined").path("fail_reason").asString("")).isNotBlank();
    assertThat(response("cancelledInPart").path("cancel_amount").asInt()).isEqualTo(3_000);
    assertThat(response("cancelledWhole").path("cancel_amount").asInt()).isEqualTo(10_000);
    assertThat(response("cancelledWhole").path("cancel_history")).hasSize(2);
    assertThat(response("prepared").path("amount").asInt()).isEqualTo(4_000);
    assertThat(response("readPrepared")).isEqualTo(response("prepared"));
    refused("paidTwice", 200, 1);
    refused("cancelledAgain", 200, 1);
    refused("unknownPayment", 404, -1);
    refused("wrongSecret", 401, -1);
    // V1 splits the amount of PAYCO payments alone.
    refused("balance", 405, -1);
  }

  @Test
  void codes() {
    assertThat(response("banks")).hasSizeGreaterThan(20);
    assertThat(response("cards")).hasSizeGreaterThan(15);
    assertThat(response("bank").path("name").asString()).contains("국민");
    assertThat(response("card").path("name").asString()).contains("신한");
  }

  @Test
  void billingKeysAndSchedules() {
    JsonNode key = response("keyCreated");
    String customer = "customer-" + steps.order();
    assertThat(key.path("customer_uid").asString()).isEqualTo(customer);
    assertThat(response("keyRead")).isEqualTo(key);
    assertThat(response("keysRead")).hasSize(1);
    assertThat(response("keyCharged").path("status").asString()).isEqualTo("paid");
    assertThat(response("keysPayments").path("list").get(0).path("imp_uid"))
        .isEqualTo(response("keyCharged").path("imp_uid"));
    assertThat(response("scheduled")).hasSize(2);
    assertThat(response("scheduleRead")).isEqualTo(response("scheduled").get(0));
    for (String step : List.of("schedulesRead", "keysSchedules")) {
      assertThat(response(step).path("total").asInt()).as(step).isEqualTo(2);
    }
    assertThat(response("unscheduled").get(0).path("schedule_status").asString())
        .isEqualTo("revoked");
    assertThat(response("unscheduledAll").get(0).path("merchant_uid").asString())
        .isEqualTo(steps.order() + "-s2");
    assertThat(response("keyDeleted")).isEqualTo(key);
    refused("keyGone", 404, -1);
  }

  @Test
  void virtualAccounts() {
    JsonNode account = response("account");
    assertThat(account.path("status").asString()).isEqualTo("ready");
    assertThat(account.path("vbank_num").asString()).matches("[0-9]+");
    assertThat(response("accountRevoked").path("status").asString()).isEqualTo("failed");
    refused("accountChanged", 501, -1);
    assertThat(response("settleAccount").path("status").asString()).isEqualTo("ready");
    assertThat(response("settleChanged").path("amount").asInt()).isEqualTo(60_000);
    assertThat(response("holder").path("bank_holder").asString()).isEqualTo("김나루");
  }

  @Test
  void cashReceiptsAndDelivery() {
    JsonNode receipt = response("receipt");
    assertThat(receipt.path("amount").asInt()).isEqualTo(50_000);
    assertThat(receipt.path("apply_num").asString("")).isNotBlank();
    assertThat(response("receiptRead")).isEqualTo(receipt);
    assertThat(response("receiptDeleted").path("cancelled_at").asString()).contains("T");
    assertThat(response("external").path("vat").asInt()).isEqualTo(1_000);
    assertThat(response("externalRead")).isEqualTo(response("external"));
    assertThat(response("externalDeleted").path("cancelled_at").asString()).contains("T");
    assertThat(response("escrowShipped").path("invoice").asString()).isEqualTo("123456789012");
    assertThat(response("escrowShippedAgain").path("invoice").asString()).isEqualTo("999");
  }

  @Test
  void whatSinglePgsHave() {
    assertThat(response("paycoBalance").path("amount").asInt()).isEqualTo(11_000);
    assertThat(response("paycoBalance").path("histories")).hasSize(1);
    assertThat(response("paycoStatus").path("status").asString()).isEqualTo("DELIVERY_START");
    assertThat(response("naverpayCash").path("amount_total").isIntegralNumber()).isTrue();
    // The client has no class for an answer without a response, and fails on any success.
    for (String step : List.of("naverpayPoint", "naverpayConfirm")) {
      assertThat(steps.error(step).path("name").asString()).as(step).isEqualTo("TypeError");
    }
    assertThat(response("kakaoOrders").path("payment_request_date").asString())
        .isEqualTo("20300101");
    assertThat(response("kakaoOrders").path("orders").isArray()).isTrue();
  }

  private static void isNow(String step, String status, String claim) {
    assertThat(response(step)).as(step).hasSize(1);
    JsonNode product = response(step).get(0);
    assertThat(product.path("product_order_status").asString()).as(step).isEqualTo(status);
    assertThat(product.path("claim_status").asString("")).as(step).isEqualTo(claim);
  }

  @Test
  void productOrders() {
    assertThat(response("productOrders")).hasSize(3);
    assertThat(response("productOrder")).isEqualTo(response("productOrders").get(0));
    isNow("cancelled", "CANCELED", "CANCEL_DONE");
    isNow("placed", "PAYED", "");
    isNow("shipped", "DELIVERING", "");
    isNow("returnApproved", "RETURNED", "RETURN_DONE");
    isNow("returnRejected", "DELIVERING", "RETURN_REJECT");
    isNow("exchanged", "DELIVERING", "EXCHANGE_REDELIVERING");
    for (String step :
        List.of("returnRequested", "returnWithheld", "returnResolved", "placedToo", "shippedToo")) {
      assertThat(response(step)).as(step).hasSize(1);
    }
    assertThat(response("reviews").findValuesAsString("title")).contains("좋아요");
  }

  @Test
  void identityVerification() {
    JsonNode person = response("certified");
    assertThat(person.path("certified").asBoolean()).isTrue();
    assertThat(person.path("name").asString()).isEqualTo("김나루");
    assertThat(person.path("unique_key").asString()).hasSize(88);
    assertThat(person.path("birth").asString()).startsWith("2000-02-28T15:00");
    assertThat(response("certificationDeleted")).isEqualTo(person);
    refused("certificationGone", 404, -1);
  }
}
