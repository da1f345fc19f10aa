package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.naru.connector.Approval;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.http.PgClocks;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.http.WireLog;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.pg.kakaopay.Kakaopay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What only Kakao Pay has: its parameters, its clock, and SIDs without a look-up. */
@Execution(ExecutionMode.CONCURRENT)
final class KakaopayTest {

  private static final World WORLD = World.get();
  private static final Rig RIG = Rig.named("kakaopay");
  private static final String OWNER = "owner-1234567890";

  private static Kakaopay kakaopay() {
    return (Kakaopay) WORLD.connector(Kakaopay.PG);
  }

  private static Order with(Order order, Map<String, String> options) {
    return order.with(new Tax(1_000, 500L)).with(new V1Parameters(options).wishes());
  }

  private static JsonNode ready(Map<String, String> options, Visit visit) {
    Order order = with(WORLD.order(60_000), options);
    WORLD.opened(order, kakaopay().open(order, visit));
    return WORLD.said(order, "/ready");
  }

  private static Map<String, String> authenticated(Order order, String number) {
    Window window = WORLD.opened(order, kakaopay().open(order, WORLD.visit(false)));
    PgReturn back = WORLD.browser().pay(window, number);
    return WORLD.intent(order, kakaopay().authenticate(order, back));
  }

  private static PgKey issued(String number) {
    Order order = WORLD.order(0);
    Window window = WORLD.opened(order, kakaopay().openForKey(order, OWNER, WORLD.visit(false)));
    PgReturn back = WORLD.browser().pay(window, number);
    Map<String, String> intent = WORLD.intent(order, kakaopay().authenticateKey(order, back));
    return World.ok(kakaopay().issueFromWindow(order, OWNER, intent));
  }

  @Test
  void tellsThePgWhatV1Says() {
    JsonNode plain = ready(Map.of(), WORLD.visit(false));
    assertThat(plain.path("total_amount").asLong()).isEqualTo(60_000);
    assertThat(plain.path("tax_free_amount").asLong()).isEqualTo(1_000);
    assertThat(plain.path("cid").asString()).isEqualTo("TC0ONETIME");
    assertThat(plain.has("vat_amount")).isFalse();
    for (String unasked : List.of("available_cards", "payment_method_type", "install_month")) {
      assertThat(plain.has(unasked)).as(unasked).isFalse();
    }
    JsonNode asked =
        ready(
            Map.of(
                "display.card_quota", "3",
                "bypass.kakaopay.payment_method_type", "CARD",
                "bypass.kakaopay.custom_message", "정기 배송",
                "card.detail",
                    "[{\"card_code\":\"*\",\"enabled\":false},{\"card_code\":\"366\",\"enabled\":true}]"),
            WORLD.visit(false));
    assertThat(asked.path("install_month").asInt(-1)).isEqualTo(3);
    assertThat(asked.path("payment_method_type").asString()).isEqualTo("CARD");
    assertThat(asked.path("available_cards").toString()).isEqualTo("[\"SHINHAN\"]");
    assertThat(asked.path("custom_json").path("custom_message").asString()).isEqualTo("정기 배송");
    JsonNode without =
        ready(
            Map.of("card.detail", "[{\"card_code\":\"361\",\"enabled\":false}]"),
            WORLD.visit(false));
    assertThat(without.path("available_cards").toString()).contains("KB").doesNotContain("BC");
    assertThat(ready(Map.of("display.card_quota", ""), WORLD.visit(false)).path("install_month"))
        .isEqualTo(JsonMapper.shared().readTree("0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "display.card_quota|2,3",
        "display.card_quota|13",
        "bypass.kakaopay.payment_method_type|POINT",
        "card.detail|[{\"card_code\":\"*\",\"enabled\":false}]",
        "card.detail|[{\"card_code\":\"999\",\"enabled\":true}]",
        "card.direct.code|092",
      })
  void refusesParametersThatThePgDoesNotHave(String name, String value) {
    Order order = with(WORLD.order(60_000), Map.of(name, value));
    Decline no = World.declined(kakaopay().open(order, WORLD.visit(false)));
    assertThat(no.reason()).isEqualTo(Reason.BAD_REQUEST);
    assertThat(no.text()).containsPattern("[가-힣]{2,}");
    assertThat(WORLD.wire()).noneMatch(entry -> entry.orderId().equals(order.id()));
  }

  @Test
  void phonesHaveAWindowOfTheirOwnUnlessAskedOtherwise() {
    Visit phone =
        new Visit(
            true,
            URI.create("http://127.0.0.1:1/back?a=1"),
            URI.create("http://127.0.0.1:1/close"),
            URI.create("http://127.0.0.1:1/notice"),
            "ko",
            "myshop://pay");
    Order order = WORLD.order(1_000);
    assertThat(WORLD.opened(order, kakaopay().open(order, phone)).toString()).contains("/mobile/");
    assertThat(WORLD.said(order, "/ready").path("custom_json").path("return_custom_url").asString())
        .isEqualTo("myshop://pay");
    Order asPc = with(WORLD.order(2_000), Map.of("kakaopayMobileAsPC", "true"));
    assertThat(WORLD.opened(asPc, kakaopay().open(asPc, phone)).toString()).contains("/pc/");
    assertThat(WORLD.opened(order, kakaopay().open(order, WORLD.visit(false))).toString())
        .contains("/pc/");
  }

  @Test
  void moneyIsPoints() {
    Order order = WORLD.order(9_000);
    Window window = WORLD.opened(order, kakaopay().open(order, WORLD.visit(false)));
    assertThat(WORLD.browser().page(window)).contains("카카오페이머니");
    PgReturn back = WORLD.browser().payBy(window, "transfer");
    Map<String, String> intent = WORLD.intent(order, kakaopay().authenticate(order, back));
    Approval approval = World.ok(kakaopay().approve(order, intent));
    assertThat(approval.method()).isEqualTo("point");
    assertThat(approval.card()).isNull();
    assertThat(RIG.found(order).orElseThrow().approval().orElseThrow()).isEqualTo(approval);
  }

  @Test
  void tellsTheCardInV1sCodes() {
    Order order = WORLD.order(60_000);
    Approval approval =
        World.ok(kakaopay().approve(order, authenticated(order, "4518420000001111")));
    var card = World.present(approval.card());
    assertThat(card.code()).isEqualTo("366");
    assertThat(card.name()).isEqualTo("신한카드");
    assertThat(card.publisherCode()).isEqualTo("366");
    assertThat(card.number()).isEqualTo("451842**********");
    assertThat(card.type()).isZero();
    assertThat(approval.applyNum()).hasSize(8);
  }

  /** A bank that went silent after paying: a 400 that is no decline. */
  @Test
  void aBankThatIsNotSureIsUnknown() {
    Order order = WORLD.order(9_000);
    Window window = WORLD.opened(order, kakaopay().open(order, WORLD.visit(false)));
    PgReturn back =
        WORLD
            .browser()
            .press(window, Map.of("action", "pay", "method", "transfer", "outcome", "GARBLED"));
    Map<String, String> intent = WORLD.intent(order, kakaopay().authenticate(order, back));
    Outcome<Approval> outcome = kakaopay().approve(order, intent);
    World.unknown(outcome);
    assertThat(outcome.toString()).contains("BANK_FIRM_UNKNOWN");
    assertThat(RIG.found(order).orElseThrow().state()).isEqualTo(PgRecord.State.PAID);
  }

  @Test
  void cancelsGiveBackTheTaxFreePart() {
    Order order = with(WORLD.order(10_000), Map.of());
    Approval paid = World.ok(kakaopay().approve(order, authenticated(order, World.GOOD)));
    World.ok(kakaopay().cancel(WORLD.cancel(order, paid, 10_000, 10_000)));
    JsonNode said = WORLD.said(order, "/cancel");
    assertThat(said.path("cancel_tax_free_amount").asLong()).isEqualTo(1_000);
    assertThat(said.path("cancel_available_amount").asLong()).isEqualTo(10_000);
  }

  /** What was cancelled elsewhere must not be cancelled twice: the PG compares what is left. */
  @Test
  void aCancelThatCountsOtherwiseIsRefused() {
    Order order = WORLD.order(10_000);
    Approval paid = World.ok(kakaopay().approve(order, authenticated(order, World.GOOD)));
    var part = WORLD.cancel(order, paid, 3_000, 10_000);
    World.ok(kakaopay().cancel(part));
    assertThat(World.declined(kakaopay().cancel(part)).reason()).isEqualTo(Reason.AMOUNT_MISMATCH);
    assertThat(WORLD.paid(Kakaopay.PG, order)).isEqualTo(7_000);
  }

  /** By the connector's clock alone, since the PG is not asked what a return means. */
  @Test
  void aWindowThatFailedSaysWhetherItWasLate() {
    Order order = WORLD.order(1_000);
    PgReturn failed =
        new PgReturn(new byte[0], "order=" + order.id() + "&failed=1", Map.of(), "127.0.0.1");
    assertThat(abandoned(kakaopay().authenticate(order, failed)).reason())
        .isEqualTo(Reason.REFUSED);
    Kakaopay later = at(order.at().plus(Duration.ofMinutes(16)), WORLD.browser().simulator());
    assertThat(abandoned(later.authenticate(order, failed)).reason()).isEqualTo(Reason.EXPIRED);
  }

  private static Decline abandoned(Returned returned) {
    assertThat(returned).isInstanceOf(Returned.Abandoned.class);
    return ((Returned.Abandoned) returned).decline();
  }

  /** A TID that has died without an approval is dead, whatever the PG still shows. */
  @Test
  void whatWasNotApprovedInTimeIsDead() {
    Order order = WORLD.order(1_000);
    Map<String, String> intent = authenticated(order, World.GOOD);
    URI simulator = WORLD.browser().simulator();
    Function<Duration, PgRecord.State> after =
        age ->
            World.ok(at(order.at().plus(age), simulator).find(order, null, intent))
                .orElseThrow()
                .state();
    assertThat(after.apply(Duration.ofMinutes(16))).isEqualTo(PgRecord.State.RUNNING);
    assertThat(after.apply(Duration.ofMinutes(18))).isEqualTo(PgRecord.State.DEAD);
  }

  /** By the PG's clock: ours may be wrong. */
  @Test
  void whatIsNotOverAtThePgIsNotDead() {
    Order order = WORLD.order(1_000);
    Map<String, String> intent = authenticated(order, World.GOOD);
    Kakaopay ahead = ahead(Duration.ofHours(1));
    assertThat(World.ok(ahead.find(order, null, intent)).orElseThrow().state())
        .isEqualTo(PgRecord.State.RUNNING);
  }

  /** The connector in a time that is not the machine's, and the PG's with it. */
  private static Kakaopay at(Instant now, URI simulator) {
    return with(InstantSource.fixed(now), new PgClocks(InstantSource.system()), simulator);
  }

  /** The connector on a machine whose clock is ahead of the PG's. */
  private static Kakaopay ahead(Duration by) {
    InstantSource clock = () -> Instant.now().plus(by);
    return with(clock, new PgClocks(clock), WORLD.browser().simulator());
  }

  private static Kakaopay with(InstantSource clock, PgClocks clocks, URI simulator) {
    PgHttp.Timeouts timeouts = new PgHttp.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2));
    PgHttp http =
        PgHttp.create(timeouts, entry -> {}, clock, clocks)
            .to(Map.of("api", simulator.resolve("/kakaopay")), entry -> {});
    return new Kakaopay(Kakaopay.PG.demo(), http);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, -15})
  void aLastChargeByAnotherClockProvesNothing(int seconds) {
    PgKey key = issued("4000000000009002");
    Duration by = Duration.ofSeconds(seconds);
    Kakaopay hub = ahead(by);
    Order order = begun(Instant.now().plus(by));
    World.unknown(hub.charge(order, key));
    Outcome<Optional<PgRecord>> found = hub.find(order, null, hub.chargeIntent(key));
    assertThat(why(found)).doesNotContain(PgRecord.NAMELESS);
    // The clock was set right meanwhile: how wrong it was had been kept.
    assertThat(why(kakaopay().find(order, null, hub.chargeIntent(key))))
        .contains(PgRecord.NAMELESS);
    // Nobody knows how wrong it was.
    Map<String, String> unmeasured = new HashMap<>(hub.chargeIntent(key));
    unmeasured.remove("ahead");
    assertThat(why(kakaopay().find(order, null, unmeasured))).contains(PgRecord.NAMELESS);
    Order later = begun(Instant.now().plus(Duration.ofHours(2)));
    assertThat(World.ok(kakaopay().find(later, null, unmeasured))).isEmpty();
  }

  private static String why(Outcome<?> outcome) {
    World.unknown(outcome);
    return ((Outcome.Unknown<?>) outcome).why();
  }

  private static Order begun(Instant at) {
    return WORLD.order(3_000).at(at);
  }

  @Test
  void aChargeOfAKeyThatWasNotMadeIsFoundNotToBe() {
    PgKey key = issued("4000000000009001");
    Order order = WORLD.order(3_000);
    World.unknown(kakaopay().charge(order, key));
    assertThat(World.ok(kakaopay().find(order, null, kakaopay().chargeIntent(key)))).isEmpty();
  }

  /** Without a TID nobody could cancel it: it is not called paid. */
  @Test
  void aChargeOfAKeyThatWasMadeWithoutAnAnswerStaysUnknown() {
    PgKey key = issued("4000000000009002");
    Order order = WORLD.order(3_000);
    World.unknown(kakaopay().charge(order, key));
    assertThat(WORLD.paid(Kakaopay.PG, order)).isEqualTo(3_000);
    World.unknown(kakaopay().find(order, null, kakaopay().chargeIntent(key)));
    World.unknown(kakaopay().find(order, null, Map.of()));
  }

  @Test
  void theWireLogHoldsNoSecret() {
    int before = WORLD.wire().size();
    Order order = WORLD.order(3_000);
    Map<String, String> intent = authenticated(order, World.GOOD);
    World.ok(kakaopay().approve(order, intent));
    PgKey key = issued(World.GOOD);
    Order again = WORLD.order(3_000);
    World.ok(kakaopay().charge(again, key));
    World.ok(kakaopay().delete(key));
    List<WireLog.Entry> kept = new ArrayList<>(WORLD.wire().subList(before, WORLD.wire().size()));
    assertThat(kept).hasSizeGreaterThanOrEqualTo(5);
    for (String secret :
        List.of(
            World.present(intent.get("pg_token")),
            key.key().reveal(),
            Kakaopay.PG.demo().secretKey().reveal())) {
      assertThat(kept).allSatisfy(entry -> assertThat(entry.toString()).doesNotContain(secret));
    }
  }

  @Test
  void aWindowThatIsElsewhereIsNotOpened() throws IOException {
    String body =
        """
        {"tid":"T1","next_redirect_pc_url":"https://evil.example/pay",
         "next_redirect_mobile_url":"https://evil.example/pay","created_at":"2026-01-01T00:00:00"}
        """;
    answering(200, body, pg -> World.unknown(pg.open(WORLD.order(1_000), WORLD.visit(false))));
  }

  @ParameterizedTest
  @CsvSource({"BANK_FIRM_UNKNOWN, true", "USER_LOCKED, true", "8096, false"})
  void someRefusalsOfTheMethodAreNone(String method, boolean maybe) throws IOException {
    String body =
        """
        {"error_code":-780,"error_message":"approval failure!",
         "extras":{"method_result_code":"%s","method_result_message":"안 됩니다."}}
        """
            .formatted(method);
    answering(
        400,
        body,
        pg -> {
          Outcome<Approval> outcome = pg.approve(WORLD.order(1_000), Map.of("tid", "T1"));
          assertThat(outcome).isInstanceOf(maybe ? Outcome.Unknown.class : Outcome.Declined.class);
        });
  }

  /** A PG that answers this and nothing else. */
  private static void answering(int status, String body, java.util.function.Consumer<Kakaopay> test)
      throws IOException {
    HttpServer pg =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    pg.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    pg.start();
    try {
      test.accept(at(Instant.EPOCH, URI.create("http://127.0.0.1:" + pg.getAddress().getPort())));
    } finally {
      pg.stop(0);
    }
  }

  @Test
  void isFoundByEitherCid() {
    assertThat(kakaopay().otherMids()).containsExactly("TCSUBSCRIP");
    assertThat(Kakaopay.PG.mid(Kakaopay.PG.demo())).isEqualTo("TC0ONETIME");
  }
}
