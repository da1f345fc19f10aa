package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Identifies.IdentityApp;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.http.WireLog;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.OtpOrder.Means;
import dev.naru.connector.identity.OtpSent;
import dev.naru.connector.identity.Person;
import dev.naru.kernel.Secret;
import dev.naru.pg.Rig.Lack;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** {@link IdentityOtp} and {@link IdentityApp}, for every PG that has them. */
@Execution(ExecutionMode.CONCURRENT)
final class IdentityContractTest {

  private static final World WORLD = World.get();
  private static final Secret WRONG = new Secret("not it");

  static Stream<Rig> pgs() {
    return Rig.having(IdentityOtp.class);
  }

  static Stream<Rig> withApps() {
    return Rig.having(IdentityOtp.class, IdentityApp.class);
  }

  private static IdentityOtp otp(Rig rig) {
    return rig.connector(IdentityOtp.class);
  }

  /** The same PG's connector with another setting. */
  private static IdentityOtp otp(Rig rig, Map<String, Object> changes) {
    return rig.with(changes).as(IdentityOtp.class).orElseThrow();
  }

  private static OtpOrder bySms(Person person) {
    return WORLD.otp(person, Means.SMS);
  }

  private static Identity certified(Rig rig, Person person) {
    return certified(rig, otp(rig), person);
  }

  private static Identity certified(Rig rig, IdentityOtp otp, Person person) {
    OtpOrder order = bySms(person);
    OtpSent sent = World.ok(otp.request(order));
    return World.ok(otp.confirm(order, sent, WORLD.code(rig.pg(), person)));
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void certifiesWhoKnowsTheCode(Rig rig) {
    IdentityOtp otp = otp(rig);
    Person person = World.somebody();
    OtpOrder order = bySms(person);
    OtpSent sent = World.ok(otp.request(order));
    assertThat(WORLD.messages(rig.pg(), person))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.path("kind").asString()).isEqualTo("SMS");
              assertThat(message.path("code").asString()).matches("[0-9]{6}");
              assertThat(message.path("text").asString())
                  .contains("나루상점", message.path("code").asString());
            });
    Identity identity = World.ok(otp.confirm(order, sent, WORLD.code(rig.pg(), person)));
    assertThat(identity.ref()).isEqualTo(sent.ref());
    assertThat(identity.name()).isEqualTo("김나루");
    assertThat(identity.birth()).isEqualTo(LocalDate.of(1988, 3, 14));
    assertThat(identity.gender()).isEqualTo(Person.Gender.FEMALE);
    assertThat(identity.ci().reveal()).hasSize(88);
    assertThat(World.present(identity.di()).reveal()).hasSize(64);
    assertThat(WORLD.verifications(rig.pg(), order))
        .singleElement()
        .satisfies(line -> assertThat(line.path("status").asString()).isEqualTo("CERTIFIED"));
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void tellsPhoneAndNationalityToApprovedMerchantsAlone(Rig rig) {
    Person foreigner =
        new Person(
            "SMITH, JOHN \"JACK\"",
            LocalDate.of(2011, 12, 31),
            Person.Gender.MALE,
            true,
            World.somebody().line());
    Identity plain = certified(rig, foreigner);
    assertThat(plain.line()).isNull();
    assertThat(plain.foreigner()).isNull();
    Identity approved = certified(rig, otp(rig, rig.settings()), foreigner);
    assertThat(World.present(approved.line()).phone()).isEqualTo(foreigner.line().phone());
    assertThat(World.present(approved.line()).carrier()).isEqualTo(foreigner.line().carrier());
    assertThat(approved.foreigner()).isTrue();
    assertThat(approved.ci()).isEqualTo(plain.ci());
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void onePersonIsOneCiEverywhereAndOneDiPerMid(Rig rig) {
    Person person = World.somebody();
    Identity first = certified(rig, person);
    Identity later = certified(rig, person);
    assertThat(later.ref()).isNotEqualTo(first.ref());
    assertThat(later.ci()).isEqualTo(first.ci());
    assertThat(later.di()).isEqualTo(first.di());
    if (!rig.lacks(Lack.PLAIN_ACCOUNT)) {
      isAnotherToAnother(rig, otp(rig, Map.of("account", "A010009999")), person);
    }
    Person namesake =
        new Person(
            person.name(), person.birth().plusDays(1), person.gender(), false, person.line());
    assertThat(certified(rig, namesake).ci()).isNotEqualTo(first.ci());
    Rig other = pgs().findFirst().orElseThrow();
    assertThat(certified(other, person).ci()).isEqualTo(first.ci());
  }

  /** Another merchant is told the same CI, and another DI. */
  static void isAnotherToAnother(Rig rig, IdentityOtp another, Person person) {
    Identity here = certified(rig, person);
    Identity there = certified(rig, another, person);
    assertThat(there.ci()).isEqualTo(here.ci());
    assertThat(there.di()).isNotEqualTo(here.di());
  }

  static Stream<Arguments> refusals() {
    Map<String, Reason> reasons =
        Map.of(
            "01000000002", Reason.REFUSED,
            "01000000069", Reason.WRONG_IDENTITY,
            "01000000085", Reason.LOST_OR_STOLEN,
            "01000000119", Reason.ISSUER_UNAVAILABLE);
    return pgs()
        .flatMap(
            rig ->
                reasons.entrySet().stream()
                    .map(each -> Arguments.of(rig, each.getKey(), each.getValue())));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithItsReasonAndThePgsText(Rig rig, String phone, Reason reason) {
    Person person = World.person("김나루", phone);
    Decline decline = World.declined(otp(rig).request(bySms(person)));
    assertThat(decline.reason()).isEqualTo(reason);
    assertThat(decline.code()).isNotBlank();
    assertThat(decline.text()).containsPattern("[가-힣]{2,}");
    assertThat(WORLD.messages(rig.pg(), person)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void countsWrongCodes(Rig rig) {
    IdentityOtp otp = otp(rig);
    Person person = World.somebody();
    OtpOrder order = bySms(person);
    OtpSent sent = World.ok(otp.request(order));
    for (int i = 0; i < 4; i++) {
      assertThat(World.declined(otp.confirm(order, sent, WRONG)).reason())
          .isEqualTo(Reason.WRONG_CODE);
    }
    World.ok(otp.confirm(order, sent, WORLD.code(rig.pg(), person)));

    OtpOrder another = bySms(person);
    OtpSent again = World.ok(otp.request(another));
    for (int i = 0; i < 5; i++) {
      World.declined(otp.confirm(another, again, WRONG));
    }
    assertThat(World.declined(otp.confirm(another, again, WORLD.code(rig.pg(), person))).reason())
        .isEqualTo(Reason.TOO_MANY_TRIES);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void repeatsAConfirmThatWasDone(Rig rig) {
    IdentityOtp otp = otp(rig);
    assertThat(otp.confirmEnds()).isEqualTo(Ends.IDEMPOTENT_RETRY);
    Person person = World.somebody();
    OtpOrder order = bySms(person);
    OtpSent sent = World.ok(otp.request(order));
    Secret code = WORLD.code(rig.pg(), person);
    Identity first = World.ok(otp.confirm(order, sent, code));
    assertThat(World.ok(otp.confirm(order, sent, code))).isEqualTo(first);
    assertThat(World.declined(otp.confirm(order, sent, WRONG)).reason())
        .isEqualTo(Reason.WRONG_CODE);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void doesNotKnowWhatBecameOfARequest(Rig rig) {
    for (String phone : List.of("01000009001", "01000009002", "01000009004")) {
      World.unknown(otp(rig).request(bySms(World.person("김나루", phone))));
    }
    Person slow = World.person("김나루", "01000009005");
    assertThat(certified(rig, slow).name()).isEqualTo("김나루");
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void aConfirmWithoutAnAnswerIsNotLost(Rig rig) {
    Map<String, Integer> unanswered = Map.of("01000009021", 1, "01000009022", 2, "01000009024", 1);
    unanswered.forEach(
        (phone, times) -> {
          IdentityOtp otp = otp(rig);
          Person person = World.person("김나루", phone);
          OtpOrder order = bySms(person);
          OtpSent sent = World.ok(otp.request(order));
          Secret code = WORLD.code(rig.pg(), person);
          for (int i = 0; i < times; i++) {
            World.unknown(otp.confirm(order, sent, code));
          }
          assertThat(World.ok(otp.confirm(order, sent, code)).ci().reveal()).hasSize(88);
          assertThat(WORLD.verifications(rig.pg(), order))
              .singleElement()
              .satisfies(line -> assertThat(line.path("certified").asBoolean()).isTrue());
        });
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whatNeverReachedThePgIsDeclined(Rig rig) {
    IdentityOtp otp = rig.unplugged().as(IdentityOtp.class).orElseThrow();
    assertThat(World.declined(otp.request(bySms(World.somebody()))).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void theWireLogNamesNobody(Rig rig) {
    int before = WORLD.wire().size();
    Person person = World.person("O'NEIL, \"남궁}{수&=\" \\", World.somebody().line().phone());
    OtpOrder order = bySms(person);
    IdentityOtp otp = otp(rig);
    OtpSent sent = World.ok(otp.request(order));
    Secret code = WORLD.code(rig.pg(), person);
    Identity identity = World.ok(otp.confirm(order, sent, code));
    List<WireLog.Entry> kept = List.copyOf(WORLD.wire().subList(before, WORLD.wire().size()));
    assertThat(kept).hasSizeGreaterThanOrEqualTo(2);
    assertThat(kept).allSatisfy(entry -> assertThat(entry.orderId()).isEqualTo(order.id()));
    for (String secret :
        List.of(
            "NEIL",
            "남궁",
            person.line().phone(),
            "19880314",
            "1988-03-14",
            code.reveal(),
            identity.ci().reveal(),
            identity.ci().reveal().substring(0, 20),
            World.present(identity.di()).reveal().substring(0, 20))) {
      assertThat(kept).allSatisfy(entry -> assertThat(entry.toString()).doesNotContain(secret));
    }
    assertThat(person + " " + identity).doesNotContain("NEIL");
  }

  @ParameterizedTest
  @MethodSource("withApps")
  void certifiesWhoAgreesInTheApp(Rig rig) {
    IdentityOtp otp = otp(rig);
    Person person = World.somebody();
    OtpOrder order = WORLD.otp(person, Means.APP);
    OtpSent sent = World.ok(otp.request(order));
    assertThat(World.declined(otp.confirm(order, sent, null)).reason()).isEqualTo(Reason.NOT_YET);
    JsonNode question = WORLD.messages(rig.pg(), person).getFirst();
    assertThat(question.path("kind").asString()).isEqualTo("APP");
    WORLD
        .browser()
        .post("/_sim/outbox/messages/" + question.path("id").asString() + "/approve", "");
    assertThat(World.ok(otp.confirm(order, sent, null)).name()).isEqualTo("김나루");
  }

  @ParameterizedTest
  @MethodSource("withApps")
  void refusesWhoDeclinesInTheApp(Rig rig) {
    IdentityOtp otp = otp(rig);
    Person person = World.somebody();
    OtpOrder order = WORLD.otp(person, Means.APP);
    OtpSent sent = World.ok(otp.request(order));
    String id = WORLD.messages(rig.pg(), person).getFirst().path("id").asString();
    WORLD.browser().post("/_sim/outbox/messages/" + id + "/decline", "");
    assertThat(World.declined(otp.confirm(order, sent, null)).reason()).isEqualTo(Reason.ABANDONED);
  }
}
