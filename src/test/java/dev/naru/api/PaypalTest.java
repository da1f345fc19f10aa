package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** PayPal as V1 shows it: what is decided later, and what nobody knows at first. */
class PaypalTest {

  private static final Shop SHOP = Shop.fresh();
  private static final Duration ENDS = Duration.ofSeconds(60);

  private final Api api = SHOP.api();

  private static Map<String, Object> order(double amount) {
    Map<String, Object> order = PayWindow.order("paypal_v2");
    order.put("pay_method", "paypal");
    order.put("amount", amount);
    return order;
  }

  private JsonNode payment(JsonNode known) {
    return api.get("/payments/" + known.path("imp_uid").asString()).response();
  }

  private void endsAs(JsonNode payment, String status) {
    await().atMost(ENDS).until(() -> payment(payment).path("status").asString().equals(status));
  }

  @ParameterizedTest
  @CsvSource({"10.97, paid", "10.98, failed"})
  @Execution(ExecutionMode.CONCURRENT)
  void aPaymentUnderReviewIsNeitherPaidNorFailedUntilItIs(double amount, String end) {
    JsonNode payment = PayWindow.press(SHOP, order(amount), PayWindow.card(Api.GOOD_CARD));
    endsAs(payment, end);
    assertThat(
            JdbcClient.create(Hub.shared().database().dataSource())
                .sql("select status from event where imp_uid = :imp and kind = 'pending'")
                .param("imp", payment.path("imp_uid").asString())
                .query(String.class)
                .list())
        .containsOnly("ready");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aRefundUnderReviewIsDoneWhenPaypalSaysSo() {
    JsonNode payment = PayWindow.paid(SHOP, order(10.5), PayWindow.card(Api.GOOD_CARD));
    cancel(payment, 2.97);
    await().atMost(ENDS).until(() -> payment(payment).path("cancel_history").size() == 1);
    assertThat(payment(payment).path("cancel_amount").asDouble()).isEqualTo(2.97);
    assertThat(cancel(payment, 7.53).response().path("cancel_amount").asDouble()).isEqualTo(10.5);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aRefundThatFailsItsReviewLeavesAllOfThePayment() {
    JsonNode payment = PayWindow.paid(SHOP, order(10.5), PayWindow.card(Api.GOOD_CARD));
    cancel(payment, 2.98);
    await().atMost(ENDS).until(() -> cancel(payment, 10.5).code() == 0);
    assertThat(payment(payment).path("cancel_history").size()).isEqualTo(1);
    assertThat(payment(payment).path("cancel_amount").asDouble()).isEqualTo(10.5);
  }

  /** The due time of what somebody looks at is their lease: two must not repeat it at once. */
  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aNoticeHurriesNothingButAReview() {
    JsonNode payment = PayWindow.paid(SHOP, order(10.5), PayWindow.card(Api.GOOD_CARD));
    String impUid = payment.path("imp_uid").asString();
    JdbcClient database = JdbcClient.create(Hub.shared().database().dataSource());
    CompletableFuture<Api.Answer> asked =
        CompletableFuture.supplyAsync(() -> cancel(payment, 2.97));
    String held =
        """
        update cancellation set state = 'unknown', due_at = timestamptz '2100-01-01'
        where imp_uid = :imp and state = 'pending'
        """;
    await().until(() -> database.sql(held).param("imp", impUid).update() == 1);
    String order =
        database
            .sql("select order_id from attempt where imp_uid = :imp")
            .param("imp", impUid)
            .query(String.class)
            .single();
    // Nothing is read while it runs, so that PayPal has to tell again.
    assertThat(told(order)).isEqualTo(500);
    assertThat(
            database
                .sql(
                    """
                    select due_at = timestamptz '2100-01-01' from cancellation
                    where imp_uid = :imp
                    """)
                .param("imp", impUid)
                .query(Boolean.class)
                .single())
        .isTrue();
    database
        .sql("update cancellation set state = 'pending' where imp_uid = :imp")
        .param("imp", impUid)
        .update();
    await()
        .atMost(ENDS)
        .until(
            () -> {
              int _ = told(order);
              return payment(payment).path("cancel_history").size() == 1;
            });
    asked.join();
  }

  /** As PayPal, or anybody else, tells of a refund; the status that answers it. */
  private int told(String order) {
    String body =
        "{\"event_type\":\"PAYMENT.CAPTURE.REFUNDED\",\"resource\":{\"custom_id\":\"%s\"}}"
            .formatted(order);
    String path =
        "/notices/" + Long.toString(SHOP.merchant().id(), 36) + "/" + SHOP.channelKey("paypal_v2");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(api.at(path))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aGroupMeansWonWhoeverElseTheShopIsWith() {
    Shop shop = Shop.bare().withChannel("paypal_v2", Map.of()).withChannel(Shop.TOSS, Map.of());
    ChannelGroup.Member toss = new ChannelGroup.Member(shop.channelKey(Shop.TOSS), 100, true);
    String group = "channel-group-test-won";
    Hub.shared()
        .bean(ChannelGroups.class)
        .put(Actor.HUB, shop.merchant().id(), new ChannelGroup(group, "Won", List.of(toss), null));
    Map<String, Object> order = PayWindow.order(Shop.TOSS);
    order.remove("pg");
    order.put("channelGroupId", group);
    assertThat(PayWindow.opened(shop, order).path("currency").asString()).isEqualTo("KRW");
    order.remove("channelGroupId");
    order.put("merchant_uid", Api.newOrder());
    order.put("pay_method", "paypal");
    assertThat(PayWindow.opened(shop, order).path("currency").asString()).isEqualTo("USD");
  }

  private Api.Answer cancel(JsonNode payment, double amount) {
    String impUid = payment.path("imp_uid").asString();
    return api.post("/payments/cancel", Map.of("imp_uid", impUid, "amount", amount));
  }

  @ParameterizedTest
  @CsvSource({
    "4000000000009001, failed",
    "4000000000009002, paid",
    "4000000000009003, paid",
    "4000000000009004, paid"
  })
  @Execution(ExecutionMode.CONCURRENT)
  void whatNobodyKnowsIsFoundOut(String card, String end) {
    endsAs(PayWindow.press(SHOP, order(8), PayWindow.card(card)), end);
  }

  @Test
  void aDeclineSaysWhy() {
    JsonNode declined = PayWindow.press(SHOP, order(8), PayWindow.card("4000000000000010"));
    assertThat(declined.path("status").asString()).isEqualTo("failed");
    assertThat(declined.path("fail_reason").asString())
        .startsWith("[INSTRUMENT_DECLINED]페이팔에 등록된 결제수단");
    assertThat(declined.path("fail_code").asString()).isEqualToIgnoringCase("refused");
  }
}
