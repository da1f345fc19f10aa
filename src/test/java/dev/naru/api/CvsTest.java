package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import dev.naru.testing.Receiver;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /cvs}: a barcode from its issue to the till, and all that may keep it from being paid. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CvsTest {

  private static final String ZONE = "/sandbox/hooks/cvs-";

  /** With a MID of its own, so that nobody else is told of its barcodes. */
  private final Shop shop =
      Shop.bare()
          .withChannel(Shop.GALAXIA, Map.of("mid", "mid-" + UUID.randomUUID()))
          .withChannel(Shop.TOSS, Map.of());

  private final Receiver site = Receiver.start();
  private final Book book = new Book(Hub.shared());

  @BeforeAll
  void theTillLearnsWhereToAsk() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> pay(issued(Map.of()), "card").equals("paid"));
  }

  @AfterAll
  void close() {
    site.close();
  }

  private JsonNode issued(Map<String, ?> changes) {
    Map<String, Object> parameters = shop.barcode();
    parameters.putAll(changes);
    Api.Answer answer = shop.api().post("/cvs", parameters);
    assertThat(answer.response().path("status").asString()).as(answer.message()).isEqualTo("ready");
    return answer.response();
  }

  private static String pay(JsonNode payment, String payType) {
    return pay(payment.path("vbank_num").asString(), payType);
  }

  private static String pay(String barcode, String payType) {
    URI till = Hub.shared().simulatorUrl().resolve("/emulation/till");
    String body = "{\"barcode\":\"%s\",\"pay_type\":\"%s\"}".formatted(barcode, payType);
    return new Api(Hub.shared().simulatorUrl())
        .bare(
            HttpRequest.newBuilder(till)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)))
        .body()
        .path("result")
        .asString();
  }

  private JsonNode read(JsonNode payment) {
    return shop.api().get("/payments/" + payment.path("imp_uid").asString()).response();
  }

  private JsonNode becomes(JsonNode payment, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> read(payment).path("status").asString().equals(status));
    return read(payment);
  }

  private JsonNode hooks(String name) {
    return shop.api().get(ZONE + name).body();
  }

  private int paidInTheBook(JsonNode payment) {
    return book.charges(payment.path("merchant_uid").asString()).size();
  }

  @Test
  void isReadyWithItsBarcodeAndPaidAtTheTill() {
    String name = UUID.randomUUID().toString();
    JsonNode ready = issued(Map.of("notice_url", Hub.shared().url() + ZONE + name));
    assertThat(ready.path("pay_method").asString()).isEqualTo("cvs");
    assertThat(ready.path("pg_provider").asString()).isEqualTo("galaxia");
    assertThat(ready.path("imp_uid").asString()).startsWith("imp_");
    assertThat(ready.path("vbank_num").asString()).matches("[0-9]{20}");
    assertThat(ready.path("vbank_code").isNull()).isTrue();
    assertThat(ready.path("vbank_name").isNull()).isTrue();
    long issuedAt = ready.path("vbank_issued_at").asLong();
    assertThat(ready.path("vbank_date").asLong() - issuedAt).isEqualTo(3 * 86_400L);
    assertThat(pay(ready, "cash")).isEqualTo("paid");
    JsonNode paid = becomes(ready, "paid");
    assertThat(paid.path("paid_at").asLong()).isGreaterThanOrEqualTo(issuedAt);
    assertThat(paid.path("vbank_num")).isEqualTo(ready.path("vbank_num"));
    assertThat(paidInTheBook(paid)).isEqualTo(1);
    await().atMost(Duration.ofSeconds(10)).until(() -> !hooks(name).isEmpty());
    assertThat(hooks(name).size()).as("no webhook tells of the issue").isEqualTo(1);
    assertThat(hooks(name).path(0).path("fields").path("status").asString()).isEqualTo("paid");
    assertThat(pay(ready, "cash")).isEqualTo("not_waiting");

    Api.Answer canceled = shop.api().post("/payments/cancel", Map.of("imp_uid", uid(paid)));
    assertThat(canceled.code()).as(canceled.message()).isZero();
    assertThat(canceled.response().path("status").asString()).isEqualTo("cancelled");
    assertThat(book.charges(order(paid)).getFirst().path("balance").asInt()).isZero();
  }

  @Test
  void keepsTheShopsBarcodeAndTime() {
    String own = "SHOP" + System.nanoTime();
    long until = System.currentTimeMillis() / 1000 + 600;
    JsonNode ready = issued(Map.of("barcode", own, "expired_at", until));
    assertThat(ready.path("vbank_num").asString()).isEqualTo(own);
    assertThat(ready.path("vbank_date").asLong()).isEqualTo(until);
    Map<String, Object> again = shop.barcode();
    again.put("barcode", own);
    Api.Answer taken = shop.api().post("/cvs", again);
    Wire.refused(taken, 200, -1);
    assertThat(taken.message()).contains("이미 사용 중인 바코드");
    assertThat(pay(own, "card")).isEqualTo("paid");
    becomes(ready, "paid");
  }

  @Test
  void takesAForm() {
    Map<String, Object> parameters = shop.barcode();
    parameters.put("confirm_url", site.url("/form"));
    JsonNode ready = shop.api().postForm("/cvs", parameters).response();
    assertThat(pay(ready, "card")).isEqualTo("paid");
    assertThat(site.got("/form")).hasSize(1);
    becomes(ready, "paid");
  }

  @Test
  void theShopIsAskedAtTheTill() {
    String path = "/agree-" + UUID.randomUUID();
    JsonNode ready = issued(Map.of("confirm_url", site.url(path)));
    assertThat(pay(ready, "card")).isEqualTo("paid");
    becomes(ready, "paid");
    assertThat(site.got(path)).hasSize(1);
    Receiver.Got asked = site.got(path).getFirst();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.header("Content-Type")).startsWith("application/json");
    assertThat(JsonMapper.shared().readTree(asked.body()))
        .isEqualTo(
            JsonMapper.shared()
                .valueToTree(
                    Map.of(
                        "event",
                        "Galaxia.Cvs.Confirm",
                        "imp_uid",
                        uid(ready),
                        "merchant_uid",
                        order(ready),
                        "status",
                        "ready",
                        "extra",
                        Map.of("barcode", ready.path("vbank_num").asString(), "payType", "card"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 302, 400, 404, 500})
  void anythingButA200IsANo(int status) {
    String path = "/refuse-" + status;
    JsonNode ready = issued(Map.of("confirm_url", site.url(path)));
    site.answers(path, n -> n == 1 ? status : 200);
    assertThat(pay(ready, "cash")).isEqualTo("refused");
    assertThat(read(ready).path("status").asString()).isEqualTo("ready");
    assertThat(paidInTheBook(ready)).isZero();
    // The buyer may try again.
    assertThat(pay(ready, "cash")).isEqualTo("paid");
    becomes(ready, "paid");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whoeverThinksForTenSecondsHasRefused() {
    String path = "/slow-" + UUID.randomUUID();
    JsonNode ready = issued(Map.of("confirm_url", site.url(path)));
    CountDownLatch door = site.hold(path);
    long begin = System.nanoTime();
    assertThat(pay(ready, "card")).isEqualTo("refused");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(9_500), Duration.ofSeconds(14));
    door.countDown();
    assertThat(read(ready).path("status").asString()).isEqualTo("ready");
    JsonNode unheard = issued(Map.of("confirm_url", "http://127.0.0.1:1/nobody"));
    assertThat(pay(unheard, "card")).isEqualTo("refused");
  }

  @Test
  void isRevokedWhileReadyEvenWhileTheShopThinks() throws Exception {
    String path = "/thinking-" + UUID.randomUUID();
    JsonNode ready = issued(Map.of("confirm_url", site.url(path)));
    CountDownLatch door = site.hold(path);
    CompletableFuture<String> till = CompletableFuture.supplyAsync(() -> pay(ready, "card"));
    await().atMost(Duration.ofSeconds(20)).until(() -> site.got(path).size() == 1);
    Api.Answer revoked = shop.api().delete("/cvs/" + uid(ready));
    door.countDown();
    assertThat(revoked.response().path("status").asString())
        .as(revoked.message())
        .isEqualTo("failed");
    assertThat(revoked.response().path("fail_reason").asString()).contains("취소");
    assertThat(till.get()).isEqualTo("not_waiting");
    assertThat(paidInTheBook(ready)).isZero();
    assertThat(read(ready).path("status").asString()).isEqualTo("failed");
    Wire.refused(shop.api().delete("/cvs/" + uid(ready)), 200, -1);
  }

  @Test
  void isNotPaidTwiceForOneOrder() {
    JsonNode first = issued(Map.of());
    JsonNode second = issued(Map.of("merchant_uid", order(first)));
    assertThat(pay(first, "card")).isEqualTo("paid");
    becomes(first, "paid");
    assertThat(pay(second, "card")).isEqualTo("refused");
    assertThat(paidInTheBook(first)).isEqualTo(1);
    Map<String, Object> again = shop.barcode();
    again.put("merchant_uid", order(first));
    Wire.refused(shop.api().post("/cvs", again), 200, 1);
  }

  @Test
  void ofTwoThatAreAtTwoTillsAtOnceOneGoesBack() throws Exception {
    String path = "/both-" + UUID.randomUUID();
    JsonNode first = issued(Map.of("confirm_url", site.url(path)));
    JsonNode second = issued(Map.of("confirm_url", site.url(path), "merchant_uid", order(first)));
    CountDownLatch door = site.hold(path);
    CompletableFuture<String> one = CompletableFuture.supplyAsync(() -> pay(first, "card"));
    CompletableFuture<String> two = CompletableFuture.supplyAsync(() -> pay(second, "cash"));
    await().atMost(Duration.ofSeconds(20)).until(() -> site.got(path).size() == 2);
    door.countDown();
    assertThat(one.get()).isEqualTo("paid");
    assertThat(two.get()).isEqualTo("paid");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        List.of(
                            read(first).path("status").asString(),
                            read(second).path("status").asString()))
                    .containsExactlyInAnyOrder("paid", "failed"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                book.charges(order(first)).stream()
                        .mapToInt(line -> line.path("balance").asInt())
                        .sum()
                    == 10_000);
    JsonNode failed =
        read(first).path("status").asString().equals("failed") ? read(first) : read(second);
    assertThat(failed.path("fail_code").asString()).isEqualTo("DUPLICATE_ORDER");
  }

  @ParameterizedTest
  @CsvSource({
    "4000000000009001, failed",
    "4000000000009002, ready",
    "4000000000009003, ready",
    "4000000000009004, ready"
  })
  @Execution(ExecutionMode.CONCURRENT)
  void anIssueWithoutAnAnswerEndsAsThePgHasIt(String barcode, String end) {
    String name = UUID.randomUUID().toString();
    Map<String, Object> parameters = shop.barcode();
    parameters.putAll(Map.of("barcode", barcode, "notice_url", Hub.shared().url() + ZONE + name));
    Api.Answer answer = shop.api().post("/cvs", parameters);
    String order = String.valueOf(parameters.get("merchant_uid"));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode now = shop.api().get("/payments/find/" + order).response();
              assertThat(now.path("status").asString()).as(answer.message()).isEqualTo(end);
              assertThat(now.path("vbank_num").asString(""))
                  .isEqualTo(end.equals("ready") ? barcode : "");
            });
    // Somebody may have been told "not known yet": they hear of the end.
    await().atMost(Duration.ofSeconds(10)).until(() -> hooks(name).size() == 1);
    assertThat(hooks(name).path(0).path("fields").path("status").asString()).isEqualTo(end);
  }

  @Test
  void refusesWhatDoesNotFit() {
    long before = shop.rows("payment");
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("barcode", "123"),
            Map.of("barcode", "12 34"),
            Map.of("barcode", "바코드1234"),
            Map.of("expired_at", 1_000_000_000),
            Map.of("confirm_url", "ftp://shop.example/confirm"),
            Map.of("confirm_url", "confirm"),
            Map.of("channel_key", "channel-key-nobody"),
            Map.of("currency", "USD"))) {
      Map<String, Object> parameters = shop.barcode();
      parameters.putAll(wrong);
      Api.Answer answer = shop.api().post("/cvs", parameters);
      Wire.refused(answer, 200, -1);
    }
    Map<String, Object> another = shop.barcode();
    another.put("channel_key", shop.channelKey(Shop.TOSS));
    Wire.refused(shop.api().post("/cvs", another), 501, -1);
    assertThat(shop.rows("payment")).isEqualTo(before);
  }

  @Test
  void aBarcodeIsNoAccountAndAnAccountNoBarcode() {
    JsonNode ready = issued(Map.of());
    Wire.refused(shop.api().delete("/vbanks/" + uid(ready)), 400, -1);
    Map<String, Object> account = Shop.account(Shop.TOSS);
    JsonNode waiting = shop.api().post("/vbanks", account).response();
    Wire.refused(shop.api().delete("/cvs/" + uid(waiting)), 200, -1);
    JsonNode card = shop.paid(Shop.TOSS);
    Wire.refused(shop.api().delete("/cvs/" + uid(card)), 200, -1);
    Wire.refused(shop.api().delete("/cvs/imp_000000000000"), 404, -1);
    Wire.refused(Shop.fresh().api().delete("/cvs/" + uid(ready)), 404, -1);
    assertThat(read(ready).path("status").asString()).isEqualTo("ready");
    Wire.refused(shop.api().post("/payments/cancel", Map.of("imp_uid", uid(ready))), 200, 1);
  }

  @Test
  void aRefusedRevocationChangesNothing() {
    JsonNode ready = issued(Map.of("barcode", "4000000000009015"));
    Wire.refused(shop.api().delete("/cvs/" + uid(ready)), 200, -1);
    assertThat(read(ready).path("status").asString()).isEqualTo("ready");
    JsonNode lost = issued(Map.of("barcode", "4000000000009012"));
    Wire.refused(shop.api().delete("/cvs/" + uid(lost)), 200, 1);
    assertThat(read(lost).path("status").asString()).isEqualTo("ready");
    assertThat(shop.api().delete("/cvs/" + uid(lost)).response().path("status").asString())
        .isEqualTo("failed");
  }

  @Test
  void theTillHasAPage() {
    URI till = Hub.shared().simulatorUrl().resolve("/emulation/till");
    JsonNode ready = issued(Map.of());
    assertThat(TillPage.open(till)).contains("id=\"barcode\"", "실제로 결제되지 않습니다");
    assertThat(TillPage.pay(till, "<script>", "card")).contains("기다리는 바코드가 아닙니다");
    assertThat(TillPage.pay(till, ready.path("vbank_num").asString(), "cash")).contains("결제되었습니다");
    becomes(ready, "paid");
  }

  private static String uid(JsonNode payment) {
    return payment.path("imp_uid").asString();
  }

  private static String order(JsonNode payment) {
    return payment.path("merchant_uid").asString();
  }
}
