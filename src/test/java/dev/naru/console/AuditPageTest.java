package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who did what: whose it is, what is looked for, and the file. */
@OwnOrders
class AuditPageTest {

  private static final String LIST = "/console/audit";
  private static final Pattern NEXT = Pattern.compile("href=\"([^\"]*below=[^\"]*)\"");

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Merchant shop = people.shop();
  private final ConsoleVisitor owner = people.visitor(people.of(shop, Role.OWNER));

  private void change(Merchant whose, Actor actor, Act act, String about, Object... states) {
    hub.bean(Changes.class)
        .make(
            actor,
            whose.id(),
            act,
            about,
            change -> {
              change.before(states[0]);
              return change.after(states[1]);
            });
  }

  private void change(String about) {
    change(shop, Actor.HUB, Act.CHANNEL_EDITED, about, Map.of("n", 1), Map.of("n", 2));
  }

  @Test
  void whatChangedIsShownAndSecretsAreNot() {
    change(
        shop,
        Actor.account("kim@shop.example", "김감사", "203.0.113.7"),
        Act.CHANNEL_EDITED,
        "channel-a",
        Map.of("name", "<i>옛날</i>", "same", "stays", "key", new Secret("s3cret-before")),
        Map.of("name", "새 이름", "same", "stays", "key", new Secret("s3cret-after")));
    String page = owner.get(LIST).body();
    assertThat(page)
        .contains("채널 수정", "channel-a", "김감사", "203.0.113.7", "&lt;i&gt;옛날", "새 이름")
        .doesNotContain("s3cret", "stays", "<i>옛날");
  }

  @Test
  void filtersAreInTheAddress() {
    change("channel-one");
    change(
        shop,
        Actor.account("lee@shop.example", "이감사", "203.0.113.8"),
        Act.CHANNEL_DISABLED,
        "channel-two",
        Map.of("n", 1),
        Map.of("n", 2));
    LocalDate today = LocalDate.ofInstant(hub.bean(HubClock.class).instant(), HubClock.SEOUL);
    only("?about=channel-one", "channel-one", "channel-two");
    only("?act=CHANNEL_DISABLED", "channel-two", "channel-one");
    only("?actor=lee%40shop.example", "channel-two", "channel-one");
    assertThat(owner.get(LIST + "?from=" + today + "&to=" + today).body())
        .contains(">channel-one<", ">channel-two<");
    assertThat(owner.get(LIST + "?to=" + today.minusDays(1)).body())
        .contains("조건에 맞는 기록이 없습니다")
        .doesNotContain(">channel-one<");
    assertThat(owner.get(LIST + "?from=nonsense&act=nonsense&below=x").body())
        .contains(">channel-one<");
  }

  private void only(String query, String there, String not) {
    assertThat(owner.get(LIST + query).body())
        .contains(">" + there + "<")
        .doesNotContain(">" + not + "<");
  }

  @Test
  void pagesFollowOneAnother() {
    for (int n = 0; n < 53; n++) {
      change("channel-%02d".formatted(n));
    }
    String first = owner.get(LIST + "?act=CHANNEL_EDITED").body();
    Matcher next = NEXT.matcher(first);
    assertThat(next.find()).isTrue();
    String second = owner.get(next.group(1).replace("&amp;", "&")).body();
    for (int n = 0; n < 53; n++) {
      String about = ">channel-%02d<".formatted(n);
      assertThat(first.contains(about)).as(about).isNotEqualTo(second.contains(about));
    }
  }

  @Test
  void nobodySeesWhatOthersDid() {
    Merchant other = people.shop();
    change(other, Actor.HUB, Act.CHANNEL_EDITED, "channel-other", Map.of("n", 1), Map.of("n", 2));
    assertThat(owner.get(LIST).body()).doesNotContain("channel-other");
    assertThat(owner.get(LIST + "?about=channel-other").body()).doesNotContain(">channel-other<");
    assertThat(owner.get(LIST + "/export").body()).doesNotContain("channel-other");
  }

  @Test
  void theFileHasTheWholeListAndNoFormula() {
    for (int n = 0; n < 60; n++) {
      change("channel-%02d".formatted(n));
    }
    change(
        shop,
        Actor.account("=cmd|'/C calc'!A0", "@SUM(A1)", "203.0.113.9"),
        Act.SHOP_RENAMED,
        "+1+1",
        "옛 이름",
        "=HYPERLINK(\"x\")");
    HttpResponse<String> file = owner.get(LIST + "/export");
    assertThat(file.headers().firstValue("content-type").orElse("")).contains("text/csv");
    assertThat(file.headers().firstValue("content-disposition").orElse("")).contains("audit-");
    String[] lines = file.body().split("\r\n");
    assertThat(lines[0]).contains("시각", "사용자", "변경 내용");
    assertThat(file.body()).contains("'=cmd|", "'@SUM", "'+1+1").doesNotContain(",=", ",+", ",@");
    assertThat(file.body().lines().filter(line -> line.contains("channel-")).count()).isEqualTo(60);
    assertThat(owner.get(LIST + "/export?about=channel-07").body().lines()).hasSize(2);
    // Who may look and not export.
    ConsoleVisitor reader = people.visitor(people.of(shop, Role.READ_ONLY));
    assertThat(reader.get(LIST).body()).contains("channel-57").doesNotContain("/export");
    assertThat(reader.get(LIST + "/export").statusCode()).isEqualTo(403);
  }

  @Test
  void comingAndGoingIsWrittenDown() {
    Account account = people.of(shop, Role.MANAGER);
    ConsoleVisitor visitor = people.visitor(account);
    visitor.post("/console", "/console/sign-out", Map.of());
    assertThat(owner.get(LIST + "?actor=" + account.email().replace("@", "%40")).body())
        .contains("<strong>로그인</strong>", "<strong>로그아웃</strong>");
  }
}
