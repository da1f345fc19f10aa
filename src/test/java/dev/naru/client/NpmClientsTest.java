package dev.naru.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The npm clients {@code iamport} and {@code iamporter}, as published, do what a shop does with
 * them. Only the host is theirs to be told; keys and secret are the clients' own defaults.
 */
@NeedsNode
class NpmClientsTest {

  private static final String REFUSED_CARD = "4000-0000-0000-0002";
  private static final String NO_PAYMENT = "취소할 결제건이 존재하지 않습니다.";

  private static Steps iamport;
  private static Steps iamporter;

  @BeforeAll
  static void runThem() {
    NodeClients.install();
    iamport = steps("iamport-flows.js");
    iamporter = steps("iamporter-flows.js");
  }

  @Test
  void iamport() throws Exception {
    Steps steps = iamport;
    String order = steps.order();
    assertThat(steps.value("token").path("access_token").asString()).matches("[0-9a-f]{40}");
    isThePayment(steps.value("paid"), order);
    assertThat(steps.value("readByImpUid")).isEqualTo(steps.value("paid"));
    assertThat(steps.value("readByMerchant")).isEqualTo(steps.value("paid"));
    assertThat(steps.value("readByStatus").path("list").findValuesAsString("imp_uid"))
        .contains(steps.value("paid").path("imp_uid").asString());
    JsonNode declined = steps.value("declined");
    assertThat(declined.path("status").asString()).isEqualTo("failed");
    assertThat(declined.path("fail_reason").asString()).isNotBlank();
    wasCancelled(
        steps.value("cancelledInPart"), steps.value("cancelledWhole"), "tosspayments", "변심");

    isTheKey(steps.value("keyCreated"), order);
    assertThat(steps.value("keyRead")).isEqualTo(steps.value("keyCreated"));
    wasChargedByKey(steps.value("keyCharged"), order, "tosspayments");
    assertThat(steps.value("scheduled")).hasSize(2);
    assertThat(steps.value("unscheduled").path(0).path("schedule_status").asString())
        .isEqualTo("revoked");
    assertThat(steps.value("unscheduledAll").path(0).path("merchant_uid").asString())
        .isEqualTo(order + "-s2");
    assertThat(steps.value("keyDeleted")).isEqualTo(steps.value("keyCreated"));
    wasCertified(steps.value("certified"), steps.value("certificationDeleted"));
    JsonNode account = steps.value("account");
    assertThat(account.path("status").asString()).isEqualTo("ready");
    assertThat(account.path("vbank_num").asString()).matches("[0-9]+");
    assertThat(steps.value("readPrepared").path("amount").asInt()).isEqualTo(4_000);
  }

  /** The client has one error for HTTP 400, 401 and 404, and one for a code that is not 0. */
  @Test
  void iamportsErrors() {
    Steps steps = iamport;
    for (String step : List.of("keyGone", "unknownPayment", "certificationGone")) {
      assertThat(steps.error(step).path("code").asString()).isEqualTo("HTTP_404");
    }
    assertThat(steps.error("badAmount").path("code").asString()).isEqualTo("IAMPORT_-1");
    assertThat(steps.error("wrongSecret").path("code").asString()).isEqualTo("HTTP_401");
    for (String step :
        List.of(
            "preparedTwice",
            "unscheduledNone",
            "paidTwice",
            "cancelledAgain",
            "chargedWithoutKey",
            "unknownOrder")) {
      assertThat(steps.error(step).path("code").asString()).as(step).isEqualTo("IAMPORT_1");
    }
    refusedInV1sWords(steps);
    assertThat(steps.message("preparedTwice"))
        .isEqualTo("결제정보 사전등록에 실패하였습니다(이미 등록된 merchant_uid입니다).");
    assertThat(steps.value("staleToken").path("merchant_uid").asString()).isEqualTo(steps.order());
  }

  @Test
  void iamporter() throws Exception {
    Steps steps = iamporter;
    String order = steps.order();
    assertThat(data(steps, "token").path("access_token").asString()).matches("[0-9a-f]{40}");
    isThePayment(data(steps, "paid"), order);
    assertThat(data(steps, "readByImpUid")).isEqualTo(data(steps, "paid"));
    assertThat(data(steps, "readByMerchant")).isEqualTo(data(steps, "paid"));
    for (String step : List.of("readAllByMerchant", "readAllByMerchantPaid", "readByStatus")) {
      assertThat(data(steps, step).path("list").findValuesAsString("imp_uid"))
          .as(step)
          .contains(data(steps, "paid").path("imp_uid").asString());
    }
    wasCancelled(
        data(steps, "cancelledInPart"),
        data(steps, "cancelledWhole"),
        "html5_inicis",
        "API 요청에 의한 취소");

    isTheKey(data(steps, "keyCreated"), order);
    assertThat(data(steps, "keyRead")).isEqualTo(data(steps, "keyCreated"));
    wasChargedByKey(data(steps, "keyCharged"), order, "html5_inicis");
    assertThat(data(steps, "keyDeleted")).isEqualTo(data(steps, "keyCreated"));
    assertThat(data(steps, "foreign").path("status").asString()).isEqualTo("paid");
    assertThat(data(steps, "account").path("status").asString()).isEqualTo("ready");
    wasCertified(data(steps, "certified"), data(steps, "certificationDeleted"));
    assertThat(data(steps, "readPrepared").path("amount").asInt()).isEqualTo(4_000);
  }

  /** The client returns a 404, and throws all else with the status and the whole envelope. */
  @Test
  void iamportersErrors() {
    Steps steps = iamporter;
    assertThat(steps.value("unknownPayment").path("status").asInt()).isEqualTo(404);
    assertThat(steps.value("unknownPayment").path("message").asString())
        .isEqualTo("존재하지 않는 결제정보입니다.");
    assertThat(steps.value("keyGone").path("status").asInt()).isEqualTo(404);
    assertThat(steps.value("certificationGone").path("status").asInt()).isEqualTo(404);
    assertThat(steps.value("keyGone").path("data").isNull()).isTrue();
    // Its own check of the answer: the message is the payment's fail_reason.
    assertThat(steps.message("declined")).contains("카드사 승인거절");
    assertThat(steps.error("badAmount").path("status").asInt()).isEqualTo(200);
    assertThat(steps.message("badAmount")).contains("amount");
    assertThat(steps.error("wrongSecret").path("status").asInt()).isEqualTo(401);
    for (String step : List.of("paidTwice", "cancelledAgain", "chargedWithoutKey")) {
      assertThat(steps.error(step).path("status").asInt()).as(step).isEqualTo(200);
      assertThat(steps.error(step).path("raw").path("code").asInt()).as(step).isEqualTo(1);
    }
    refusedInV1sWords(steps);
  }

  private static Steps steps(String script) {
    String order = Api.newOrder();
    String hub = Hub.shared().url().toString();
    return new Steps(order, NodeClients.run(script, hub, order, Api.GOOD_CARD, REFUSED_CARD));
  }

  private static JsonNode data(Steps steps, String step) {
    return steps.value(step).path("data");
  }

  private static void isThePayment(JsonNode payment, String order) {
    assertThat(payment.path("status").asString()).isEqualTo("paid");
    assertThat(payment.path("merchant_uid").asString()).isEqualTo(order);
    assertThat(payment.path("amount").asInt()).isEqualTo(10_000);
    assertThat(payment.path("name").asString()).isEqualTo("나무 의자");
    assertThat(payment.path("buyer_name").asString()).isEqualTo("김나루");
  }

  private static void wasCancelled(JsonNode part, JsonNode whole, String pg, String reason)
      throws IOException, InterruptedException {
    assertThat(part.path("status").asString()).isEqualTo("cancelled");
    assertThat(part.path("cancel_amount").asInt()).isEqualTo(3_000);
    assertThat(part.path("cancel_history").path(0).path("reason").asString()).isEqualTo(reason);
    assertThat(whole.path("cancel_amount").asInt()).isEqualTo(10_000);
    assertThat(whole.path("cancel_history").size()).isEqualTo(2);
    JsonNode line = book(pg, whole.path("pg_tid").asString());
    assertThat(line.path("amount").asInt()).isEqualTo(10_000);
    assertThat(line.path("balance").asInt()).isZero();
    assertThat(line.path("cancels").size()).isEqualTo(2);
  }

  private static void isTheKey(JsonNode key, String order) {
    assertThat(key.path("customer_uid").asString()).isEqualTo("customer-" + order);
    assertThat(key.path("card_number").asString()).isEqualTo("123412******1234");
  }

  private static void wasChargedByKey(JsonNode payment, String order, String pg)
      throws IOException, InterruptedException {
    assertThat(payment.path("status").asString()).isEqualTo("paid");
    assertThat(payment.path("customer_uid").asString()).isEqualTo("customer-" + order);
    JsonNode line = book(pg, payment.path("pg_tid").asString());
    assertThat(line.path("amount").asInt()).isEqualTo(8_900);
    assertThat(line.path("balance").asInt()).isEqualTo(8_900);
    assertThat(line.path("billing_key").asString()).isNotBlank();
  }

  private static void wasCertified(JsonNode person, JsonNode deleted) {
    assertThat(person.path("certified").asBoolean()).isTrue();
    assertThat(person.path("name").asString()).isEqualTo("김나루");
    assertThat(person.path("birthday").asString()).isEqualTo("2000-02-29");
    assertThat(deleted).isEqualTo(person);
  }

  private static void refusedInV1sWords(Steps steps) {
    assertThat(steps.message("cancelledAgain")).isEqualTo("이미 전액취소된 주문입니다.");
    assertThat(steps.message("unknownOrder")).isEqualTo(NO_PAYMENT);
    assertThat(steps.message("chargedWithoutKey")).isEqualTo("등록되지 않은 구매자입니다.");
  }

  /** The one line that the simulator's book has about this. */
  private static JsonNode book(String pg, String tid) throws IOException, InterruptedException {
    URI book = Hub.shared().simulatorUrl().resolve("/_sim/books/" + pg + "?tid=" + tid);
    try (HttpClient http = HttpClient.newHttpClient()) {
      JsonNode lines =
          new JsonMapper()
              .readTree(
                  http.send(HttpRequest.newBuilder(book).build(), BodyHandlers.ofString()).body());
      assertThat(lines.size()).isEqualTo(1);
      return lines.path(0);
    }
  }
}
