package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.HubClock;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import dev.naru.testing.Receiver;
import dev.naru.testing.Relay;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Windows that leave the charge to the hub, and for one method do not: bank transfers in the mobile
 * window of INICIS. The buyer pays at the bank, and nobody comes back; the PG tells of it.
 */
@OwnOrders
class GoneBuyerTest {

  private static final String PG = "html5_inicis";
  private static final Duration ENDS = Duration.ofSeconds(40);
  private static final Receiver SHOP = Receiver.start();

  private final Hub hub = Hub.shared();
  private final Api api = new Api(hub.url());
  private final Book book = new Book(hub);

  @AfterAll
  static void end() {
    SHOP.close();
  }

  private static Map<String, Object> transfer() {
    Map<String, Object> order = FormBuyer.order(PG);
    order.put("pay_method", "trans");
    order.put("m_redirect_url", "https://shop.example/done");
    return order;
  }

  private Map<String, Object> announced() {
    Map<String, Object> order = transfer();
    order.put("notice_url", api.at("/sandbox/hooks/" + order.get("merchant_uid")).toString());
    return order;
  }

  private static JsonNode payment(Hub at, FormBuyer buyer) {
    return new Api(at.url()).get("/payments/" + buyer.impUid()).response();
  }

  private static void becomes(Hub at, FormBuyer buyer, String status) {
    await().atMost(ENDS).until(() -> payment(at, buyer).path("status").asString(), status::equals);
  }

  private static long balance(Book in, Map<String, Object> order) {
    return in.charges(String.valueOf(order.get("merchant_uid"))).stream()
        .mapToLong(line -> line.path("balance").asLong())
        .sum();
  }

  private JsonNode hooks(Map<String, Object> order) {
    return api.get("/sandbox/hooks/" + order.get("merchant_uid")).body();
  }

  @Test
  void isPaidByTheNoticeAlone() {
    Map<String, Object> order = announced();
    FormBuyer buyer = FormBuyer.open(hub.url(), order).pay("");
    becomes(hub, buyer, "paid");
    JsonNode paid = payment(hub, buyer);
    assertThat(paid.path("pay_method").asString()).isEqualTo("trans");
    assertThat(paid.path("pg_tid").asString()).hasSize(40);
    await().atMost(ENDS).until(() -> hooks(order).size() == 1);
    assertThat(hooks(order).get(0).path("fields").path("status").asString()).isEqualTo("paid");
    assertThat(balance(book, order)).isEqualTo(10_000);
    Api.Answer cancel = api.post("/payments/cancel", Map.of("imp_uid", buyer.impUid()));
    assertThat(cancel.code()).as(cancel.message()).isZero();
    assertThat(balance(book, order)).isZero();
  }

  @Test
  void whoComesBackFindsItPaid() {
    FormBuyer buyer = FormBuyer.open(hub.url(), transfer()).pay("");
    assertThat(buyer.brought()).isEmpty();
    assertThat(buyer.comeBack()).isEqualTo(303);
    assertThat(payment(hub, buyer).path("status").asString()).isEqualTo("paid");
  }

  @Test
  void aBuyerWhoGivesUpOrIsRefusedHasFailed() {
    FormBuyer left = FormBuyer.open(hub.url(), transfer()).giveUp();
    assertThat(left.comeBack()).isEqualTo(303);
    assertThat(payment(hub, left).path("status").asString()).isEqualTo("failed");
    FormBuyer refused = FormBuyer.open(hub.url(), transfer()).payEnding("BALANCE");
    assertThat(refused.comeBack()).isEqualTo(303);
    assertThat(payment(hub, refused).path("status").asString()).isEqualTo("failed");
  }

  @Test
  void isGivenBackIfItsOrderWasPaidMeanwhile() {
    Map<String, Object> order = transfer();
    FormBuyer buyer = FormBuyer.open(hub.url(), order);
    String uid = String.valueOf(order.get("merchant_uid"));
    Api.Answer card =
        api.post("/subscribe/payments/onetime", Api.keyIn(uid, "tosspayments", Api.GOOD_CARD));
    assertThat(card.response().path("status").asString()).isEqualTo("paid");
    buyer.pay("");
    becomes(hub, buyer, "failed");
    await().atMost(ENDS).until(() -> balance(book, order) == 10_000);
    assertThat(book.charges(uid)).hasSize(2);
    assertThat(api.get("/payments/find/" + uid).response().path("status").asString())
        .isEqualTo("paid");
  }

  @Test
  void isGivenBackIfTheShopSaysNo() {
    Map<String, Object> order = transfer();
    String path = "/confirm/" + order.get("merchant_uid");
    SHOP.answers(path, n -> 403);
    order.put("confirm_url", SHOP.url(path));
    FormBuyer buyer = FormBuyer.open(hub.url(), order).pay("");
    becomes(hub, buyer, "failed");
    await().atMost(ENDS).until(() -> book.charges(uid(order)).size() == 1);
    await().atMost(ENDS).until(() -> balance(book, order) == 0);
    assertThat(SHOP.got(path)).hasSize(1);
  }

  private static String uid(Map<String, Object> order) {
    return String.valueOf(order.get("merchant_uid"));
  }

  /** The buyer leaves the layer while the bank is at it. */
  @Test
  void isPaidOrGivenBackWhenTheLayerIsClosed() {
    Map<String, Object> late = transfer();
    FormBuyer after = FormBuyer.open(hub.url(), late).pay("");
    after.closeLayer();
    becomes(hub, after, "paid");
    Map<String, Object> early = transfer();
    FormBuyer before = FormBuyer.open(hub.url(), early);
    before.closeLayer();
    assertThat(payment(hub, before).path("status").asString()).isEqualTo("failed");
    before.pay("");
    await().atMost(ENDS).until(() -> book.charges(uid(early)).size() == 1);
    await().atMost(ENDS).until(() -> balance(book, early) == 0);
    assertThat(payment(hub, before).path("status").asString()).isEqualTo("failed");
  }

  @Test
  void noticesThatRepeatOrLieChangeNothing() throws Exception {
    Map<String, Object> order = announced();
    FormBuyer buyer = FormBuyer.open(hub.url(), order);
    String orderId = orderId(hub, buyer);
    // Nothing was paid: what says so is refused, so that it would come again.
    assertThat(notice(buyer, orderId)).isEqualTo("FAIL");
    assertThat(payment(hub, buyer).path("status").asString()).isEqualTo("ready");
    buyer.pay("");
    becomes(hub, buyer, "paid");
    JsonNode paid = payment(hub, buyer);
    for (int n = 0; n < 3; n++) {
      assertThat(notice(buyer, orderId)).isEqualTo("OK");
    }
    assertThat(payment(hub, buyer)).isEqualTo(paid);
    assertThat(balance(book, order)).isEqualTo(10_000);
    assertThat(hooks(order)).hasSize(1);
  }

  private static String orderId(Hub at, FormBuyer buyer) {
    return of(at, buyer, "order_id", "attempt");
  }

  private static String of(Hub at, FormBuyer buyer, String column, String table) {
    return JdbcClient.create(at.database().dataSource())
        .sql("select " + column + " from " + table + " where merchant_id = 1 and imp_uid = :uid")
        .param("uid", buyer.impUid())
        .query(String.class)
        .single();
  }

  private String notice(FormBuyer buyer, String orderId) throws Exception {
    String channel = of(hub, buyer, "channel_key", "payment");
    Map<String, String> fields = new HashMap<>();
    fields.put("P_STATUS", "00");
    fields.put("P_TYPE", "BANK");
    fields.put("P_MID", "INIpayTest");
    fields.put("P_OID", orderId);
    fields.put("P_AMT", "10000");
    fields.put("P_TID", "INIMX_BANKINIpayTest20260101000000000000");
    fields.put("P_RMESG1", "정상완료");
    String form =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), Charset.forName("EUC-KR")))
            .collect(Collectors.joining("&"));
    URI to = hub.url().resolve("/notices/1/" + channel);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(to)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  /** The hub cannot read the PG's books when it is told: the PG tells again. */
  @Test
  void isPaidByALaterNoticeIfTheBooksCannotBeRead() {
    try (Relay line = new Relay();
        Hub own =
            Hub.start(
                Map.of("naru.simulator.url", line.url().toString(), "naru.pg.wait", "PT1S"))) {
      line.leadTo(own.simulatorUrl());
      Map<String, Object> order = transfer();
      FormBuyer buyer = FormBuyer.open(own.url(), order);
      line.ignore(java.util.regex.Pattern.compile("POST /html5_inicis/iniapi/"));
      payAtBank(own, buyer);
      Book ownBook = new Book(own);
      await().atMost(ENDS).until(() -> ownBook.charges(uid(order)).size() == 1);
      await().atMost(ENDS).until(() -> asked(own, buyer) > 0);
      assertThat(payment(own, buyer).path("status").asString()).isEqualTo("ready");
      line.ignore(null);
      becomes(own, buyer, "paid");
      assertThat(balance(ownBook, order)).isEqualTo(10_000);
    }
  }

  private static void payAtBank(Hub own, FormBuyer buyer) {
    assertThat(own.simulatorUrl()).isNotNull();
    buyer.pay("");
  }

  /** How often the hub has asked without an answer. */
  private static int asked(Hub own, FormBuyer buyer) {
    return JdbcClient.create(own.database().dataSource())
        .sql("select count(*) from wire_log where order_id = :order and status = 0")
        .param("order", orderId(own, buyer))
        .query(Integer.class)
        .single();
  }

  /** No notice, and nobody comes back: the books are read when the window's time is over. */
  @Test
  void isFoundInTheBooksWhenNobodyTells() {
    try (Hub own = Hub.start(Map.of())) {
      Map<String, Object> silent = transfer();
      FormBuyer buyer = FormBuyer.open(own.url(), silent).payEnding("ANSWER_LOST");
      Map<String, Object> closed = transfer();
      FormBuyer late = FormBuyer.open(own.url(), closed);
      late.closeLayer();
      late.payEnding("ANSWER_LOST");
      Book ownBook = new Book(own);
      assertThat(List.of(balance(ownBook, silent), balance(ownBook, closed)))
          .containsExactly(10_000L, 10_000L);
      assertThat(payment(own, buyer).path("status").asString()).isEqualTo("ready");
      own.bean(HubClock.class).offset(Duration.ofMinutes(31));
      becomes(own, buyer, "paid");
      await().atMost(ENDS).until(() -> balance(ownBook, closed) == 0);
      assertThat(payment(own, late).path("status").asString()).isEqualTo("failed");
    }
  }
}
