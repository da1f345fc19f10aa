package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.attention.Attention;
import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.connector.Pg;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Channels;
import dev.naru.merchant.audit.Actor;
import dev.naru.payment.resolve.Looks;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * How charges and cancels end whose PG has no books: by a cancel under our own reference, or not at
 * all, which with real money somebody must have accepted.
 */
@Apart
@Execution(ExecutionMode.SAME_THREAD)
class UnknownEndsTest {

  private static final Duration ENDS = Duration.ofSeconds(40);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Teller PG = new Teller();
  private static final Hub HUB =
      Hub.start(
          Map.of("naru.pg.patience", PATIENCE.toString(), "naru.pg.wait", "PT0.3S"),
          List.of(PG.byRef(), PG.blind()));

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
    add("byref", Pg.Mode.TEST);
    add("blind", Pg.Mode.TEST);
    add("blind", Pg.Mode.LIVE);
  }

  private static String add(String code, Pg.Mode mode) {
    String key = "channel-key-" + code + "-" + mode;
    Pg<?> pg = code.equals("byref") ? PG.byRef() : PG.blind();
    HUB.bean(Channels.class).add(1, key, pg, mode, new Teller.Config(code + mode));
    return key;
  }

  private Api.Answer keyIn(String code, Pg.Mode mode) {
    return api()
        .post(
            "/subscribe/payments/onetime",
            Api.keyIn(order, code + "." + code + mode, Api.GOOD_CARD));
  }

  private JsonNode payment() {
    return api().get("/payments/find/" + order).response();
  }

  private String status() {
    return payment().path("status").asString();
  }

  private void becomes(String status) {
    await().atMost(ENDS).until(this::status, status::equals);
  }

  private String of(String column) {
    return JdbcClient.create(HUB.database().dataSource())
        .sql(
            "select coalesce(a."
                + column
                + "::text, '') from attempt a join payment p on p.merchant_id = a.merchant_id"
                + " and p.imp_uid = a.imp_uid where p.merchant_uid = :order")
        .param("order", order)
        .query(String.class)
        .single();
  }

  private boolean isMatter(What what) {
    String about = payment().path("imp_uid").asString();
    return HUB.bean(Attention.class).open(Place.START, 1_000).stream()
        .anyMatch(one -> one.what() == what && one.about().equals(about));
  }

  private void isPatient() {
    Instant called = PG.asked("charge").getFirst().at();
    becomes("failed");
    assertThat(Duration.between(called, Instant.now())).isGreaterThan(PATIENCE);
    assertThat(PG.asked("charge")).hasSize(1);
    assertThat(PG.asked("undo"))
        .filteredOn(one -> one.at().isAfter(called.plus(PATIENCE)))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void thatThereIsNothingToCancelProvesNothingBeforeThePgHadItsTime() {
    PG.says("charge", Teller.SILENCE);
    PG.says("undo", Teller.NOTHING);
    keyIn("byref", Pg.Mode.TEST);
    await().atMost(ENDS).until(() -> PG.asked("undo").size() >= 2);
    assertThat(of("state")).isEqualTo("unknown");
    isPatient();
    assertThat(payment().path("fail_reason").asString()).contains("승인된 거래가 없어");
  }

  /** The window was open for long before the charge was asked for. */
  @Test
  void ofAWindowThePgsTimeBeginsWithTheCall() {
    PG.says("charge", Teller.SILENCE);
    PG.says("undo", Teller.NOTHING);
    Map<String, Object> wanted = FormBuyer.order("byref.byrefTEST");
    wanted.put("merchant_uid", order);
    FormBuyer buyer = FormBuyer.open(HUB.url(), wanted);
    moveOn(5);
    assertThat(buyer.comeBack(Map.of("done", "1"))).isEqualTo(303);
    isPatient();
  }

  @Test
  void aChargeThatArrivesLateIsCancelled() {
    PG.says("charge", Teller.SILENCE);
    PG.says("undo", Teller.NOTHING, Teller.YES);
    keyIn("byref", Pg.Mode.TEST);
    becomes("failed");
    assertThat(payment().path("fail_reason").asString()).contains("취소");
    assertThat(PG.asked("undo")).hasSize(2);
    int before = PG.asked("undo").size();
    moveOn(11);
    await().atMost(ENDS).until(() -> PG.asked("undo").size() > before);
    assertThat(status()).isEqualTo("failed");
  }

  /** Else the shop would send goods for money that went back. */
  @Test
  void aChargeThatWasToldOfWhileItWasCancelledIsACancelOfOurs() {
    PG.says("charge", Teller.SILENCE);
    PG.meanwhile(
        "undo",
        () -> {
          assertThat(notice()).isEqualTo(200);
          assertThat(status()).isEqualTo("paid");
        });
    keyIn("byref", Pg.Mode.TEST);
    becomes("cancelled");
    assertThat(payment().path("cancel_amount").asLong())
        .isEqualTo(payment().path("amount").asLong());
    assertThat(PG.asked("cancel")).isEmpty();
  }

  /** The PG's word that the order was charged. */
  private int notice() {
    URI to = HUB.url().resolve("/notices/1/channel-key-byref-TEST");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(to)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("order=" + of("order_id")))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCancelThatFailsIsMadeAgainAndThenAMatter() {
    PG.says("charge", Teller.SILENCE);
    PG.says("undo", "NO:busy", Teller.SILENCE);
    keyIn("byref", Pg.Mode.TEST);
    for (int minute = 1; minute < 30 && !isMatter(What.OUTCOME_UNKNOWN); minute++) {
      int tries = Integer.parseInt(of("tries"));
      moveOn(1);
      await().atMost(ENDS).until(() -> Integer.parseInt(of("tries")) > tries);
    }
    assertThat(Integer.parseInt(of("tries"))).isGreaterThanOrEqualTo(Looks.STUCK);
    await().atMost(ENDS).until(() -> isMatter(What.OUTCOME_UNKNOWN));
    assertThat(of("state")).isEqualTo("unknown");
    PG.says("undo", Teller.YES);
    moveOn(40);
    becomes("failed");
    await().atMost(ENDS).until(() -> !isMatter(What.OUTCOME_UNKNOWN));
  }

  @Test
  void withoutMeansItStaysUnknownAndIsAMatter() {
    PG.says("charge", Teller.SILENCE);
    keyIn("blind", Pg.Mode.TEST);
    await().atMost(ENDS).until(() -> isMatter(What.OUTCOME_UNKNOWN));
    assertThat(of("state")).isEqualTo("unknown");
    assertThat(of("due_at")).isEmpty();
    assertThat(status()).isEqualTo("ready");
    assertThat(PG.asked("charge")).hasSize(1);
  }

  @Test
  void withRealMoneyItIsRefusedUnlessTheChannelAcceptsIt() {
    String key = add("blind", Pg.Mode.LIVE);
    HUB.bean(ChannelSetup.class).acceptUnknown(Actor.HUB, 1, key, false);
    Api.Answer refused = keyIn("blind", Pg.Mode.LIVE);
    assertThat(refused.code()).isNotZero();
    assertThat(refused.message()).contains("시험blind(blind)", "결과 미확인 거래", "accepts_unknown");
    assertThat(api().get("/payments/find/" + order).status()).isEqualTo(404);
    assertThat(PG.asked("charge")).isEmpty();

    HUB.bean(ChannelSetup.class).acceptUnknown(Actor.HUB, 1, key, true);
    PG.says("charge", Teller.SILENCE);
    keyIn("blind", Pg.Mode.LIVE);
    await().atMost(ENDS).until(() -> isMatter(What.OUTCOME_UNKNOWN));
    assertThat(of("state")).isEqualTo("unknown");
    assertThat(PG.asked("charge")).hasSize(1);
  }

  /** What would be refused when its time has come is not promised either. */
  @Test
  void aScheduleOfSuchChargesIsRefusedWhenItIsMade() {
    String key = add("blind", Pg.Mode.LIVE);
    HUB.bean(ChannelSetup.class).acceptUnknown(Actor.HUB, 1, key, false);
    String customer = "customer-" + order;
    Map<String, Object> card = new HashMap<>(Api.keyIn(order, "blind.blindLIVE", Api.GOOD_CARD));
    card.remove("amount");
    assertThat(api().issueKey(customer, card).code()).isZero();
    Map<String, Object> one =
        Map.of(
            "merchant_uid",
            order,
            "schedule_at",
            HUB.bean(HubClock.class).instant().getEpochSecond() + 3_600,
            "amount",
            10_000);
    Map<String, Object> wanted = Map.of("customer_uid", customer, "schedules", List.of(one));
    Api.Answer refused = api().post("/subscribe/payments/schedule", wanted);
    assertThat(refused.message()).contains("결과 미확인 거래");
    HUB.bean(ChannelSetup.class).acceptUnknown(Actor.HUB, 1, key, true);
    assertThat(api().post("/subscribe/payments/schedule", wanted).code()).isZero();
  }

  @Test
  void wholeAndPartialCancelsEndEachInItsOwnWay() {
    keyIn("byref", Pg.Mode.TEST);
    becomes("paid");
    PG.says("cancel", Teller.SILENCE);
    cancel(Map.of("amount", 4_000));
    await().atMost(ENDS).until(() -> isMatter(What.CANCEL_UNDECIDED));
    assertThat(PG.asked("cancel")).as("a partial cancel is not repeated").hasSize(1);
    assertThat(payment().path("cancel_amount").asInt()).isZero();
  }

  @Test
  void aWholeCancelIsRepeated() {
    keyIn("byref", Pg.Mode.TEST);
    becomes("paid");
    PG.says("cancel", Teller.SILENCE, Teller.YES);
    cancel(Map.of());
    becomes("cancelled");
    assertThat(PG.asked("cancel")).hasSize(2);
    assertThat(isMatter(What.CANCEL_UNDECIDED)).isFalse();
  }

  @Test
  void withRealMoneyACancelThatMayStayUnknownIsRefusedUnlessAccepted() {
    String key = add("blind", Pg.Mode.LIVE);
    HUB.bean(ChannelSetup.class).acceptUnknown(Actor.HUB, 1, key, true);
    keyIn("blind", Pg.Mode.LIVE);
    becomes("paid");
    HUB.bean(ChannelSetup.class).acceptUnknown(Actor.HUB, 1, key, false);
    Api.Answer partial = cancel(Map.of("amount", 4_000));
    assertThat(partial.message()).contains("부분취소", "결과 미확인 거래");
    assertThat(PG.asked("cancel")).isEmpty();
    assertThat(cancel(Map.of()).code()).isZero();
    assertThat(status()).isEqualTo("cancelled");
  }

  private Api.Answer cancel(Map<String, ?> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("merchant_uid", order);
    return api().post("/payments/cancel", all);
  }
}
