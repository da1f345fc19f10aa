package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channels;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Deposits that PGs tell of after the account's time was over here. */
class VbankLateDepositTest {

  private static final Hub HUB = Hub.start(Map.of());

  @AfterAll
  static void end() {
    HUB.close();
  }

  /** With a token of its own: those of before a move are over. */
  private static Api api() {
    return new Api(HUB.url());
  }

  private static JsonNode expired(String pg, String order) {
    Map<String, Object> parameters = Shop.account(pg);
    parameters.put("merchant_uid", order);
    parameters.put(
        "vbank_due", HUB.bean(HubClock.class).instant().plus(Duration.ofDays(1)).getEpochSecond());
    Api.Answer opened = api().post("/vbanks", parameters);
    assertThat(opened.code()).as(opened.message()).isZero();
    Api.Answer moved =
        api().post("/sandbox/clock", Map.of("by", Duration.ofDays(1).plusMinutes(11).toString()));
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
    awaitStatus(opened.response(), "failed");
    return opened.response();
  }

  private static void awaitStatus(JsonNode payment, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> read(payment).path("status").asString().equals(status));
  }

  private static JsonNode read(JsonNode payment) {
    return api().get("/payments/" + payment.path("imp_uid").asString()).response();
  }

  private static JsonNode deposit(JsonNode account) {
    String path =
        "/_sim/vbanks/%s/%s/deposit"
            .formatted(
                account.path("pg_provider").asString(), account.path("vbank_num").asString());
    Api.Answer moved =
        api()
            .bare(
                HttpRequest.newBuilder(HUB.simulatorUrl().resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"late\":true}")));
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
    return moved.body();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS, "nice_v2"})
  void whatTheBooksProveIsTaken(String pg) {
    JsonNode account = expired(pg, Api.newOrder());
    deposit(account);
    awaitStatus(account, "paid");
    JsonNode paid = read(account);
    assertThat(paid.path("vbank_num").asString()).isEqualTo(account.path("vbank_num").asString());
    assertThat(paid.path("paid_at").asLong()).isPositive();
    assertThat(paid.path("cancel_amount").asInt()).isZero();
  }

  /** The order was paid by a card meanwhile: the money is there all the same, and is told of. */
  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS})
  void itCountsBesideAnOrderThatWasPaidOtherwise(String pg) {
    String order = Api.newOrder();
    JsonNode account = expired(pg, order);
    Api.Answer card =
        api().post("/subscribe/payments/onetime", Api.keyIn(order, pg, Api.GOOD_CARD));
    assertThat(card.response().path("status").asString()).isEqualTo("paid");
    deposit(account);
    awaitStatus(account, "paid");
    assertThat(read(card.response()).path("status").asString()).isEqualTo("paid");
  }

  private static final List<Duration> LOOKS =
      List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(24));

  /** Where the simulator sends its notices; nowhere, if that is empty. */
  private static void tellAt(String pg, String mid, String url) {
    Api.Answer told =
        api()
            .bare(
                HttpRequest.newBuilder(
                        HUB.simulatorUrl().resolve("/_sim/notices/" + pg + "/" + mid))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"url\":\"" + url + "\"}")));
    assertThat(told.status()).isEqualTo(200);
  }

  /** A PG that does not tell: the books are read for another day. */
  @ParameterizedTest
  @CsvSource({"10", "60", "1440"})
  void whatNobodyTellsOfIsFoundByALaterLook(int minutes) {
    tellAt(Shop.INICIS, "INIpayTest", "");
    try {
      JsonNode account = expired(Shop.INICIS, Api.newOrder());
      Duration passed = Duration.ZERO;
      for (Duration look : LOOKS) {
        boolean last = look.equals(Duration.ofMinutes(minutes));
        if (last) {
          deposit(account);
          assertThat(read(account).path("status").asString()).isEqualTo("failed");
        }
        Duration until = look.plusMinutes(1);
        api().post("/sandbox/clock", Map.of("by", until.minus(passed).toString()));
        passed = until;
        if (last) {
          break;
        }
      }
      awaitStatus(account, "paid");
      assertThat(read(account).path("vbank_num").asString())
          .isEqualTo(account.path("vbank_num").asString());
    } finally {
      tellAt(Shop.INICIS, "INIpayTest", HUB.url() + "/notices/1/" + channel(Shop.INICIS));
    }
  }

  /**
   * Told of otherwise than as a deposit: it is money for an account, and no charge to be undone.
   */
  @Test
  void aChangeThatIsADepositIsTaken() {
    JsonNode account = expired(Shop.TOSS, Api.newOrder());
    tellAt(Shop.TOSS, "tosstest", "");
    deposit(account);
    JdbcClient database = JdbcClient.create(HUB.database().dataSource());
    String uid = account.path("imp_uid").asString();
    String orderId =
        database
            .sql("select order_id from attempt where imp_uid = :uid")
            .param("uid", uid)
            .query(String.class)
            .single();
    String event =
        "{\"eventType\":\"PAYMENT_STATUS_CHANGED\",\"data\":{\"orderId\":\"%s\"}}"
            .formatted(orderId);
    assertThat(
            Wire.page(
                    HttpRequest.newBuilder(HUB.url().resolve("/notices/1/" + channel(Shop.TOSS)))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(event))
                        .build())
                .status())
        .isEqualTo(200);
    awaitStatus(account, "paid");
    assertThat(read(account).path("cancel_amount").asInt()).isZero();
    tellAt(Shop.TOSS, "tosstest", HUB.url() + "/notices/1/" + channel(Shop.TOSS));
  }

  private static String channel(String pg) {
    return HUB.bean(Channels.class).byPg(1, pg).orElseThrow().key();
  }
}
