package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Role;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Members: invited, taken in, changed, ended, and never those of another shop. */
@OwnOrders
class InvitationTest {

  private static final String MEMBERS = "/console/members";
  private static final String NEW = "another-orbit-lantern-8";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final JdbcClient jdbc = hub.bean(JdbcClient.class);

  private static String email() {
    return "m" + UUID.randomUUID() + "@shop.example";
  }

  private HttpResponse<String> invite(ConsoleVisitor by, Merchant shop, String email, Role role) {
    return by.post(
        MEMBERS,
        MEMBERS,
        Map.of(
            "email",
            email,
            "name",
            "김서연",
            "role",
            role.name(),
            "merchantId",
            Long.toString(shop.id())));
  }

  /** The address of the last mail to somebody. */
  private String link(String to, String path) {
    Pattern address = Pattern.compile("/console/" + path + "\\?token=[A-Za-z0-9_-]+");
    return Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              String outbox = new ConsoleVisitor(hub.url()).get("/sandbox/outbox").body();
              int mail = outbox.indexOf(to);
              Matcher found = address.matcher(outbox);
              return mail >= 0 && found.find(mail) ? found.group() : "";
            },
            one -> !one.isEmpty());
  }

  private HttpResponse<String> accept(String link) {
    ConsoleVisitor visitor = new ConsoleVisitor(hub.url());
    visitor.get(link);
    return visitor.postOnly(
        "/console/invitation",
        Map.of("token", link.replaceFirst(".*=", ""), "name", "김서연", "password", NEW));
  }

  @Test
  void anInvitationIsGoodOnce() {
    Merchant shop = people.shop();
    ConsoleVisitor owner = people.visitor(people.of(shop, Role.OWNER));
    String email = email();
    assertThat(invite(owner, shop, email, Role.MANAGER).statusCode()).isEqualTo(302);
    String link = link(email, "invitation");
    assertThat(accept(link).statusCode()).isEqualTo(302);
    Account joined = hub.bean(Accounts.class).find(email).orElseThrow();
    assertThat(joined.state()).isEqualTo(Account.State.ACTIVE);
    assertThat(joined.role()).isEqualTo(Role.MANAGER);
    assertThat(new ConsoleVisitor(hub.url()).get(link).statusCode()).isEqualTo(404);
    assertThat(accept(link).statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(
            jdbc.sql("select act from audit where merchant_id = :id order by audit_id")
                .param("id", shop.id())
                .query(String.class)
                .list())
        .contains("ACCOUNT_INVITED", "ACCOUNT_JOINED", "SIGNED_IN");
  }

  @Test
  void anInvitationEndsByItself() {
    Merchant shop = people.shop();
    String email = email();
    invite(people.visitor(people.of(shop, Role.OWNER)), shop, email, Role.DEV);
    String link = link(email, "invitation");
    jdbc.sql(
            """
            update account_link set expires_at = expires_at - interval '73 hours'
            where email = :email
            """)
        .param("email", email)
        .update();
    assertThat(new ConsoleVisitor(hub.url()).get(link).statusCode()).isEqualTo(404);
    assertThat(hub.bean(Accounts.class).find(email).orElseThrow().state())
        .isEqualTo(Account.State.INVITED);
  }

  /** As if it ended between the look at the link and its use. */
  @Test
  void anAccountThatEndedIsNotTakenUp() {
    Merchant shop = people.shop();
    Account owner = people.of(shop, Role.OWNER);
    String email = email();
    assertThat(invite(people.visitor(owner), shop, email, Role.DEV).statusCode()).isEqualTo(302);
    Accounts accounts = hub.bean(Accounts.class);
    Account invited = accounts.find(email).orElseThrow();
    accounts.end(Actor.HUB, owner, email);
    assertThatThrownBy(() -> accounts.activate(Actor.HUB, invited, "김서연"))
        .isInstanceOf(Failed.class);
    assertThat(accounts.find(email).orElseThrow().state()).isEqualTo(Account.State.ENDED);
  }

  @Test
  void limitsAndRolesHold() {
    Merchant shop = people.shop();
    ConsoleVisitor owner = people.visitor(people.of(shop, Role.OWNER));
    assertThat(invite(owner, shop, email(), Role.ADMIN).statusCode()).isEqualTo(302);
    assertThat(invite(owner, shop, email(), Role.ADMIN).statusCode()).isEqualTo(409);
    assertThat(invite(owner, shop, email(), Role.OWNER).statusCode()).isEqualTo(403);
    assertThat(invite(owner, shop, email(), Role.SUB_MANAGER).statusCode()).isEqualTo(422);
    for (int i = 0; i < 10; i++) {
      people.of(shop, Role.DEV);
    }
    assertThat(invite(owner, shop, email(), Role.DEV).statusCode()).isEqualTo(409);
    ConsoleVisitor manager = people.visitor(people.of(shop, Role.MANAGER));
    assertThat(invite(manager, shop, email(), Role.MANAGER).statusCode()).isEqualTo(403);
    assertThat(invite(manager, shop, email(), Role.READ_ONLY).statusCode()).isEqualTo(302);
  }

  @Test
  void membersOfAnotherShopAreNotThere() {
    Account stranger = people.of(people.shop(), Role.MANAGER);
    ConsoleVisitor owner = people.visitor(people.of(people.shop(), Role.OWNER));
    assertThat(owner.get(MEMBERS).body()).doesNotContain(stranger.email());
    HttpResponse<String> answer =
        owner.post(MEMBERS, MEMBERS + "/end", Map.of("email", stranger.email()));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(hub.bean(Accounts.class).find(stranger.email()).orElseThrow().state())
        .isEqualTo(Account.State.ACTIVE);
  }

  @Test
  void whoIsEndedIsOutAtOnce() {
    Merchant shop = people.shop();
    Account member = people.of(shop, Role.DEV);
    ConsoleVisitor theirs = people.visitor(member);
    ConsoleVisitor owner = people.visitor(people.of(shop, Role.OWNER));
    assertThat(theirs.get("/console").statusCode()).isEqualTo(200);
    owner.post(MEMBERS, MEMBERS + "/end", Map.of("email", member.email()));
    assertThat(theirs.get("/console").statusCode()).isEqualTo(303);
  }

  @Test
  void aSubShopsAccountSeesItsOwnAlone() {
    Merchant shop = people.shop();
    Tiers tiers = hub.bean(Tiers.class);
    Merchant one = tiers.create(Actor.HUB, shop, "AAA", "첫째");
    tiers.create(Actor.HUB, shop, "BBB", "둘째");
    Account owner = people.of(shop, Role.OWNER);
    ConsoleVisitor sub = people.visitor(people.of(one, Role.SUB_MANAGER));
    for (String choice : new String[] {"all", "BBB", "own", "AAA"}) {
      assertThat(sub.get("/console?shop=" + choice).body())
          .contains("첫째")
          .doesNotContain("둘째", ".BBB");
    }
    assertThat(sub.get(MEMBERS).body()).doesNotContain(owner.email());
    ConsoleVisitor representative = people.visitor(owner);
    assertThat(representative.get("/console?shop=BBB").body()).contains("둘째");
    representative.postOnly("/console/shop", Map.of("choice", "BBB"));
    assertThat(representative.get("/console").body())
        .contains("imp")
        .contains(shop.userCode() + ".BBB");
  }

  @Test
  void aForgottenPasswordIsSetAnewAndNobodyLearnsWhoHasAnAccount() {
    Account account = people.of(people.shop(), Role.OWNER);
    ConsoleVisitor before = people.visitor(account);
    ConsoleVisitor visitor = new ConsoleVisitor(hub.url());
    HttpResponse<String> known =
        visitor.post("/console/forgotten", "/console/forgotten", Map.of("email", account.email()));
    HttpResponse<String> unknown =
        visitor.post("/console/forgotten", "/console/forgotten", Map.of("email", email()));
    assertThat(plain(known)).isEqualTo(plain(unknown));
    String link = link(account.email(), "reset");
    visitor.get(link);
    Map<String, String> fields = Map.of("token", link.replaceFirst(".*=", ""), "password", NEW);
    assertThat(visitor.postOnly("/console/reset", fields).statusCode()).isEqualTo(302);
    assertThat(before.get("/console").statusCode()).isEqualTo(303);
    assertThat(new ConsoleVisitor(hub.url()).get(link).statusCode()).isEqualTo(404);
  }

  private static String plain(HttpResponse<String> page) {
    return page.body().replaceAll("value=\"[^\"]{30,}\"|TOKEN&quot;: &quot;[^&]*", "");
  }
}
