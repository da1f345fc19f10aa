package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.HubClock;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What becomes of virtual accounts when their deadline passes, on a hub whose clock is moved. */
@Apart
class VbankExpiryTest {

  private static final Hub HUB = Hub.start(Map.of());

  @AfterAll
  static void end() {
    HUB.close();
  }

  /** With a token of its own: those of before a move are over. */
  private static Api api() {
    return new Api(HUB.url());
  }

  private static JsonNode opened(String pg) {
    Map<String, Object> parameters = Shop.account(pg);
    parameters.put(
        "vbank_due", HUB.bean(HubClock.class).instant().plus(Duration.ofDays(1)).getEpochSecond());
    parameters.put("notice_url", HUB.url() + "/sandbox/hooks/expiry-" + pg);
    return api().post("/vbanks", parameters).response();
  }

  private static JsonNode read(JsonNode payment) {
    return api().get("/payments/" + payment.path("imp_uid").asString()).response();
  }

  private static void advance(Duration by) {
    Api.Answer moved = api().post("/sandbox/clock", Map.of("by", by.toString()));
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
  }

  /** Its notice gets lost: nobody listens where the simulator sends it. */
  private static void depositUnnoticed(JsonNode account) {
    String path =
        "/_sim/vbanks/%s/%s/deposit"
            .formatted(
                account.path("pg_provider").asString(), account.path("vbank_num").asString());
    for (String mid : new String[] {"tosstest", "INIpayTest"}) {
      String notices = "/_sim/notices/" + account.path("pg_provider").asString() + "/" + mid;
      api()
          .bare(
              HttpRequest.newBuilder(HUB.simulatorUrl().resolve(notices))
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString("{\"url\":\"\"}")));
    }
    Api.Answer moved =
        api()
            .bare(
                HttpRequest.newBuilder(HUB.simulatorUrl().resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}")));
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void failsWhenNobodyPaidAndIsPaidWhenTheNoticeWasLost(String pg) {
    JsonNode unpaid = opened(pg);
    JsonNode paid = opened(pg);
    assertThat(read(unpaid).path("status").asString()).isEqualTo("ready");
    depositUnnoticed(paid);
    assertThat(read(paid).path("status").asString()).isEqualTo("ready");
    advance(Duration.ofDays(1).plusMinutes(9));
    assertThat(read(unpaid).path("status").asString()).isEqualTo("ready");
    advance(Duration.ofMinutes(3));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(read(unpaid).path("status").asString()).isEqualTo("failed");
              assertThat(read(paid).path("status").asString()).isEqualTo("paid");
            });
    JsonNode failed = read(unpaid);
    assertThat(failed.path("fail_reason").asString()).isEqualTo("가상계좌 입금 기한이 만료되었습니다.");
    assertThat(failed.path("fail_code").asString()).isEqualTo("EXPIRED");
    Wire.refused(api().delete("/vbanks/" + failed.path("imp_uid").asString()), 400, -1);
  }

  /** A barcode likewise; its till takes nothing from the first second after its time. */
  @Test
  void aBarcodeThatNobodyPaidFails() {
    Map<String, Object> parameters = new java.util.HashMap<>();
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("amount", 3_000);
    parameters.put(
        "expired_at",
        HUB.bean(HubClock.class).instant().plus(Duration.ofHours(1)).getEpochSecond());
    JsonNode barcode = api().post("/cvs", parameters).response();
    assertThat(barcode.path("status").asString()).isEqualTo("ready");
    advance(Duration.ofHours(1).plusMinutes(1));
    URI till = HUB.simulatorUrl().resolve("/emulation/till");
    assertThat(TillPage.pay(till, barcode.path("vbank_num").asString(), "card"))
        .contains("기다리는 바코드가 아닙니다");
    assertThat(read(barcode).path("status").asString()).isEqualTo("ready");
    advance(Duration.ofMinutes(11));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> read(barcode).path("status").asString().equals("failed"));
    assertThat(read(barcode).path("fail_code").asString()).isEqualTo("EXPIRED");
    assertThat(read(barcode).path("fail_reason").asString()).contains("바코드");
    Wire.refused(api().delete("/cvs/" + barcode.path("imp_uid").asString()), 200, -1);
  }
}
