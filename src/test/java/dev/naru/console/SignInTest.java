package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Coming in, staying in, and being put out. */
@OwnOrders
class SignInTest {

  private static final String SIGN_IN = "/console/sign-in";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final JdbcClient jdbc = hub.bean(JdbcClient.class);

  /** All tests come from one address, whose wrong tries are counted too. */
  @BeforeEach
  void forgetTheAddress() {
    jdbc.sql("delete from sign_in_try where who like 'from:%'").update();
  }

  private Account owner() {
    return people.of(people.shop(), Role.OWNER);
  }

  private HttpResponse<String> signIn(ConsoleVisitor visitor, String email, String password) {
    return visitor.post(SIGN_IN, SIGN_IN, Map.of("email", email, "password", password));
  }

  @Test
  void aRightPasswordLetsIn() {
    ConsoleVisitor visitor = new ConsoleVisitor(hub.url());
    HttpResponse<String> answer = signIn(visitor, owner().email(), ConsolePeople.PASSWORD.reveal());
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().allValues("set-cookie"))
        .filteredOn(cookie -> cookie.startsWith("naru_console="))
        .singleElement()
        .asString()
        .contains("Path=/console", "HttpOnly", "SameSite=Lax")
        .doesNotContain("Max-Age", "Expires");
    assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
  }

  @Test
  void aSessionThatWasPlantedIsNotTheOneThatCountsAfterwards() {
    ConsoleVisitor visitor = new ConsoleVisitor(hub.url());
    String planted = "A".repeat(43);
    visitor.plant("naru_console", planted);
    signIn(visitor, owner().email(), ConsolePeople.PASSWORD.reveal());
    assertThat(visitor.session()).isNotEmpty().isNotEqualTo(planted);
    assertThat(new ConsoleVisitor(hub.url(), planted).get("/console").statusCode()).isEqualTo(303);
  }

  @Test
  void nobodyLearnsWhetherThereIsAnAccount() {
    Account known = owner();
    String unknown = UUID.randomUUID() + "@shop.example";
    // Five wrong ones, then the pause: each answer is the same for both.
    for (int i = 0; i < 6; i++) {
      HttpResponse<String> one = signIn(new ConsoleVisitor(hub.url()), known.email(), "wrong-" + i);
      HttpResponse<String> two = signIn(new ConsoleVisitor(hub.url()), unknown, "wrong-" + i);
      assertThat(one.statusCode()).isEqualTo(two.statusCode()).isEqualTo(i < 5 ? 401 : 429);
      assertThat(plain(one, known.email())).isEqualTo(plain(two, unknown));
    }
    assertThat(
            signIn(new ConsoleVisitor(hub.url()), known.email(), ConsolePeople.PASSWORD.reveal())
                .statusCode())
        .isEqualTo(429);
    assertThat(
            jdbc.sql("select act from audit where about = :email order by audit_id desc limit 1")
                .param("email", known.email())
                .query(String.class)
                .single())
        .isEqualTo("SIGN_IN_CLOSED");
  }

  private static String plain(HttpResponse<String> page, String email) {
    return page.body()
        .replace(email, "E")
        .replaceAll("(value|data-challenge)=\"[^\"]{30,}\"|TOKEN&quot;: &quot;[^&]*|[0-9]+초", "");
  }

  @Test
  void anUnknownEmailTakesTheWorkOfAKnownOne() {
    long known = median(() -> signIn(new ConsoleVisitor(hub.url()), owner().email(), "wrong-one"));
    long unknown =
        median(
            () ->
                signIn(
                    new ConsoleVisitor(hub.url()), UUID.randomUUID() + "@shop.example", "wrong"));
    long page = median(() -> new ConsoleVisitor(hub.url()).get(SIGN_IN));
    // A password's work is most of it: without it the answer comes as fast as a page.
    assertThat(unknown).isGreaterThan(page);
    assertThat((double) unknown / known).isBetween(0.2, 5.0);
  }

  private static long median(Runnable work) {
    List<Long> all =
        IntStream.range(0, 5)
            .mapToObj(
                _ -> {
                  long before = System.nanoTime();
                  work.run();
                  return System.nanoTime() - before;
                })
            .sorted()
            .toList();
    return all.get(2);
  }

  @Test
  void aFormWithoutItsTokenSignsNobodyIn() {
    Map<String, String> fields =
        Map.of("email", owner().email(), "password", ConsolePeople.PASSWORD.reveal());
    ConsoleVisitor visitor = new ConsoleVisitor(hub.url());
    assertThat(visitor.postBare(SIGN_IN, fields).statusCode()).isEqualTo(403);
    assertThat(visitor.session()).isEmpty();
  }

  @Test
  void anotherSitesPageIsRefused() {
    ConsoleVisitor visitor = new ConsoleVisitor(hub.url());
    visitor.get(SIGN_IN);
    HttpResponse<String> answer =
        visitor.postOnly("/console/demo", Map.of(), "Origin", "https://evil.example");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(visitor.session()).isEmpty();
  }

  /** A proxy on this machine that nobody declared: whoever comes through it may be anywhere. */
  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP"})
  void whoComesThroughAProxyIsNotAtThisMachine(String header) {
    ConsoleVisitor visitor = new ConsoleVisitor(hub.url());
    assertThat(visitor.get(SIGN_IN).body()).contains("/console/demo");
    assertThat(visitor.get(SIGN_IN, header, "203.0.113.7").body()).doesNotContain("/console/demo");
    assertThat(visitor.postOnly("/console/demo", Map.of(), header, "203.0.113.7").statusCode())
        .isEqualTo(404);
    assertThat(visitor.session()).isEmpty();
  }

  @Test
  void oneClickLetsIntoTheDemoShop() {
    ConsoleVisitor visitor = new ConsoleVisitor(hub.url());
    assertThat(visitor.post(SIGN_IN, "/console/demo", Map.of()).statusCode()).isEqualTo(302);
    assertThat(visitor.get("/console").body()).contains("imp00000000");
  }

  @Test
  void whoIsSignedOutIsOutEverywhereTheCookieIs() {
    ConsoleVisitor visitor = people.visitor(owner());
    String session = visitor.session();
    assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
    assertThat(visitor.postOnly("/console/sign-out", Map.of()).statusCode()).isEqualTo(302);
    assertThat(visitor.session()).isEmpty();
    assertThat(new ConsoleVisitor(hub.url(), session).get("/console").statusCode()).isEqualTo(303);
  }

  @Test
  void aNewPasswordEndsTheOtherSessions() {
    Account account = owner();
    ConsoleVisitor here = people.visitor(account);
    ConsoleVisitor elsewhere = people.visitor(account);
    HttpResponse<String> wrong =
        here.post(
            "/console/account",
            "/console/account/password",
            Map.of("current", "wrong", "password", "another-orbit-lantern-8"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(elsewhere.get("/console").statusCode()).isEqualTo(200);
    HttpResponse<String> easy =
        here.post(
            "/console/account",
            "/console/account/password",
            Map.of("current", ConsolePeople.PASSWORD.reveal(), "password", "1234567890"));
    assertThat(easy.statusCode()).isEqualTo(422);
    HttpResponse<String> right =
        here.post(
            "/console/account",
            "/console/account/password",
            Map.of(
                "current", ConsolePeople.PASSWORD.reveal(), "password", "another-orbit-lantern-8"));
    assertThat(right.statusCode()).isEqualTo(302);
    assertThat(here.get("/console").statusCode()).isEqualTo(200);
    assertThat(elsewhere.get("/console").statusCode()).isEqualTo(303);
  }

  @Test
  void aSessionThatIsNotUsedEnds() {
    ConsoleVisitor visitor = people.visitor(owner());
    assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
    age("seen_at", visitor, "9 hours");
    assertThat(visitor.get("/console").statusCode()).isEqualTo(303);
    ConsoleVisitor long1 = people.visitor(owner());
    age("created_at", long1, "13 hours");
    assertThat(long1.get("/console").statusCode()).isEqualTo(303);
  }

  private void age(String column, ConsoleVisitor visitor, String by) {
    String hash = hub.bean(dev.naru.kernel.Vault.class).hash("console-session", visitor.session());
    assertThat(
            jdbc.sql(
                    "update console_session set "
                        + column
                        + " = clock_timestamp() - cast(:by as interval) where session_hash = :hash")
                .param("by", by)
                .param("hash", hash)
                .update())
        .isOne();
  }

  @Test
  void whatOpensAnAccountIsNowhereInTheDatabaseInClear() {
    ConsoleVisitor visitor = people.visitor(owner());
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from console_session s, account a
                    where s::text like '%' || :session || '%' or a::text like '%' || :password || '%'
                    """)
                .param("session", visitor.session())
                .param("password", ConsolePeople.PASSWORD.reveal())
                .query(Long.class)
                .single())
        .isZero();
  }
}
