package dev.naru.account.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.kernel.HubClock;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One-time and recovery codes, as somebody meets them who signs in. */
@OwnOrders
class CodesTest {

  private static final String CODES = "/console/account/codes";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);

  private String code(byte[] key, int after) {
    return Totp.code(key, Totp.step(hub.bean(HubClock.class).machine().instant()) + after, 6);
  }

  private static List<String> recovery(HttpResponse<String> page) {
    Matcher found = Pattern.compile("<li>([a-z0-9]{5}-[a-z0-9]{5})</li>").matcher(page.body());
    return found.results().map(one -> one.group(1)).toList();
  }

  private ConsoleVisitor afterPassword(Account account) {
    ConsoleVisitor visitor = new ConsoleVisitor(hub.url());
    HttpResponse<String> answer =
        visitor.post(
            "/console/sign-in",
            "/console/sign-in",
            Map.of("email", account.email(), "password", ConsolePeople.PASSWORD.reveal()));
    assertThat(answer.headers().firstValue("location").orElse("")).contains("/console/code?");
    assertThat(visitor.get("/console").statusCode()).isEqualTo(303);
    return visitor;
  }

  @Test
  void aCodeAndARecoveryCodeAreGoodOnce() {
    Account account = people.of(people.shop(), Role.OWNER);
    ConsoleVisitor owner = people.visitor(account);
    Matcher shown =
        Pattern.compile("<p class=\"mono\">([A-Z2-7 ]{39})</p>").matcher(owner.get(CODES).body());
    assertThat(shown.find()).isTrue();
    byte[] key = PhoneCodes.bytes(shown.group(1).replace(" ", ""));
    assertThat(owner.postOnly(CODES, Map.of("code", "000000")).statusCode()).isEqualTo(422);
    HttpResponse<String> taken = owner.postOnly(CODES, Map.of("code", code(key, -1)));
    List<String> recovery = recovery(taken);
    assertThat(recovery).hasSize(10).doesNotHaveDuplicates();

    ConsoleVisitor first = afterPassword(account);
    String waiting = first.session();
    assertThat(first.post("/console/code", "/console/code", Map.of("code", "00 00")).statusCode())
        .isEqualTo(401);
    String code = code(key, 0);
    assertThat(first.post("/console/code", "/console/code", Map.of("code", code)).statusCode())
        .isEqualTo(302);
    assertThat(first.session()).isNotEqualTo(waiting);
    assertThat(first.get("/console").statusCode()).isEqualTo(200);

    // The same code again, as somebody who looked over the shoulder has it.
    ConsoleVisitor second = afterPassword(account);
    assertThat(second.post("/console/code", "/console/code", Map.of("code", code)).statusCode())
        .isEqualTo(401);
    String spare = recovery.getFirst();
    assertThat(second.post("/console/code", "/console/code", Map.of("code", spare)).statusCode())
        .isEqualTo(302);
    ConsoleVisitor third = afterPassword(account);
    assertThat(third.post("/console/code", "/console/code", Map.of("code", spare)).statusCode())
        .isEqualTo(401);
    assertThat(hub.bean(Codes.class).recoveryLeft(account.email())).isEqualTo(9);
    assertKeptSealed(account, key, recovery.get(1));
  }

  private void assertKeptSealed(Account account, byte[] key, String recovery) {
    JdbcClient jdbc = hub.bean(JdbcClient.class);
    byte[] kept =
        jdbc.sql("select totp from account where email = :email")
            .param("email", account.email())
            .query(byte[].class)
            .single();
    assertThat(Arrays.toString(kept))
        .doesNotContain(Arrays.toString(key).replaceAll("[\\[\\]]", ""));
    assertThat(
            jdbc.sql("select code_hash from account_recovery where email = :email")
                .param("email", account.email())
                .query(String.class)
                .list())
        .hasSize(9)
        .noneMatch(hash -> hash.contains(recovery) || hash.contains(recovery.replace("-", "")));
  }

  @Test
  void whatNeedsAFreshProofAsksForIt() {
    Account account = people.of(people.shop(), Role.OWNER);
    ConsoleVisitor visitor = people.visitor(account);
    hub.bean(JdbcClient.class)
        .sql(
            """
            update console_session set proved_at = proved_at - interval '11 minutes'
            where email = :email
            """)
        .param("email", account.email())
        .update();
    HttpResponse<String> asked = visitor.get(CODES);
    String prove = asked.headers().firstValue("location").orElse("");
    assertThat(prove).startsWith("/console/prove?next=%2Fconsole%2Faccount%2Fcodes");
    assertThat(visitor.post(prove, "/console/prove", Map.of("password", "wrong")).statusCode())
        .isEqualTo(401);
    assertThat(visitor.get(CODES).statusCode()).isEqualTo(303);
    HttpResponse<String> proved =
        visitor.post(
            prove,
            "/console/prove",
            Map.of("password", ConsolePeople.PASSWORD.reveal(), "next", CODES));
    assertThat(proved.headers().firstValue("location").orElse("")).endsWith(CODES);
    assertThat(visitor.get(CODES).statusCode()).isEqualTo(200);
  }
}
