package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Between;
import dev.naru.testing.Between.Asked;
import dev.naru.testing.Between.Fate;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Somebody came through an identity window, and the PG answers the hub with a code that no table
 * knows, as most codes of these PGs are: that is no proof of the contrary.
 */
@Apart
class UnlistedIdentityTest {

  private static final Between LINE = new Between();
  private static final Hub HUB =
      Hub.start(Map.of("naru.simulator.url", LINE.url().toString(), "naru.pg.wait", "PT1S"));

  static {
    LINE.leadTo(HUB.simulatorUrl());
  }

  @AfterAll
  static void end() {
    HUB.close();
    LINE.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "danal|TXTYPE=CONFIRM|text/plain|RETURNCODE=7777&RETURNMSG=Unknown",
        "kcp_v2|getCertData|application/json|{\"res_cd\":\"ZZ77\",\"res_msg\":\"알 수 없음\"}",
        "inicis_unified|\"txId\"|application/json|{\"resultCode\":\"7777\",\"resultMsg\":\"알 수 없음\"}",
      })
  void isAskedOnceMore(String pg, String confirm, String type, String answer) {
    FormBuyer person = FormBuyer.openIdentity(HUB.url(), pg).prove();
    Pattern asks = Pattern.compile(confirm);
    LINE.judge(
        asked -> isAbout(asked, asks) ? new Fate.Answered(200, type, answer) : new Fate.Passes());
    assertThat(person.comeBack()).isGreaterThanOrEqualTo(400);
    assertThat(state(person)).isEqualTo("requested");
    LINE.judge(asked -> new Fate.Passes());
    assertThat(person.comeBack()).isEqualTo(303);
    assertThat(state(person)).isEqualTo("certified");
    assertThat(
            new Api(HUB.url())
                .get("/certifications/" + person.impUid())
                .response()
                .path("certified")
                .asBoolean())
        .isTrue();
  }

  private static boolean isAbout(Asked asked, Pattern confirm) {
    return !asked.path().startsWith("/_sim")
        && asked.method().equals("POST")
        && confirm.matcher(asked.path() + " " + asked.text()).find();
  }

  private static String state(FormBuyer person) {
    return JdbcClient.create(HUB.database().dataSource())
        .sql("select state from certification where imp_uid = :uid")
        .param("uid", person.impUid())
        .query(String.class)
        .single();
  }
}
