package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Identifies.IdentityApp;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Identity;
import dev.naru.connector.OtpOrder;
import dev.naru.connector.OtpOrder.Means;
import dev.naru.connector.OtpSent;
import dev.naru.connector.Person;
import dev.naru.connector.Pg;
import dev.naru.connector.http.WireLog;
import dev.naru.kernel.Secret;
import dev.naru.pg.emulated.EmulatedIdentity;
import dev.naru.pg.kcp.KcpKeys;
import dev.naru.pg.kcp.KcpV2;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@link IdentityOtp} and {@link IdentityApp}, for every PG that has them. */
final class IdentityContractTest {

  private static final World WORLD = World.get();
  private static final Secret WRONG = new Secret("not it");

  static Stream<Pg<?>> pgs() {
    return World.having(List.of(IdentityOtp.class));
  }

  static Stream<Pg<?>> withApps() {
    return World.having(List.of(IdentityOtp.class, IdentityApp.class));
  }

  private static IdentityOtp otp(Pg<?> pg) {
    return WORLD.connector(pg, IdentityOtp.class);
  }

  /** The same PG's connector with another setting. */
  private static IdentityOtp otp(Pg<?> pg, Map<String, Object> changes) {
    JsonMapper json = JsonMapper.shared();
    ObjectNode config = (ObjectNode) json.valueToTree(pg.demo());
    changes.forEach((name, value) -> config.set(name, json.valueToTree(value)));
    URI simulators = WORLD.browser().simulator();
    return pg.connect(json.treeToValue(config, pg.config()), WORLD.http(pg, simulators))
        .as(IdentityOtp.class)
        .orElseThrow();
  }

  private static OtpOrder bySms(Person person) {
    return WORLD.otp(person, Means.SMS);
  }

  private static Identity certified(IdentityOtp otp, Person person) {
    OtpOrder order = bySms(person);
    OtpSent sent = World.ok(otp.request(order));
    return World.ok(otp.confirm(order, sent, WORLD.code(person)));
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void certifiesWhoKnowsTheCode(Pg<?> pg) {
    IdentityOtp otp = otp(pg);
    Person person = World.somebody();
    OtpOrder order = bySms(person);
    OtpSent sent = World.ok(otp.request(order));
    assertThat(WORLD.messages(person))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.path("kind").asString()).isEqualTo("SMS");
              assertThat(message.path("code").asString()).matches("[0-9]{6}");
              assertThat(message.path("text").asString())
                  .contains("나루상점", message.path("code").asString());
            });
    Identity identity = World.ok(otp.confirm(order, sent, WORLD.code(person)));
    assertThat(identity.ref()).isEqualTo(sent.ref());
    assertThat(identity.name()).isEqualTo("김나루");
    assertThat(identity.birth()).isEqualTo(LocalDate.of(1988, 3, 14));
    assertThat(identity.gender()).isEqualTo(Person.Gender.FEMALE);
    assertThat(identity.ci().reveal()).hasSize(88);
    assertThat(World.present(identity.di()).reveal()).hasSize(64);
    assertThat(WORLD.verifications(pg, order))
        .singleElement()
        .satisfies(line -> assertThat(line.path("status").asString()).isEqualTo("CERTIFIED"));
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void tellsPhoneAndNationalityToApprovedMerchantsAlone(Pg<?> pg) {
    Person foreigner =
        new Person(
            "SMITH, JOHN \"JACK\"",
            LocalDate.of(2011, 12, 31),
            Person.Gender.MALE,
            true,
            World.somebody().line());
    Identity plain = certified(otp(pg), foreigner);
    assertThat(plain.line()).isNull();
    assertThat(plain.foreigner()).isNull();
    Identity approved = certified(otp(pg, Map.of("carrierApproved", true)), foreigner);
    assertThat(World.present(approved.line()).phone()).isEqualTo(foreigner.line().phone());
    assertThat(World.present(approved.line()).carrier()).isEqualTo(foreigner.line().carrier());
    assertThat(approved.foreigner()).isTrue();
    assertThat(approved.ci()).isEqualTo(plain.ci());
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void onePersonIsOneCiEverywhereAndOneDiPerMid(Pg<?> pg) {
    Person person = World.somebody();
    Identity first = certified(otp(pg), person);
    Identity later = certified(otp(pg), person);
    assertThat(later.ref()).isNotEqualTo(first.ref());
    assertThat(later.ci()).isEqualTo(first.ci());
    assertThat(later.di()).isEqualTo(first.di());
    Identity elsewhere = certified(elsewhere(pg), person);
    assertThat(elsewhere.ci()).isEqualTo(first.ci());
    assertThat(elsewhere.di()).isNotEqualTo(first.di());
    Person namesake =
        new Person(
            person.name(), person.birth().plusDays(1), person.gender(), false, person.line());
    assertThat(certified(otp(pg), namesake).ci()).isNotEqualTo(first.ci());
    pgs().forEach(other -> assertThat(certified(otp(other), person).ci()).isEqualTo(first.ci()));
  }

  /** Another merchant's MID. */
  private static IdentityOtp elsewhere(Pg<?> pg) {
    if (!pg.code().equals(KcpV2.PG.code())) {
      return otp(pg, Map.of("account", "A010009999"));
    }
    KcpKeys keys = KcpKeys.generate("B1234");
    return otp(
        pg,
        Map.of(
            "siteCd", "B1234",
            "certificate", keys.certificate(),
            "privateKey", keys.privateKey(),
            "password", keys.password()));
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
            pg ->
                reasons.entrySet().stream()
                    .map(each -> Arguments.of(pg, each.getKey(), each.getValue())));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithItsReasonAndThePgsText(Pg<?> pg, String phone, Reason reason) {
    Person person = World.person("김나루", phone);
    Decline decline = World.declined(otp(pg).request(bySms(person)));
    assertThat(decline.reason()).isEqualTo(reason);
    assertThat(decline.code()).isNotBlank();
    assertThat(decline.text()).containsPattern("[가-힣]{2,}");
    assertThat(WORLD.messages(person)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void countsWrongCodes(Pg<?> pg) {
    IdentityOtp otp = otp(pg);
    Person person = World.somebody();
    OtpOrder order = bySms(person);
    OtpSent sent = World.ok(otp.request(order));
    for (int i = 0; i < 4; i++) {
      assertThat(World.declined(otp.confirm(order, sent, WRONG)).reason())
          .isEqualTo(Reason.WRONG_CODE);
    }
    World.ok(otp.confirm(order, sent, WORLD.code(person)));

    OtpOrder another = bySms(person);
    OtpSent again = World.ok(otp.request(another));
    for (int i = 0; i < 5; i++) {
      World.declined(otp.confirm(another, again, WRONG));
    }
    assertThat(World.declined(otp.confirm(another, again, WORLD.code(person))).reason())
        .isEqualTo(Reason.TOO_MANY_TRIES);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void repeatsAConfirmThatWasDone(Pg<?> pg) {
    IdentityOtp otp = otp(pg);
    assertThat(otp.confirmEnds()).isEqualTo(Ends.IDEMPOTENT_RETRY);
    Person person = World.somebody();
    OtpOrder order = bySms(person);
    OtpSent sent = World.ok(otp.request(order));
    Secret code = WORLD.code(person);
    Identity first = World.ok(otp.confirm(order, sent, code));
    assertThat(World.ok(otp.confirm(order, sent, code))).isEqualTo(first);
    assertThat(World.declined(otp.confirm(order, sent, WRONG)).reason())
        .isEqualTo(Reason.WRONG_CODE);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void doesNotKnowWhatBecameOfARequest(Pg<?> pg) {
    for (String phone : List.of("01000009001", "01000009002", "01000009004")) {
      World.unknown(otp(pg).request(bySms(World.person("김나루", phone))));
    }
    Person slow = World.person("김나루", "01000009005");
    assertThat(certified(otp(pg), slow).name()).isEqualTo("김나루");
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void aConfirmWithoutAnAnswerIsNotLost(Pg<?> pg) {
    Map<String, Integer> unanswered = Map.of("01000009021", 1, "01000009022", 2, "01000009024", 1);
    unanswered.forEach(
        (phone, times) -> {
          IdentityOtp otp = otp(pg);
          Person person = World.person("김나루", phone);
          OtpOrder order = bySms(person);
          OtpSent sent = World.ok(otp.request(order));
          Secret code = WORLD.code(person);
          for (int i = 0; i < times; i++) {
            World.unknown(otp.confirm(order, sent, code));
          }
          assertThat(World.ok(otp.confirm(order, sent, code)).ci().reveal()).hasSize(88);
          assertThat(WORLD.verifications(pg, order))
              .singleElement()
              .satisfies(line -> assertThat(line.path("certified").asBoolean()).isTrue());
        });
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whatNeverReachedThePgIsDeclined(Pg<?> pg) {
    IdentityOtp otp = WORLD.unplugged(pg).as(IdentityOtp.class).orElseThrow();
    assertThat(World.declined(otp.request(bySms(World.somebody()))).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void theWireLogNamesNobody(Pg<?> pg) {
    int before = WORLD.wire().size();
    Person person = World.person("O'NEIL, \"남궁}{수&=\" \\", World.somebody().line().phone());
    OtpOrder order = bySms(person);
    IdentityOtp otp = otp(pg);
    OtpSent sent = World.ok(otp.request(order));
    Secret code = WORLD.code(person);
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
  void certifiesWhoAgreesInTheApp(Pg<?> pg) {
    IdentityOtp otp = otp(pg);
    Person person = World.somebody();
    OtpOrder order = WORLD.otp(person, Means.APP);
    OtpSent sent = World.ok(otp.request(order));
    assertThat(World.declined(otp.confirm(order, sent, null)).reason()).isEqualTo(Reason.NOT_YET);
    JsonNode question = WORLD.messages(person).getFirst();
    assertThat(question.path("kind").asString()).isEqualTo("APP");
    WORLD
        .browser()
        .post("/_sim/outbox/messages/" + question.path("id").asString() + "/approve", "");
    assertThat(World.ok(otp.confirm(order, sent, null)).name()).isEqualTo("김나루");
  }

  @ParameterizedTest
  @MethodSource("withApps")
  void refusesWhoDeclinesInTheApp(Pg<?> pg) {
    IdentityOtp otp = otp(pg);
    Person person = World.somebody();
    OtpOrder order = WORLD.otp(person, Means.APP);
    OtpSent sent = World.ok(otp.request(order));
    String id = WORLD.messages(person).getFirst().path("id").asString();
    WORLD.browser().post("/_sim/outbox/messages/" + id + "/decline", "");
    assertThat(World.declined(otp.confirm(order, sent, null)).reason()).isEqualTo(Reason.ABANDONED);
  }

  @Test
  void kcpLooksBudgetOperatorsUpBeforeTheRealName() {
    Map<Person.Carrier, List<String>> calls =
        Map.of(
            Person.Carrier.SKT, List.of("2100", "2200"),
            Person.Carrier.KT, List.of("2400", "2100", "2200"),
            Person.Carrier.LGT, List.of("2400", "2100", "2200"));
    calls.forEach(
        (carrier, expected) -> {
          Person person = World.somebody();
          Person.Line line = new Person.Line(person.line().phone(), carrier, true);
          int before = WORLD.wire().size();
          World.ok(
              otp(KcpV2.PG)
                  .request(
                      bySms(
                          new Person(
                              person.name(), person.birth(), person.gender(), false, line))));
          assertThat(WORLD.wire().subList(before, WORLD.wire().size()))
              .extracting(
                  entry -> JsonMapper.shared().readTree(entry.request()).path("tx_type").asString())
              .isEqualTo(expected);
        });
  }

  @Test
  void kcpRefusesASignatureThatIsNotTheCertificates() {
    KcpKeys others = KcpKeys.generate("AO7F3");
    IdentityOtp forged =
        otp(KcpV2.PG, Map.of("privateKey", others.privateKey(), "password", others.password()));
    Decline decline = World.declined(forged.request(bySms(World.somebody())));
    assertThat(decline.reason()).isEqualTo(Reason.BAD_CREDENTIALS);
    assertThat(decline.text()).contains("서명");
    IdentityOtp another = otp(KcpV2.PG, Map.of("siteCd", "ZZZZZ"));
    assertThat(World.declined(another.request(bySms(World.somebody()))).reason())
        .isEqualTo(Reason.BAD_CREDENTIALS);
  }

  @Test
  void kcpIsNotCalledWithAKeyThatCannotBeRead() {
    for (Map<String, Object> broken :
        List.<Map<String, Object>>of(
            Map.of("password", new Secret("changeit")),
            Map.of("privateKey", new Secret("nothing")),
            Map.of("privateKey", new Secret("")))) {
      int before = WORLD.wire().size();
      Decline decline = World.declined(otp(KcpV2.PG, broken).request(bySms(World.somebody())));
      assertThat(decline.reason()).isEqualTo(Reason.BAD_CREDENTIALS);
      assertThat(decline.message()).contains("개인키").doesNotContain("changeit");
      assertThat(WORLD.wire()).hasSize(before);
    }
  }

  @Test
  void anEmulatedPgChecksItsPassword() {
    IdentityOtp wrong =
        otp(EmulatedIdentity.DANAL, Map.of("password", new Secret("not the password")));
    assertThat(World.declined(wrong.request(bySms(World.somebody()))).reason())
        .isEqualTo(Reason.BAD_CREDENTIALS);
  }

  @Test
  void emulatedPgsAreMarkedAndHaveNoPlaceButTheSandbox() {
    assertThat(EmulatedIdentity.DANAL.emulated()).isTrue();
    assertThat(EmulatedIdentity.DANAL.hosts().keySet()).containsExactly(Pg.Mode.SANDBOX);
    assertThat(KcpV2.PG.emulated()).isFalse();
  }
}
