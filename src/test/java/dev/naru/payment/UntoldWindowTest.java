package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.naru.attention.Attention;
import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Channels;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Windows that charge by themselves, of PGs without books: what is signed, or confirmed when the PG
 * is asked, counts, and nothing else does. How such PGs want their notices answered; and addresses
 * that a PG finds too long.
 */
@Apart
@Execution(ExecutionMode.SAME_THREAD)
class UntoldWindowTest {

  private static final Duration ENDS = Duration.ofSeconds(40);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Charset EUC_KR = Charset.forName("EUC-KR");
  private static final Map<String, String> SIGNED = Map.of("signature", "signed");
  private static final Map<String, String> CLAIMED = Map.of("claim", "paid");
  private static final Teller PG = new Teller();
  private static final Hub HUB =
      Hub.start(
          Map.of("naru.pg.patience", PATIENCE.toString(), "naru.pg.wait", "PT0.3S"),
          List.of(PG.signing(), PG.confirming(), PG.byRef(), PG.brief(60)));

  private final String order = Api.newOrder();

  /** How much later it is for the hub: no test sets its clock back. */
  private static Duration ahead = Duration.ZERO;

  private static void moveOn(int minutes) {
    ahead = ahead.plusMinutes(minutes);
    HUB.bean(HubClock.class).offset(ahead);
  }

  /** Its token is as new as the clock. */
  private static Api api() {
    return new Api(HUB.url());
  }

  @AfterAll
  static void end() {
    HUB.close();
    PG.close();
  }

  @BeforeEach
  void begin() {
    PG.reset();
    for (Pg<?> pg : List.of(PG.signing(), PG.confirming(), PG.byRef())) {
      HUB.bean(Channels.class).add(1, key(pg.code()), pg, Pg.Mode.TEST, new Teller.Config("T"));
    }
  }

  private static String key(String code) {
    return "channel-key-" + code;
  }

  private FormBuyer open(String code) {
    Map<String, Object> wanted = FormBuyer.order(code + ".T");
    wanted.put("merchant_uid", order);
    return FormBuyer.open(HUB.url(), wanted);
  }

  private String status(FormBuyer buyer) {
    return api().get("/payments/" + buyer.impUid()).response().path("status").asString();
  }

  private void becomes(FormBuyer buyer, String status) {
    await().atMost(ENDS).until(() -> status(buyer), status::equals);
  }

  private static String of(FormBuyer buyer, String column) {
    return JdbcClient.create(HUB.database().dataSource())
        .sql("select coalesce(" + column + "::text, '') from attempt where imp_uid = :uid")
        .param("uid", buyer.impUid())
        .query(String.class)
        .single();
  }

  private static boolean isMatter(FormBuyer buyer) {
    return HUB.bean(Attention.class).open(Place.START, 1_000).stream()
        .anyMatch(one -> one.what() == What.OUTCOME_UNKNOWN && one.about().equals(buyer.impUid()));
  }

  private static void staysUnknown(FormBuyer buyer) {
    assertThat(of(buyer, "state")).isEqualTo("unknown");
    Instant told = Instant.now();
    assertThat(isMatter(buyer)).isFalse();
    await().atMost(ENDS).until(() -> isMatter(buyer));
    assertThat(Duration.between(told, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
    assertThat(of(buyer, "state")).isEqualTo("unknown");
  }

  private static HttpResponse<byte[]> notice(
      FormBuyer about, String code, Map<String, String> more) {
    return post(
        code,
        "order="
            + of(about, "order_id")
            + more.entrySet().stream()
                .map(one -> "&" + one.getKey() + "=" + encode(one.getValue()))
                .collect(Collectors.joining()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> post(String code, String fields) {
    URI to = HUB.url().resolve("/notices/1/" + key(code));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(to)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(fields))
              .build(),
          BodyHandlers.ofByteArray());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String type(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Content-Type").orElse("").replace(" ", "");
  }

  @Test
  void aReturnThatIsSignedIsBelieved() {
    FormBuyer buyer = open("signing");
    assertThat(buyer.comeBack(SIGNED)).isEqualTo(303);
    assertThat(status(buyer)).isEqualTo("paid");
    assertThat(api().post("/payments/cancel", Map.of("imp_uid", buyer.impUid())).code()).isZero();
  }

  @Test
  void aReturnThatIsNotSignedIsNotBelievedUntilASignedNoticeComes() {
    FormBuyer buyer = open("signing");
    assertThat(buyer.comeBack(CLAIMED)).isEqualTo(303);
    assertThat(status(buyer)).isEqualTo("ready");
    staysUnknown(buyer);
    assertThat(of(buyer, "due_at")).isEmpty();
    HttpResponse<byte[]> told = notice(buyer, "signing", SIGNED);
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(status(buyer)).isEqualTo("paid");
    await().atMost(ENDS).until(() -> !isMatter(buyer));
  }

  @Test
  void aSignedReturnAfterOneThatWasNotIsBelieved() {
    FormBuyer buyer = open("signing");
    assertThat(buyer.comeBack(CLAIMED)).isEqualTo(303);
    assertThat(buyer.comeBack(SIGNED)).isEqualTo(303);
    assertThat(status(buyer)).isEqualTo("paid");
  }

  @Test
  void aNoticeThatIsNotSignedSettlesNothing() {
    FormBuyer buyer = open("signing");
    assertThat(notice(buyer, "signing", CLAIMED).statusCode()).isEqualTo(200);
    assertThat(status(buyer)).isEqualTo("ready");
    staysUnknown(buyer);
  }

  /** It was given up, and charged all the same. */
  @Test
  void aSignedNoticeOfAWindowThatWasClosedIsGivenBack() {
    FormBuyer buyer = open("signing");
    buyer.closeLayer();
    becomes(buyer, "failed");
    assertThat(notice(buyer, "signing", SIGNED).statusCode()).isEqualTo(200);
    await().atMost(ENDS).until(() -> of(buyer, "state"), "reversed"::equals);
    assertThat(PG.asked("cancel")).hasSize(1);
    assertThat(status(buyer)).isEqualTo("failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"signing", "confirming"})
  void aWindowThatNobodyToldOfIsDoneWithQuietly(String code) {
    FormBuyer buyer = open(code);
    for (int look = 1; look < 4 && !of(buyer, "due_at").isEmpty(); look++) {
      String due = of(buyer, "due_at");
      moveOn(31);
      await().atMost(ENDS).until(() -> !of(buyer, "due_at").equals(due));
    }
    assertThat(of(buyer, "due_at")).isEmpty();
    assertThat(of(buyer, "state")).isEqualTo("open");
    assertThat(isMatter(buyer)).isFalse();
    assertThat(notice(buyer, code, SIGNED).statusCode()).isEqualTo(200);
    assertThat(status(buyer)).isEqualTo("paid");
  }

  @Test
  void aReturnThatThePgConfirmsIsBelieved() {
    FormBuyer buyer = open("confirming");
    assertThat(buyer.comeBack(CLAIMED)).isEqualTo(303);
    assertThat(status(buyer)).isEqualTo("paid");
    assertThat(PG.asked("confirm")).hasSize(1);
  }

  @Test
  void aReturnIsAskedAboutAgainUntilThePgAnswers() {
    PG.says("confirm", Teller.SILENCE, "NO:busy", Teller.YES);
    FormBuyer buyer = open("confirming");
    assertThat(buyer.comeBack(CLAIMED)).isEqualTo(303);
    becomes(buyer, "paid");
    assertThat(PG.asked("confirm")).hasSize(3);
    assertThat(isMatter(buyer)).isFalse();
  }

  @Test
  void whatThePgDoesNotConfirmStaysUnknown() {
    PG.says("confirm", "no such payment");
    FormBuyer buyer = open("confirming");
    assertThat(buyer.comeBack(CLAIMED)).isEqualTo(303);
    staysUnknown(buyer);
    assertThat(status(buyer)).isEqualTo("ready");
    // The PG has come to know of it.
    PG.says("confirm", Teller.YES);
    HttpResponse<byte[]> told = notice(buyer, "confirming", CLAIMED);
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(status(buyer)).isEqualTo("paid");
  }

  /** A look that began before knows nothing of what a notice has begun since. */
  @Test
  void whatIsGivenBackDuringALookStaysDueUntilItIs() {
    PG.says("confirm", "no such payment");
    FormBuyer buyer = open("confirming");
    assertThat(buyer.comeBack(CLAIMED)).isEqualTo(303);
    PG.says("cancel", Teller.SILENCE, Teller.YES);
    PG.meanwhile(
        "confirm",
        () -> {
          Map<String, String> other = Map.of("signature", "signed", "amount", "9000");
          assertThat(notice(buyer, "confirming", other).statusCode()).isEqualTo(200);
          await().atMost(ENDS).until(() -> !PG.asked("cancel").isEmpty());
          await().atMost(ENDS).until(() -> !of(buyer, "tries").equals("0"));
        });
    moveOn(1);
    await().atMost(ENDS).until(() -> of(buyer, "state"), "reversed"::equals);
    assertThat(PG.asked("cancel")).hasSize(2);
    assertThat(status(buyer)).isEqualTo("failed");
  }

  @Test
  void aNoticeThatThePgDoesNotConfirmComesAgain() {
    PG.says("confirm", Teller.NOTHING, Teller.NOTHING, Teller.YES);
    FormBuyer buyer = open("confirming");
    HttpResponse<byte[]> refused = notice(buyer, "confirming", CLAIMED);
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(type(refused)).isEqualTo("application/json");
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"result\":\"FAIL\"}");
    // What it told is kept: the hub asks by itself.
    becomes(buyer, "paid");
  }

  @Test
  void aNoticeIsAnsweredInItsPgsOwnWay() {
    FormBuyer buyer = open("signing");
    HttpResponse<byte[]> taken = notice(buyer, "signing", SIGNED);
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(type(taken)).isEqualToIgnoringCase("text/html;charset=EUC-KR");
    assertThat(new String(taken.body(), EUC_KR)).isEqualTo("<b>받음</b>");
    HttpResponse<byte[]> refused = post("signing", "nothing=1");
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(type(refused)).isEqualToIgnoringCase("text/html;charset=EUC-KR");
    assertThat(new String(refused.body(), EUC_KR)).isEqualTo("<b>다시</b>");
  }

  @Test
  void aChannelWhoseAddressesAreTooLongIsNotMade() {
    Channels channels = HUB.bean(Channels.class);
    assertThat(channels.of(1)).noneMatch(one -> one.pg().code().equals("brief"));
    assertThatThrownBy(
            () -> channels.add(1, key("brief"), PG.brief(60), Pg.Mode.TEST, new Teller.Config("B")))
        .isInstanceOfSatisfying(
            Failed.class,
            refused ->
                assertThat(Wording.KOREAN.of(refused.failure().why()))
                    .contains("시험brief(brief)", "60자", "NARU_BASE_URL"));
    channels.add(1, key("brief"), PG.brief(90), Pg.Mode.TEST, new Teller.Config("B"));
    assertThat(channels.byKey(1, key("brief"))).isPresent();
    // It is known to the hub as a PG that takes 60: its windows are refused before they open.
    Map<String, Object> wanted = FormBuyer.order("brief.B");
    assertThat(FormBuyer.prepare(HUB.url(), wanted).path("message").asString())
        .contains("60자", "NARU_BASE_URL");
    assertThat(api().get("/payments/find/" + wanted.get("merchant_uid")).status()).isEqualTo(404);
  }
}
