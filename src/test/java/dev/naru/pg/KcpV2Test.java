package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.Person;
import dev.naru.kernel.Secret;
import dev.naru.pg.kcp.KcpKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.json.JsonMapper;

/** What only KCP has: its look-ups, its certificate, and the key of its window. */
@Execution(ExecutionMode.CONCURRENT)
final class KcpV2Test {

  private static final World WORLD = World.get();
  private static final Rig RIG = Rig.named("kcp_v2");

  private static IdentityWindow windows(Map<String, Object> changes) {
    return IdentityWindowContractTest.windows(RIG, changes);
  }

  private static IdentityOtp otp(Map<String, Object> changes) {
    return RIG.with(changes).as(IdentityOtp.class).orElseThrow();
  }

  private static OtpOrder bySms(Person person) {
    return WORLD.otp(person, OtpOrder.Means.SMS);
  }

  @Test
  void anotherSiteIsAnotherCertificate() {
    KcpKeys keys = KcpKeys.generate("B1234");
    Map<String, Object> site =
        Map.of(
            "siteCd", "B1234",
            "certificate", keys.certificate(),
            "privateKey", keys.privateKey(),
            "password", keys.password());
    IdentityContractTest.isAnotherToAnother(RIG, otp(site), World.somebody());
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
              otp(Map.of())
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
        otp(Map.of("privateKey", others.privateKey(), "password", others.password()));
    Decline decline = World.declined(forged.request(bySms(World.somebody())));
    assertThat(decline.reason()).isEqualTo(Reason.BAD_CREDENTIALS);
    assertThat(decline.text()).contains("서명");
    IdentityOtp another = otp(Map.of("siteCd", "ZZZZZ"));
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
      Decline decline = World.declined(otp(broken).request(bySms(World.somebody())));
      assertThat(decline.reason()).isEqualTo(Reason.BAD_CREDENTIALS);
      assertThat(decline.message()).contains("개인키").doesNotContain("changeit");
      assertThat(WORLD.wire()).hasSize(before);
    }
  }

  @Test
  void kcpRefusesWhatIsSealedWithAnotherKey() {
    IdentityWindow wrong = windows(Map.of("encKey", new Secret("not it")));
    assertThat(
            World.declined(wrong.open(IdentityWindowContractTest.order(), WORLD.visit(false)))
                .reason())
        .isEqualTo(Reason.BAD_CREDENTIALS);
    Map<String, Object> none = new HashMap<>();
    none.put("encKey", null);
    Decline decline =
        World.declined(windows(none).open(IdentityWindowContractTest.order(), WORLD.visit(false)));
    assertThat(decline.reason()).isEqualTo(Reason.BAD_CREDENTIALS);
    assertThat(decline.text()).contains("enc_key");
  }

  @Test
  void verifiesByCodeByAppAndInAWindow() {
    assertThat(RIG.pg().emulated()).isFalse();
    assertThat(RIG.pg().capabilities())
        .containsExactly("IdentityApp", "IdentityOtp", "IdentityWindow");
  }
}
