package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Outcome;
import dev.naru.connector.http.WireLog;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.Person.Carrier;
import dev.naru.connector.identity.Person.Gender;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.pg.Rig.Lack;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link IdentityWindow}, for every PG that has it. */
@Execution(ExecutionMode.CONCURRENT)
final class IdentityWindowContractTest {

  private static final World WORLD = World.get();

  static Stream<Rig> pgs() {
    return Rig.having(IdentityWindow.class);
  }

  /** Those where a phone proves it. */
  static Stream<Rig> byPhone() {
    return Rig.some(pgs().filter(rig -> !rig.lacks(Lack.PHONE)));
  }

  private static IdentityWindow windows(Rig rig) {
    return rig.connector(IdentityWindow.class);
  }

  /** The same PG's connector with other settings. */
  static IdentityWindow windows(Rig rig, Map<String, Object> changes) {
    return rig.with(changes).as(IdentityWindow.class).orElseThrow();
  }

  static IdentityOrder order() {
    return WORLD.window(0, Map.of());
  }

  /** What somebody types, unless the window is filled in with it. */
  static Map<String, String> somebody() {
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

  static Map<String, String> with(String name, String value) {
    Map<String, String> typed = somebody();
    typed.put(name, value);
    return typed;
  }

  /** A window that somebody went through, as the hub knows it before it asks. */
  record Passed(IdentityOrder order, IdentityWindow.Opened opened, PgReturn back) {

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

  static Passed through(IdentityWindow windows, IdentityOrder order, Map<String, String> typed) {
    IdentityWindow.Opened opened = World.ok(windows.open(order, WORLD.visit(false)));
    return new Passed(order, opened, WORLD.browser().prove(opened.window(), typed));
  }

  private static Identity identity(IdentityWindow windows, Map<String, String> typed) {
    return World.ok(through(windows, order(), typed).confirm(windows));
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void tellsWhoWentThroughTheWindow(Rig rig) {
    IdentityOrder order = order();
    Passed passed = through(windows(rig), order, somebody());
    String shown = new String(passed.back().body(), StandardCharsets.UTF_8) + passed.back().query();
    assertThat(shown).doesNotContain("19880314", "880314", "01098761234", "%EA%B9%80%EB%82%98");

    Identity identity = World.ok(passed.confirm(windows(rig)));
    assertThat(identity.name()).isEqualTo("김나루");
    assertThat(identity.birth()).isEqualTo(LocalDate.of(1988, 3, 14));
    assertThat(identity.ci().reveal()).hasSize(88);
    assertThat(identity.ref().tid()).isNotBlank();
    assertThat(identity.line()).isNull();
    assertThat(identity.foreigner()).isNull();
    boolean tells = !rig.lacks(Lack.GENDER_AND_DI);
    assertThat(identity.gender()).isEqualTo(tells ? Gender.FEMALE : null);
    assertThat(identity.di() == null ? 0 : identity.di().reveal().length())
        .isEqualTo(tells ? 64 : 0);
    assertThat(WORLD.verifications(rig.pg(), order))
        .singleElement()
        .satisfies(line -> assertThat(line.path("certified").asBoolean()).isTrue());
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void onePersonIsOneCiEverywhere(Rig rig) {
    Identity first = identity(windows(rig), somebody());
    assertThat(identity(windows(rig), somebody()).ci()).isEqualTo(first.ci());
    assertThat(identity(windows(rig), with("birth", "19880315")).ci()).isNotEqualTo(first.ci());
    Rig other = pgs().findFirst().orElseThrow();
    assertThat(identity(windows(other), somebody()).ci()).isEqualTo(first.ci());
  }

  @ParameterizedTest
  @MethodSource("byPhone")
  void tellsPhoneAndNationalityToApprovedMerchantsAlone(Rig rig) {
    Map<String, String> foreigner = with("nationality", "foreign");
    foreigner.put("gender", "male");
    foreigner.put("birth", "20111231");
    foreigner.put("name", "SMITH, JOHN");
    Identity told = identity(windows(rig, rig.settings()), foreigner);
    assertThat(told.foreigner()).isTrue();
    assertThat(told.gender()).isEqualTo(Gender.MALE);
    assertThat(told.birth()).isEqualTo(LocalDate.of(2011, 12, 31));
    Identity.Line line = World.present(told.line());
    assertThat(line.phone()).isEqualTo("01098761234");
    boolean tells = !rig.lacks(Lack.CARRIER);
    assertThat(line.carrier()).isEqualTo(tells ? Carrier.KT : null);
    assertThat(line.mvno()).isEqualTo(tells);
    Identity korean = identity(windows(rig, rig.settings()), with("carrier", "LGT"));
    assertThat(korean.foreigner()).isFalse();
    assertThat(World.present(korean.line()).mvno()).isFalse();
    assertThat(identity(windows(rig), foreigner).line()).isNull();
    assertThat(identity(windows(rig), foreigner).foreigner()).isNull();
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
            rig ->
                reasons.entrySet().stream()
                    .map(each -> Arguments.of(rig, each.getKey(), each.getValue())));
  }

  /** Some tell of a refusal when they are asked, others by the return. */
  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithItsReasonAndThePgsText(Rig rig, String outcome, Reason reason) {
    IdentityWindow windows = windows(rig);
    Passed refused = through(windows, order(), with("outcome", outcome));
    Decline decline =
        switch (refused.returned(windows)) {
          case Returned.Abandoned(Decline told) -> told;
          case Returned.Authenticated(var none, Map<String, String> intent) ->
              World.declined(windows.confirm(refused.order(), intent));
          case Returned.Left left -> throw new AssertionError(left);
          case Returned.Approved approved -> throw new AssertionError(approved);
          case Returned.Forged(String why) -> throw new AssertionError(why);
        };
    assertThat(decline.reason()).isEqualTo(reason);
    assertThat(decline.code()).isNotBlank();
    assertThat(decline.text()).containsPattern("[가-힣]{2,}").doesNotContain("%");
    assertThat(WORLD.verifications(rig.pg(), refused.order()))
        .singleElement()
        .satisfies(line -> assertThat(line.path("certified").asBoolean()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whoClosesTheWindowIsNotVerified(Rig rig) {
    IdentityWindow windows = windows(rig);
    IdentityOrder order = order();
    IdentityWindow.Opened opened = World.ok(windows.open(order, WORLD.visit(false)));
    PgReturn back = WORLD.browser().close(opened.window());
    if (rig.lacks(Lack.WORD_OF_CLOSING)) {
      assertThat(back.body()).isEmpty();
    } else {
      Returned returned = windows.authenticate(order, opened.memo(), back);
      assertThat(((Returned.Abandoned) returned).decline().reason()).isEqualTo(Reason.ABANDONED);
    }
    assertThat(WORLD.verifications(rig.pg(), order).getFirst().path("status").asString())
        .isEqualTo("DENIED");
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void theReturnProvesNothing(Rig rig) {
    IdentityWindow windows = windows(rig);
    Passed mine = through(windows, order(), somebody());
    Passed others = through(windows, order(), with("name", "남의이름"));
    PgReturn nothing = new PgReturn(new byte[0], "", Map.of(), "127.0.0.1");
    assertThat(windows.authenticate(mine.order(), mine.opened().memo(), nothing))
        .isInstanceOf(Returned.Forged.class);
    // Another person's return in my window: refused at once, or when the PG says whose it is.
    Returned stolen = windows.authenticate(mine.order(), mine.opened().memo(), others.back());
    if (rig.lacks(Lack.NAMED_RETURN)) {
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
  void nobodyIsToldOfAnotherOrdersPerson(Rig rig) {
    IdentityWindow windows = windows(rig);
    Passed passed = through(windows, order(), somebody());
    IdentityOrder other = World.under("N0000000000000000000", passed.order());
    assertThat(windows.confirm(other, passed.intent(windows))).isInstanceOf(Outcome.Declined.class);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void isAskedAgainOrSaysThatItHasTold(Rig rig) {
    IdentityWindow windows = windows(rig);
    Passed passed = through(windows, order(), somebody());
    Identity first = World.ok(passed.confirm(windows));
    Outcome<Identity> second = passed.confirm(windows);
    if (rig.lacks(Lack.SECOND_TELLING)) {
      assertThat(World.declined(second).reason()).isEqualTo(Reason.EXPIRED);
    } else {
      assertThat(World.ok(second)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void anAnswerThatDoesNotComeIsUnknown(Rig rig) {
    IdentityWindow windows = windows(rig);
    Passed silent = through(windows, order(), with("outcome", "CONFIRM_TIMEOUT"));
    World.unknown(silent.confirm(windows));
    assertThat(World.ok(silent.confirm(windows)).name()).isEqualTo("김나루");
    for (String outcome : List.of("CONFIRM_ANSWER_LOST", "CONFIRM_GARBLED")) {
      World.unknown(through(windows, order(), with("outcome", outcome)).confirm(windows));
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void doesNotBelieveABrokenAnswer(Rig rig) {
    boolean asked = !rig.lacks(Lack.OPENING);
    try (Answering broken = new Answering().with(500, "oops")) {
      IdentityWindow there = rig.at(broken.url()).as(IdentityWindow.class).orElseThrow();
      assertThat(there.open(order(), WORLD.visit(false)))
          .isInstanceOf(asked ? Outcome.Unknown.class : Outcome.Ok.class);
    }
    if (asked) {
      IdentityWindow unplugged = rig.unplugged().as(IdentityWindow.class).orElseThrow();
      assertThat(World.declined(unplugged.open(order(), WORLD.visit(false))).reason())
          .isEqualTo(Reason.UNREACHABLE);
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void theWireLogNamesNobody(Rig rig) {
    int before = WORLD.wire().size();
    IdentityWindow windows = windows(rig, rig.settings());
    Passed passed = through(windows, order(), with("name", "남궁나루"));
    Map<String, String> intent = passed.intent(windows);
    Identity identity = World.ok(windows.confirm(passed.order(), intent));
    List<WireLog.Entry> kept = List.copyOf(WORLD.wire().subList(before, WORLD.wire().size()));
    assertThat(kept).isNotEmpty();
    assertThat(kept)
        .allSatisfy(entry -> assertThat(entry.orderId()).isEqualTo(passed.order().id()));
    List<String> secrets = new ArrayList<>(rig.secrets());
    secrets.addAll(
        List.of(
            "남궁나루",
            "%B3%B2%B1%C3",
            "19880314",
            "1988-03-14",
            "8803142",
            "01098761234",
            "01012345678",
            "5f2c",
            intent.getOrDefault("token", "no token at all"),
            identity.ci().reveal(),
            identity.ci().reveal().substring(0, 20)));
    for (String secret : secrets) {
      assertThat(kept).allSatisfy(entry -> assertThat(entry.toString()).doesNotContain(secret));
    }
    assertThat(passed.order().toString() + passed.order().person()).doesNotContain("홍길동");
  }
}
