package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.IdentityWindowContractTest.Passed;
import dev.naru.pg.kit.Digests;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What only the unified identity check of INICIS has: hashes, persons that are fixed, hosts. */
@Execution(ExecutionMode.CONCURRENT)
final class InicisUnifiedTest {

  private static final World WORLD = World.get();
  private static final Rig RIG = Rig.named("inicis_unified");

  private static IdentityWindow windows(Map<String, Object> changes) {
    return IdentityWindowContractTest.windows(RIG, changes);
  }

  @Test
  void inicisSignsAsPublished() {
    assertThat(Digests.sha256("SRAiasTest" + "TX0001" + "43700dfd4c795fe9550853aef3b6aaf1"))
        .isEqualTo("ef6f4b79b7bbd72ea53252fd321f18e08a4ebe86a3a0702ae8a94e47ada16a40");
  }

  @Test
  void inicisRefusesAHashThatIsNotTheMerchants() {
    IdentityWindow wrong = windows(Map.of("apiKey", new Secret("not it")));
    IdentityWindow.Opened opened =
        World.ok(wrong.open(IdentityWindowContractTest.order(), WORLD.visit(false)));
    assertThat(WORLD.browser().problem((Window.FormPost) opened.window())).contains("9102");
  }

  private static Map<String, String> fixed() {
    return Map.of(
        "inicisUnified.flgFixedUser", "Y",
        "inicisUnified.userName", "고정인",
        "inicisUnified.userPhone", "010-2222-3333",
        "inicisUnified.userBirth", "1990-01-02",
        "inicisUnified.directAgency", "TOSS");
  }

  @Test
  void inicisFixesThePerson() {
    IdentityWindow windows = windows(Map.of());
    IdentityOrder order = WORLD.window(0, fixed());
    Passed passed =
        IdentityWindowContractTest.through(windows, order, IdentityWindowContractTest.somebody());
    Identity identity = World.ok(passed.confirm(windows));
    assertThat(identity.name()).isEqualTo("고정인");
    assertThat(identity.birth()).isEqualTo(LocalDate.of(1990, 1, 2));
    for (String missing : List.of("userBirth", "userBirth=x")) {
      Map<String, String> incomplete = new HashMap<>(fixed());
      incomplete.remove("inicisUnified.userBirth");
      if (missing.endsWith("x")) {
        incomplete.put("inicisUnified.userBirth", "x");
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
    IdentityWindow windows = windows(Map.of());
    IdentityOrder fixed = WORLD.window(0, fixed());
    IdentityOrder free = World.under(fixed.id(), IdentityWindowContractTest.order());
    Passed tampered =
        IdentityWindowContractTest.through(windows, free, IdentityWindowContractTest.somebody());
    Map<String, String> intent = tampered.intent(windows);
    assertThat(World.declined(windows.confirm(fixed, intent)).reason())
        .isEqualTo(Reason.WRONG_IDENTITY);
  }

  @Test
  void inicisIsAskedAtItsOwnHostsAlone() {
    IdentityWindow windows = windows(Map.of());
    Passed passed =
        IdentityWindowContractTest.through(
            windows, IdentityWindowContractTest.order(), IdentityWindowContractTest.somebody());
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
    IdentityWindow windows = windows(Map.of());
    Passed passed =
        IdentityWindowContractTest.through(
            windows, IdentityWindowContractTest.order(), IdentityWindowContractTest.somebody());
    Map<String, String> intent = new HashMap<>(passed.intent(windows));
    intent.put("token", "AAAAAAAAAAAAAAAAAAAAAA==");
    World.unknown(windows.confirm(passed.order(), intent));
  }
}
