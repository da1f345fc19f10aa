package dev.naru.console.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.kernel.HubClock;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules at the console: listed, found, moved, revoked, charged again. */
@OwnOrders
class SchedulesPageTest {

  private static final String LIST = "/console/subscriptions";
  private static final String ALL = LIST + "?period=next";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Shop shop = Shop.fresh();
  private final Plans plans = new Plans(shop);
  private final ConsoleVisitor owner = visitor(shop, Role.OWNER);

  private ConsoleVisitor visitor(Shop of, Role role) {
    return people.visitor(people.of(of.merchant(), role));
  }

  private Instant in(int days) {
    return hub.bean(HubClock.class).instant().plus(Duration.ofDays(days));
  }

  private String page(String order) {
    return page(shop, order);
  }

  private static String page(Shop of, String order) {
    return LIST + "/schedule?of=" + of.merchant().id() + "&uid=" + order;
  }

  private HttpResponse<String> act(ConsoleVisitor by, String order, String what, String at) {
    Map<String, String> fields = new HashMap<>();
    fields.put("of", Long.toString(shop.merchant().id()));
    fields.put("uid", order);
    fields.put("at", at);
    return by.post("/console/account", LIST + "/schedule/" + what, fields);
  }

  private List<String> acts() {
    return shop.database()
        .sql(
            """
            select act from audit where merchant_id = :id and act like 'SCHEDULE%'
            order by audit_id
            """)
        .param("id", shop.merchant().id())
        .query(String.class)
        .list();
  }

  @Test
  void eachTabHasItsOwn() {
    String customer = plans.customer();
    String waiting = plans.waiting(customer, in(3), "삼월 차", 39_000);
    String revoked = plans.revoked(customer, in(4), "사월 차", 40_000);
    String paid = plans.charged(customer, in(5), "오월 차", 50_000);
    String failed = plans.charged(plans.declined(), in(6), "유월 차", 60_000);
    String all = owner.get(ALL).body();
    assertThat(all).contains(waiting, revoked, paid, failed, "39,000원", customer);
    assertThat(owner.get(ALL + "&tab=scheduled").body())
        .contains(waiting)
        .doesNotContain(revoked, paid, failed);
    assertThat(owner.get(ALL + "&tab=succeeded").body())
        .contains(paid)
        .doesNotContain(waiting, revoked, failed);
    assertThat(owner.get(ALL + "&tab=failed").body())
        .contains(failed, "class=\"why\"")
        .doesNotContain(waiting, revoked, paid);
    assertThat(owner.get(ALL + "&tab=revoked").body())
        .contains(revoked)
        .doesNotContain(waiting, paid, failed);
    assertThat(owner.get(ALL + "&q=" + failed).body()).contains(failed).doesNotContain(paid);
    assertThat(owner.get(ALL + "&in=name&q=" + "%EC%82%BC%EC%9B%94").body())
        .contains(waiting)
        .doesNotContain(paid);
    assertThat(owner.get(ALL + "&in=buyer&q=" + "%EA%B9%80").body()).contains(paid, waiting);
    assertThat(owner.get(ALL + "&in=buyer&q=nobody").body()).doesNotContain(paid, waiting);
    assertThat(owner.get(ALL + "&pg=tosspayments").body()).contains(paid);
    assertThat(owner.get(ALL + "&pg=html5_inicis").body()).doesNotContain(paid);
    assertThat(owner.get(ALL + "&basis=created").body()).contains(waiting, paid);
  }

  /** Many of one second, so that the place is told by more than its time. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&tab=scheduled", "&basis=created"})
  void everyPageGoesOnWhereTheOneBeforeEnded(String tab) {
    String customer = plans.customer();
    List<String> orders = plans.waiting(customer, in(2), "구독", 1_000, 53);
    List<String> seen = new ArrayList<>();
    String next = ALL + tab;
    int pages = 0;
    while (next != null) {
      String body = owner.get(next).body();
      orders.stream().filter(order -> body.contains(">" + order + "<")).forEach(seen::add);
      Matcher link = Pattern.compile("href=\"([^\"]*after=[^\"]*)\"").matcher(body);
      next = link.find() ? link.group(1).replace("&amp;", "&") : null;
      pages++;
    }
    assertThat(pages).isEqualTo(2);
    assertThat(seen).hasSize(53);
    assertThat(new HashSet<>(seen)).isEqualTo(new HashSet<>(orders));
  }

  @Test
  void oneThatWaitsIsMovedAndRevoked() {
    String order = plans.waiting(plans.customer(), in(3), "월간 이용권", 39_000);
    assertThat(owner.get(page(order)).body())
        .contains("39,000원", "월간 이용권", "김•루", "010-••••-5678")
        .doesNotContain("김나루", "010-1234-5678");
    assertThat(act(owner, order, "move", "2031-02-03T04:05").statusCode()).isEqualTo(302);
    assertThat(owner.get(page(order)).body()).contains("2031-02-03 04:05");
    assertThat(act(owner, order, "move", "2001-02-03T04:05").statusCode()).isEqualTo(422);
    assertThat(act(owner, order, "move", "soon").statusCode()).isEqualTo(422);
    assertThat(act(owner, order, "retry", "").statusCode()).isEqualTo(422);
    assertThat(act(owner, order, "revoke", "").statusCode()).isEqualTo(302);
    assertThat(plans.state(order)).isEqualTo("revoked");
    HttpResponse<String> twice = act(owner, order, "revoke", "");
    assertThat(twice.statusCode()).isEqualTo(409);
    assertThat(twice.body()).contains("role=\"alert\"");
    assertThat(act(owner, order, "reopen", "2031-03-03T04:05").statusCode()).isEqualTo(302);
    assertThat(plans.state(order)).isEqualTo("scheduled");
    assertThat(acts()).containsExactly("SCHEDULE_MOVED", "SCHEDULE_REVOKED", "SCHEDULE_REOPENED");
  }

  @Test
  void oneThatFailedIsChargedAgainOnce() {
    String customer = plans.declined();
    String order = plans.charged(customer, in(3), "월간 이용권", 39_000);
    assertThat(plans.payment(order)).isEqualTo("failed");
    HttpResponse<String> failed = act(owner, order, "retry", "");
    assertThat(failed.headers().firstValue("location").orElse("")).contains("again=failed");
    plans.cards(customer);
    HttpResponse<String> paid = act(owner, order, "retry", "");
    assertThat(paid.headers().firstValue("location").orElse("")).contains("done=schedule-paid");
    assertThat(plans.payment(order)).isEqualTo("paid");
    assertThat(act(owner, order, "retry", "").statusCode()).isEqualTo(422);
    String body = owner.get(page(order)).body();
    assertThat(body).contains("/console/payments/imps_", "홍길동");
    assertThat(acts()).containsExactly("SCHEDULE_RETRIED", "SCHEDULE_RETRIED");
  }

  @Test
  void whoOnlyReadsChangesNothing() {
    String order = plans.waiting(plans.customer(), in(3), "월간 이용권", 39_000);
    ConsoleVisitor reader = visitor(shop, Role.READ_ONLY);
    assertThat(reader.get(page(order)).body()).contains(order).doesNotContain("/revoke", "/move");
    assertThat(act(reader, order, "revoke", "").statusCode()).isEqualTo(403);
    assertThat(plans.state(order)).isEqualTo("scheduled");
  }

  @Test
  void anotherShopsAreNotThere() {
    String order = plans.waiting(plans.customer(), in(3), "월간 이용권", 39_000);
    ConsoleVisitor stranger = visitor(Shop.fresh(), Role.OWNER);
    assertThat(stranger.get(ALL).body()).doesNotContain(order);
    assertThat(stranger.get(page(order)).statusCode()).isEqualTo(404);
    assertThat(act(stranger, order, "revoke", "").statusCode()).isEqualTo(404);
    assertThat(act(stranger, order, "retry", "").statusCode()).isEqualTo(404);
    assertThat(plans.state(order)).isEqualTo("scheduled");
  }

  @Test
  void aSubShopSeesItsOwnAlone() {
    Shop branch = shop.tier("AAA");
    Shop other = shop.tier("BBB");
    Plans theirs = new Plans(branch);
    String mine = theirs.waiting(theirs.customer(), in(3), "지점 이용권", 1_000);
    String above = plans.waiting(plans.customer(), in(3), "본점 이용권", 2_000);
    ConsoleVisitor sub = visitor(branch, Role.SUB_MANAGER);
    for (String choice : List.of("", "&shop=all", "&shop=BBB", "&shop=own")) {
      assertThat(sub.get(ALL + choice).body()).contains(mine).doesNotContain(above);
    }
    assertThat(sub.get(page(above)).statusCode()).isEqualTo(404);
    assertThat(visitor(other, Role.SUB_MANAGER).get(page(branch, mine)).statusCode())
        .isEqualTo(404);
    assertThat(owner.get(ALL + "&shop=all").body()).contains(mine, above);
    assertThat(owner.get(ALL + "&shop=all").body())
        .contains("shop=all&amp;period=next", "name=\"shop\" value=\"all\"");
    assertThat(owner.get(ALL + "&shop=own").body()).contains(above).doesNotContain(mine);
    assertThat(owner.get(page(branch, mine)).statusCode()).isEqualTo(200);
  }

  @Test
  void whatBuyersWroteIsNoMarkup() {
    String order = plans.waiting(plans.customer(), in(3), "<script>alert(1)</script>", 39_000);
    assertThat(owner.get(ALL).body()).contains("&lt;script&gt;").doesNotContain("<script>alert");
    assertThat(owner.get(page(order)).body()).doesNotContain("<script>alert");
    assertThat(owner.get(ALL + "&q=%22%3E%3Cscript%3Ealert").body())
        .doesNotContain("<script>alert");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?tab=x&basis=x&period=x&in=x&pg=%00x",
        "?from=2026-13-45&to=x",
        "?from=2026-11-30&to=2026-11-01",
        "?after=x",
        "?after=9999999999999999-1-%2F",
        "?after=1-1-AAAA",
        "?q=%00",
        "?q=%25%5F%27%22%5C"
      })
  void whatCannotBeReadIsLeftOut(String query) {
    assertThat(owner.get(LIST + query).statusCode()).isEqualTo(200);
  }

  @Test
  void theCalendarAddsUp() {
    String customer = plans.customer();
    Instant day = Instant.parse("2031-05-10T03:00:00Z");
    plans.waiting(customer, day, "하나", 10_000);
    plans.waiting(customer, day.plusSeconds(60), "둘", 20_000);
    // Half past midnight in Korea, the day before by UTC.
    plans.waiting(customer, Instant.parse("2031-05-11T15:30:00Z"), "셋", 5_000);
    String amounts = owner.get(LIST + "/calendar?month=2031-05").body();
    assertThat(amounts)
        .contains("30,000원", "35,000원", "from=2031-05-12&amp;to=2031-05-12")
        .contains("5,000원");
    assertThat(owner.get(LIST + "/calendar?month=2031-05&by=count").body()).contains("<b>2</b>");
    assertThat(owner.get(LIST + "?from=2031-05-12&to=2031-05-12").body())
        .contains("셋")
        .doesNotContain("둘");
    assertThat(owner.get(LIST + "/calendar?month=2031-06").body()).doesNotContain("35,000원");
    for (String odd :
        List.of("month=2031-13", "month=x", "currency=X%00", "by=x", "month=9999-99")) {
      assertThat(owner.get(LIST + "/calendar?" + odd).statusCode()).isEqualTo(200);
    }
  }
}
