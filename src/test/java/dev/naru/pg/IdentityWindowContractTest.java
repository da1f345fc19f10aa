package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Identity;
import dev.naru.connector.IdentityOrder;
import dev.naru.connector.Outcome;
import dev.naru.connector.Person.Carrier;
import dev.naru.connector.Person.Gender;
import dev.naru.connector.Pg;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.Window;
import dev.naru.connector.http.WireLog;
import dev.naru.kernel.Secret;
import dev.naru.pg.danal.Danal;
import dev.naru.pg.emulated.EmulatedIdentity;
import dev.naru.pg.emulated.EmulatedIdentityWindow;
import dev.naru.pg.inicis.InicisUnified;
import dev.naru.pg.kcp.KcpV2;
import dev.naru.pg.kit.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@link IdentityWindow}, for every PG that has it. */
final class IdentityWindowContractTest {

  private static final World WORLD = World.get();

  static Stream<Pg<?>> pgs() {
    return World.having(List.of(IdentityWindow.class));
  }

  /** Those where a phone proves it. */
  static Stream<Pg<?>> byPhone() {
    return pgs().filter(pg -> !pg.emulated());
  }

  private static IdentityWindow windows(Pg<?> pg) {
    return WORLD.connector(pg, IdentityWindow.class);
  }

  /** The same PG's connector with another setting. */
  private static IdentityWindow windows(Pg<?> pg, Map<String, Object> changes) {
    return windows(pg, changes, WORLD.browser().simulator());
  }

  private static IdentityWindow windows(Pg<?> pg, Map<String, Object> changes, URI simulators) {
    JsonMapper json = JsonMapper.shared();
    ObjectNode config = (ObjectNode) json.valueToTree(pg.demo());
    changes.forEach((name, value) -> config.set(name, json.valueToTree(value)));
    return pg.connect(json.treeToValue(config, pg.config()), WORLD.http(pg, simulators))
        .as(IdentityWindow.class)
        .orElseThrow();
  }

  private static IdentityOrder order() {
    return WORLD.window(0, Map.of());
  }

  /** What somebody types, unless the window is filled in with it. */
  private static Map<String, String> somebody() {
    Map<String, String> typed = new HashMap<>();
    typed.put("provider", "KAKAO");
    typed.put("name", "김나루");
    typed.put("birth", "19880314");
    typed.put("gender", "female");
    typed.put("nationality", "domestic");
    typed.put("carrier", "KT_MVNO");
    typed.put("phone", "01098761234");
    typed.put("card_number", World.GOOD);
    return typed;
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> typed = somebody();
    typed.put(name, value);
    return typed;
  }

  /** A window that somebody went through, as the hub knows it before it asks. */
  private record Passed(IdentityOrder order, IdentityWindow.Opened opened, PgReturn back) {

    Returned returned(IdentityWindow windows) {
      return windows.authenticate(order, opened.memo(), back);
    }

    Map<String, String> intent(IdentityWindow windows) {
      Returned returned = returned(windows);
      assertThat(returned).isInstanceOf(Returned.Authenticated.class);
      Returned.Authenticated authenticated = (Returned.Authenticated) returned;
      assertThat(authenticated.amount()).isNull();
      return authenticated.intent();
    }

    Outcome<Identity> confirm(IdentityWindow windows) {
      return windows.confirm(order, intent(windows));
    }
  }

  private static Passed through(
      IdentityWindow windows, IdentityOrder order, Map<String, String> typed) {
    IdentityWindow.Opened opened = World.ok(windows.open(order, WORLD.visit(false)));
    return new Passed(order, opened, WORLD.browser().prove(opened.window(), typed));
  }

  private static Identity identity(IdentityWindow windows, Map<String, String> typed) {
    return World.ok(through(windows, order(), typed).confirm(windows));
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void tellsWhoWentThroughTheWindow(Pg<?> pg) {
    IdentityOrder order = order();
    Passed passed = through(windows(pg), order, somebody());
    String shown = new String(passed.back().body(), StandardCharsets.UTF_8) + passed.back().query();
    assertThat(shown).doesNotContain("19880314", "880314", "01098761234", "%EA%B9%80%EB%82%98");

    Identity identity = World.ok(passed.confirm(windows(pg)));
    assertThat(identity.name()).isEqualTo("김나루");
    assertThat(identity.birth()).isEqualTo(LocalDate.of(1988, 3, 14));
    assertThat(identity.ci().reveal()).hasSize(88);
    assertThat(identity.ref().tid()).isNotBlank();
    assertThat(identity.line()).isNull();
    assertThat(identity.foreigner()).isNull();
    // By private certificates Inicis tells neither gender nor DI.
    boolean unified = pg.code().equals("inicis_unified");
    assertThat(identity.gender()).isEqualTo(unified ? null : Gender.FEMALE);
    assertThat(identity.di() == null ? 0 : identity.di().reveal().length())
        .isEqualTo(unified ? 0 : 64);
    assertThat(WORLD.verifications(pg, order))
        .singleElement()
        .satisfies(line -> assertThat(line.path("certified").asBoolean()).isTrue());
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void onePersonIsOneCiEverywhere(Pg<?> pg) {
    Identity first = identity(windows(pg), somebody());
    assertThat(identity(windows(pg), somebody()).ci()).isEqualTo(first.ci());
    assertThat(identity(windows(pg), with("birth", "19880315")).ci()).isNotEqualTo(first.ci());
    assertThat(identity(windows(Danal.PG), somebody()).ci()).isEqualTo(first.ci());
  }

  @ParameterizedTest
  @MethodSource("byPhone")
  void tellsPhoneAndNationalityToApprovedMerchantsAlone(Pg<?> pg) {
    Map<String, Object> approved = new HashMap<>(Map.of("carrierApproved", true));
    if (pg.equals(InicisUnified.PG)) {
      approved.put("reqSvcCd", "03");
    }
    Map<String, String> foreigner = with("nationality", "foreign");
    foreigner.put("gender", "male");
    foreigner.put("birth", "20111231");
    foreigner.put("name", "SMITH, JOHN");
    Identity told = identity(windows(pg, approved), foreigner);
    assertThat(told.foreigner()).isTrue();
    assertThat(told.gender()).isEqualTo(Gender.MALE);
    assertThat(told.birth()).isEqualTo(LocalDate.of(2011, 12, 31));
    Identity.Line line = World.present(told.line());
    assertThat(line.phone()).isEqualTo("01098761234");
    // Inicis does not tell the carrier.
    boolean unified = pg.equals(InicisUnified.PG);
    assertThat(line.carrier()).isEqualTo(unified ? null : Carrier.KT);
    assertThat(line.mvno()).isEqualTo(!unified);
    Identity korean = identity(windows(pg, approved), with("carrier", "LGT"));
    assertThat(korean.foreigner()).isFalse();
    assertThat(World.present(korean.line()).mvno()).isFalse();
    assertThat(identity(windows(pg), foreigner).line()).isNull();
    assertThat(identity(windows(pg), foreigner).foreigner()).isNull();
    assertThat(told + " " + line).doesNotContain("SMITH", "01098761234");
  }

  static Stream<Arguments> refusals() {
    Map<String, Reason> reasons =
        Map.of(
            "REFUSED", Reason.REFUSED,
            "IDENTITY", Reason.WRONG_IDENTITY,
            "SUSPENDED", Reason.LOST_OR_STOLEN,
            "UNREACHABLE", Reason.ISSUER_UNAVAILABLE,
            "EXPIRED", Reason.EXPIRED);
    return pgs()
        .flatMap(
            pg ->
                reasons.entrySet().stream()
                    .map(each -> Arguments.of(pg, each.getKey(), each.getValue())));
  }

  /** Danal tells of a refusal when it is asked, the others by the return. */
  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithItsReasonAndThePgsText(Pg<?> pg, String outcome, Reason reason) {
    IdentityWindow windows = windows(pg);
    Passed refused = through(windows, order(), with("outcome", outcome));
    Decline decline =
        switch (refused.returned(windows)) {
          case Returned.Abandoned(Decline told) -> told;
          case Returned.Authenticated(var none, Map<String, String> intent) ->
              World.declined(windows.confirm(refused.order(), intent));
          case Returned.Left left -> throw new AssertionError(left);
          case Returned.Forged(String why) -> throw new AssertionError(why);
        };
    assertThat(decline.reason()).isEqualTo(reason);
    assertThat(decline.code()).isNotBlank();
    assertThat(decline.text()).containsPattern("[가-힣]{2,}").doesNotContain("%");
    assertThat(WORLD.verifications(pg, refused.order()))
        .singleElement()
        .satisfies(line -> assertThat(line.path("certified").asBoolean()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whoClosesTheWindowIsNotVerified(Pg<?> pg) {
    IdentityWindow windows = windows(pg);
    IdentityOrder order = order();
    IdentityWindow.Opened opened = World.ok(windows.open(order, WORLD.visit(false)));
    PgReturn back = WORLD.browser().close(opened.window());
    if (pg.equals(Danal.PG)) {
      // Danal goes to the shop's own page, which closes it.
      assertThat(back.body()).isEmpty();
    } else {
      Returned returned = windows.authenticate(order, opened.memo(), back);
      assertThat(((Returned.Abandoned) returned).decline().reason()).isEqualTo(Reason.ABANDONED);
    }
    assertThat(WORLD.verifications(pg, order).getFirst().path("status").asString())
        .isEqualTo("DENIED");
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void theReturnProvesNothing(Pg<?> pg) {
    IdentityWindow windows = windows(pg);
    Passed mine = through(windows, order(), somebody());
    Passed others = through(windows, order(), with("name", "남의이름"));
    PgReturn nothing = new PgReturn(new byte[0], "", Map.of(), "127.0.0.1");
    assertThat(windows.authenticate(mine.order(), mine.opened().memo(), nothing))
        .isInstanceOf(Returned.Forged.class);
    // Another person's return in my window: refused at once, or when the PG says whose it is.
    Returned stolen = windows.authenticate(mine.order(), mine.opened().memo(), others.back());
    if (pg.equals(InicisUnified.PG)) {
      Map<String, String> intent = ((Returned.Authenticated) stolen).intent();
      assertThat(World.declined(windows.confirm(mine.order(), intent)).reason())
          .isEqualTo(Reason.WRONG_IDENTITY);
    } else {
      assertThat(stolen).isInstanceOf(Returned.Forged.class);
      assertThat(World.ok(others.confirm(windows)).name()).isEqualTo("남의이름");
    }
    assertThat(World.ok(mine.confirm(windows)).name()).isEqualTo("김나루");
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void nobodyIsToldOfAnotherOrdersPerson(Pg<?> pg) {
    IdentityWindow windows = windows(pg);
    Passed passed = through(windows, order(), somebody());
    IdentityOrder other = World.under("N0000000000000000000", passed.order());
    assertThat(windows.confirm(other, passed.intent(windows))).isInstanceOf(Outcome.Declined.class);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void isAskedAgainOrSaysThatItHasTold(Pg<?> pg) {
    IdentityWindow windows = windows(pg);
    Passed passed = through(windows, order(), somebody());
    Identity first = World.ok(passed.confirm(windows));
    Outcome<Identity> second = passed.confirm(windows);
    if (pg.equals(Danal.PG) || pg.equals(InicisUnified.PG)) {
      assertThat(World.declined(second).reason()).isEqualTo(Reason.EXPIRED);
    } else {
      assertThat(World.ok(second)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void anAnswerThatDoesNotComeIsUnknown(Pg<?> pg) {
    IdentityWindow windows = windows(pg);
    Passed silent = through(windows, order(), with("outcome", "CONFIRM_TIMEOUT"));
    World.unknown(silent.confirm(windows));
    assertThat(World.ok(silent.confirm(windows)).name()).isEqualTo("김나루");
    for (String outcome : List.of("CONFIRM_ANSWER_LOST", "CONFIRM_GARBLED")) {
      World.unknown(through(windows, order(), with("outcome", outcome)).confirm(windows));
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void doesNotBelieveABrokenAnswer(Pg<?> pg) throws IOException {
    HttpServer broken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broken.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(500, 4);
          exchange.getResponseBody().write("oops".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    broken.start();
    try {
      URI there = URI.create("http://127.0.0.1:" + broken.getAddress().getPort());
      Outcome<IdentityWindow.Opened> opened =
          windows(pg, Map.of(), there).open(order(), WORLD.visit(false));
      // Inicis is not called before its window.
      assertThat(opened)
          .isInstanceOf(pg.equals(InicisUnified.PG) ? Outcome.Ok.class : Outcome.Unknown.class);
    } finally {
      broken.stop(0);
    }
    if (!pg.equals(InicisUnified.PG)) {
      IdentityWindow unplugged = WORLD.unplugged(pg).as(IdentityWindow.class).orElseThrow();
      assertThat(World.declined(unplugged.open(order(), WORLD.visit(false))).reason())
          .isEqualTo(Reason.UNREACHABLE);
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void theWireLogNamesNobody(Pg<?> pg) {
    int before = WORLD.wire().size();
    Map<String, Object> approved = pg.emulated() ? Map.of() : Map.of("carrierApproved", true);
    IdentityWindow windows = windows(pg, approved);
    Passed passed = through(windows, order(), with("name", "남궁나루"));
    Map<String, String> intent = passed.intent(windows);
    Identity identity = World.ok(windows.confirm(passed.order(), intent));
    List<WireLog.Entry> kept = List.copyOf(WORLD.wire().subList(before, WORLD.wire().size()));
    assertThat(kept).isNotEmpty();
    assertThat(kept)
        .allSatisfy(entry -> assertThat(entry.orderId()).isEqualTo(passed.order().id()));
    for (String secret :
        List.of(
            "남궁나루",
            "%B3%B2%B1%C3",
            "19880314",
            "1988-03-14",
            "8803142",
            "01098761234",
            "01012345678",
            "5f2c",
            "bbbbb",
            "43700dfd4c795fe9550853aef3b6aaf1",
            "c2a22fa3ebe4698075bcac6b433d52e3",
            "inicis-card-test-password",
            intent.getOrDefault("token", "no token at all"),
            identity.ci().reveal(),
            identity.ci().reveal().substring(0, 20))) {
      assertThat(kept).allSatisfy(entry -> assertThat(entry.toString()).doesNotContain(secret));
    }
    assertThat(passed.order().toString() + passed.order().person()).doesNotContain("홍길동");
  }

  @ParameterizedTest
  @ValueSource(ints = {37, 38, 39})
  void danalRefusesTheYounger(int minAge) {
    LocalDate birth = LocalDate.now(java.time.ZoneId.of("Asia/Seoul")).minusYears(38);
    IdentityWindow windows = windows(Danal.PG);
    Map<String, String> typed = with("birth", birth.toString().replace("-", ""));
    Outcome<Identity> outcome =
        through(windows, WORLD.window(minAge, Map.of()), typed).confirm(windows);
    if (minAge <= 38) {
      assertThat(World.ok(outcome).birth()).isEqualTo(birth);
    } else {
      assertThat(World.declined(outcome).reason()).isEqualTo(Reason.WRONG_IDENTITY);
    }
  }

  @ParameterizedTest
  @CsvSource({"SKT, SKT, false", "KTF, KT, false", "LGT, LGT, false", "MVNO, KT, true"})
  void danalsWindowIsFilledIn(String carrier, Carrier expected, boolean mvno) {
    IdentityWindow windows = windows(Danal.PG, Map.of("carrierApproved", true));
    IdentityOrder plain = order();
    IdentityOrder order =
        new IdentityOrder(
            plain.id(),
            new IdentityOrder.Expected("홍길동", "01012345678", carrier),
            0,
            plain.company(),
            plain.at(),
            Map.of());
    IdentityWindow.Opened opened = World.ok(windows.open(order, WORLD.visit(true)));
    Window.FormPost form = (Window.FormPost) opened.window();
    assertThat(form.target().getPath()).endsWith("/Danal/WebAuth/Mobile/Start.php");
    assertThat(WORLD.browser().page(form))
        .contains("value=\"홍길동\"", "value=\"01012345678\"", "나루상점 한글");
    PgReturn back = WORLD.browser().prove(form, somebody());
    Identity.Line line =
        World.present(World.ok(new Passed(order, opened, back).confirm(windows)).line());
    assertThat(line.carrier()).isEqualTo(expected);
    assertThat(line.mvno()).isEqualTo(mvno);
  }

  @Test
  void danalChecksItsPassword() {
    IdentityWindow wrong = windows(Danal.PG, Map.of("cppwd", new Secret("not it")));
    assertThat(World.declined(wrong.open(order(), WORLD.visit(false))).reason())
        .isEqualTo(Reason.BAD_CREDENTIALS);
  }

  @Test
  void inicisSignsAsPublished() {
    assertThat(Digests.sha256("SRAiasTest" + "TX0001" + "43700dfd4c795fe9550853aef3b6aaf1"))
        .isEqualTo("ef6f4b79b7bbd72ea53252fd321f18e08a4ebe86a3a0702ae8a94e47ada16a40");
  }

  @Test
  void inicisRefusesAHashThatIsNotTheMerchants() {
    IdentityWindow wrong = windows(InicisUnified.PG, Map.of("apiKey", new Secret("not it")));
    IdentityWindow.Opened opened = World.ok(wrong.open(order(), WORLD.visit(false)));
    assertThat(WORLD.browser().problem((Window.FormPost) opened.window())).contains("9102");
  }

  private static Map<String, String> fixed() {
    return Map.of(
        "bypass.inicisUnified.flgFixedUser", "Y",
        "bypass.inicisUnified.userName", "고정인",
        "bypass.inicisUnified.userPhone", "010-2222-3333",
        "bypass.inicisUnified.userBirth", "1990-01-02",
        "bypass.inicisUnified.directAgency", "TOSS");
  }

  @Test
  void inicisFixesThePerson() {
    IdentityWindow windows = windows(InicisUnified.PG);
    IdentityOrder order = WORLD.window(0, fixed());
    Passed passed = through(windows, order, somebody());
    Identity identity = World.ok(passed.confirm(windows));
    assertThat(identity.name()).isEqualTo("고정인");
    assertThat(identity.birth()).isEqualTo(LocalDate.of(1990, 1, 2));
    for (String missing : List.of("userBirth", "userBirth=x")) {
      Map<String, String> incomplete = new HashMap<>(fixed());
      incomplete.remove("bypass.inicisUnified.userBirth");
      if (missing.endsWith("x")) {
        incomplete.put("bypass.inicisUnified.userBirth", "x");
      }
      Decline decline =
          World.declined(windows.open(WORLD.window(0, incomplete), WORLD.visit(false)));
      assertThat(decline.reason()).isEqualTo(Reason.BAD_REQUEST);
      assertThat(decline.text()).contains("userBirth");
    }
  }

  /** The form goes through the browser, and its hash has no secret in it. */
  @Test
  void inicisDoesNotLetAnotherPersonStandIn() {
    IdentityWindow windows = windows(InicisUnified.PG);
    IdentityOrder fixed = WORLD.window(0, fixed());
    IdentityOrder free = World.under(fixed.id(), order());
    Passed tampered = through(windows, free, somebody());
    Map<String, String> intent = tampered.intent(windows);
    assertThat(World.declined(windows.confirm(fixed, intent)).reason())
        .isEqualTo(Reason.WRONG_IDENTITY);
  }

  @Test
  void inicisIsAskedAtItsOwnHostsAlone() {
    IdentityWindow windows = windows(InicisUnified.PG);
    Passed passed = through(windows, order(), somebody());
    String simulator = WORLD.browser().simulator().toString();
    int before = WORLD.wire().size();
    for (String address :
        List.of(
            "https://kssa.inicis.com.evil.example/x",
            "http://127.0.0.1:1/kssa",
            simulator + "/danal/uas/",
            simulator + "/inicis_unified/kssa/../../danal/uas/",
            simulator + "/inicis_unified/kssa",
            simulator.replace("http://", "http://kssa@") + "/inicis_unified/kssa/x",
            simulator + "@evil.example/inicis_unified/kssa/x",
            simulator.replace("http", "HTTP") + "/inicis_unified/kssa/x",
            "javascript:alert(1)",
            "")) {
      Map<String, String> fields =
          new LinkedHashMap<>(passed.back().fields(StandardCharsets.UTF_8));
      fields.put("authRequestUrl", address);
      PgReturn forged = Browser.posted(fields, StandardCharsets.UTF_8);
      assertThat(windows.authenticate(passed.order(), Map.of(), forged))
          .as(address)
          .isInstanceOf(Returned.Forged.class);
      Map<String, String> intent = new HashMap<>(passed.intent(windows));
      intent.put("authRequestUrl", address);
      assertThat(World.declined(windows.confirm(passed.order(), intent)).reason())
          .isEqualTo(Reason.BAD_REQUEST);
    }
    assertThat(WORLD.wire()).hasSize(before);
    Map<String, String> other = new HashMap<>(passed.intent(windows));
    other.computeIfPresent("authRequestUrl", (name, at) -> at.replace("/kssa/", "/fcsa/"));
    assertThat(World.ok(windows.confirm(passed.order(), other)).name()).isEqualTo("김나루");
  }

  @Test
  void inicisAnswersNobodyWithoutTheBrowsersKey() {
    IdentityWindow windows = windows(InicisUnified.PG);
    Passed passed = through(windows, order(), somebody());
    Map<String, String> intent = new HashMap<>(passed.intent(windows));
    intent.put("token", "AAAAAAAAAAAAAAAAAAAAAA==");
    World.unknown(windows.confirm(passed.order(), intent));
  }

  @Test
  void kcpIsNotCalledWithoutItsKey() {
    IdentityWindow wrong = windows(KcpV2.PG, Map.of("encKey", new Secret("not it")));
    assertThat(World.declined(wrong.open(order(), WORLD.visit(false))).reason())
        .isEqualTo(Reason.BAD_CREDENTIALS);
    Map<String, Object> none = new HashMap<>();
    none.put("encKey", null);
    Decline decline = World.declined(windows(KcpV2.PG, none).open(order(), WORLD.visit(false)));
    assertThat(decline.reason()).isEqualTo(Reason.BAD_CREDENTIALS);
    assertThat(decline.text()).contains("enc_key");
  }

  @Test
  void danalIsRealInItsWindowAndEmulatedByCode() {
    assertThat(Danal.PG.emulated()).isFalse();
    assertThat(Danal.PG.capabilities()).containsExactly("IdentityWindow");
    assertThat(EmulatedIdentity.DANAL.emulated()).isTrue();
    assertThat(EmulatedIdentity.DANAL.provider()).isEqualTo("danal");
    assertThat(KcpV2.PG.capabilities())
        .containsExactly("IdentityApp", "IdentityOtp", "IdentityWindow");
    assertThat(EmulatedIdentityWindow.INICIS_CARD.provider()).isEqualTo("inicis");
    assertThat(EmulatedIdentityWindow.INICIS_CARD.emulated()).isTrue();
  }
}
