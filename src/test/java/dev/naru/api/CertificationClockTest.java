package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.HubClock;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long a code may be confirmed, on a hub whose clock is advanced. Its PGs keep their own. */
@Apart
class CertificationClockTest {

  private static final Hub HUB = Hub.start(Map.of());
  private static final HubClock CLOCK = HUB.bean(HubClock.class);
  private static final Api API = new Api(HUB.url());
  private static final JdbcClient JDBC = JdbcClient.create(HUB.database().dataSource());

  @AfterAll
  static void end() {
    HUB.close();
  }

  @BeforeEach
  void now() {
    CLOCK.offset(Duration.ZERO);
  }

  private static String requested(String phone) {
    return API.post("/certifications/otp/request", Shop.person(Shop.DANAL, phone))
        .response()
        .path("imp_uid")
        .asString();
  }

  private static Api.Answer confirm(String impUid, String phone) {
    URI outbox = HUB.url().resolve("/sandbox/outbox?phone=" + phone);
    String code = Wire.get(outbox).path(0).path("code").asString();
    return API.post("/certifications/otp/confirm/" + impUid, Map.of("otp", code));
  }

  private static String column(String name, String impUid) {
    return JDBC.sql("select " + name + "::text from certification where imp_uid = :uid")
        .param("uid", impUid)
        .query(String.class)
        .single();
  }

  @Test
  void acceptsACodeForThreeMinutes() {
    String phone = Shop.newPhone();
    String early = requested(phone);
    CLOCK.offset(Duration.ofSeconds(178));
    assertThat(confirm(early, phone).status()).isEqualTo(200);

    CLOCK.offset(Duration.ZERO);
    String late = requested(phone);
    CLOCK.offset(Duration.ofSeconds(181));
    Api.Answer answer = confirm(late, phone);
    Wire.refused(answer, 400, -1);
    assertThat(answer.message()).contains("시간이 초과");
    assertThat(column("state", late)).isEqualTo("expired");
    assertThat(column("person is null", late)).isEqualTo("true");
    CLOCK.offset(Duration.ZERO);
    Wire.refused(confirm(late, phone), 400, -1);
    assertThat(API.get("/certifications/" + late).response().path("certified").asBoolean(true))
        .isFalse();
  }

  @Test
  void aConfirmWithoutAnAnswerMayBeRepeatedWhenTheTimeIsOver() {
    String phone = "01000009022";
    String impUid = requested(phone);
    assertThat(confirm(impUid, phone).status()).isEqualTo(500);
    CLOCK.offset(Duration.ofMinutes(8));
    assertThat(confirm(impUid, phone).response().path("certified").asBoolean()).isTrue();
  }

  @Test
  void aConfirmOfADeadHubIsNotLost() {
    String phone = Shop.newPhone();
    String impUid = requested(phone);
    // As the hub leaves it that dies while it waits for the PG.
    JDBC.sql("update certification set busy_until = :until, unanswered = true where imp_uid = :uid")
        .param("until", Timestamp.from(CLOCK.instant().plusSeconds(60)))
        .param("uid", impUid)
        .update();
    Api.Answer busy = confirm(impUid, phone);
    Wire.refused(busy, 400, -1);
    assertThat(busy.message()).contains("확인하고 있습니다");
    CLOCK.offset(Duration.ofMinutes(4));
    assertThat(confirm(impUid, phone).response().path("certified").asBoolean()).isTrue();
  }

  @Test
  void whatNobodyConfirmsIsForgotten() {
    String phone = Shop.newPhone();
    String impUid = requested(phone);
    String certified = requested(phone);
    assertThat(confirm(certified, phone).status()).isEqualTo(200);
    assertThat(column("person is null", impUid)).isEqualTo("false");
    CLOCK.offset(Duration.ofMinutes(14));
    await().until(() -> column("state", impUid).equals("expired"));
    assertThat(column("person is null", impUid)).isEqualTo("true");
    assertThat(column("state", certified)).isEqualTo("certified");
  }

  private static String opened() {
    String body =
        """
        {"user_code": "imp00000000", "page": "https://shop.example/join",
         "params": {"pg": "danal", "merchant_uid": "join-9"}}
        """;
    return API.bare(
            HttpRequest.newBuilder(API.at("/checkout/certification"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)))
        .response()
        .path("imp_uid")
        .asString();
  }

  @Test
  void aWindowThatNobodyComesBackFromIsForgotten() {
    String impUid = opened();
    assertThat(column("person is null", impUid)).isEqualTo("false");
    CLOCK.offset(Duration.ofMinutes(29));
    assertThat(API.get("/certifications/" + impUid).response().path("certified").asBoolean(true))
        .isFalse();
    CLOCK.offset(Duration.ofMinutes(41));
    await().until(() -> column("state", impUid).equals("expired"));
    assertThat(column("person is null", impUid)).isEqualTo("true");
    // The token of before has expired, too.
    Api later = new Api(HUB.url());
    assertThat(later.get("/certifications/" + impUid).response().path("certified").asBoolean(true))
        .isFalse();
  }
}
