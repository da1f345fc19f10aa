package dev.naru.console.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the list shows, and to whom. */
class PaymentsPageTest {

  private static final String LIST = "/console/payments";
  private static final String DECLINED = "4000-0000-0000-0002";
  private static final Pattern ROW =
      Pattern.compile("/console/payments/(imps?_[0-9A-Za-z]+)\" title");
  private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");
  private static final Pattern BEFORE = Pattern.compile("rel=\"prev\" href=\"([^\"]+)\"");

  private final ConsolePeople people = new ConsolePeople(Hub.shared());
  private final Shop shop = Shop.fresh();
  private final ConsoleVisitor owner = visitor(shop, Role.OWNER);

  private ConsoleVisitor visitor(Shop of, Role role) {
    Account account = people.of(of.merchant(), role);
    return people.visitor(account);
  }

  private static String pay(Shop by, Map<String, ?> more) {
    Map<String, Object> request =
        new LinkedHashMap<>(Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD));
    request.putAll(more);
    by.api().post("/subscribe/payments/onetime", request);
    return String.valueOf(request.get("merchant_uid"));
  }

  private String pay(Map<String, ?> more) {
    return pay(shop, more);
  }

  private void cancel(String order, int amount) {
    Map<String, Object> request = Map.of("merchant_uid", order, "amount", amount);
    assertThat(shop.api().post("/payments/cancel", request).code()).isZero();
  }

  private String page(String query) {
    HttpResponse<String> answer = owner.get(LIST + query);
    assertThat(answer.statusCode()).as(query).isEqualTo(200);
    return answer.body();
  }

  /** Its words, without tags. */
  private static String text(String html) {
    return html.replaceAll("(?s)<[^>]*>", " ").replaceAll("\\s+", " ");
  }

  private static List<String> rows(String html) {
    return ROW.matcher(html).results().map(row -> row.group(1)).toList();
  }

  private static String link(Pattern which, String html) {
    MatchResult found = which.matcher(html).results().findFirst().orElseThrow();
    return found.group(1).replace("&amp;", "&");
  }

  @Test
  void filtersAndSumsAreThoseOfTheAddress() {
    String paid = pay(Map.of("amount", 12_000));
    String part = pay(Map.of("amount", 50_000));
    String failed = pay(Map.of("card_number", DECLINED));
    cancel(part, 20_000);

    String all = page("");
    assertThat(all).contains(paid, part, failed);
    assertThat(text(all))
        .contains("결제 62,000원 · 취소 20,000원 · 순 결제 42,000원")
        .contains("전체 3", "결제 완료 1", "실패 1", "부분 취소 1", "전체 취소 0", "−20,000원");

    String some = page("?status=failed&status=cancelled_partial");
    assertThat(some).contains(part, failed).doesNotContain(paid);
    // How many there would be of each status is said of all statuses.
    assertThat(text(some)).contains("전체 3", "결제 완료 1", "결제 50,000원 · 취소 20,000원");

    assertThat(page("?min=40,000&max=60000")).contains(part).doesNotContain(paid);
    assertThat(page("?method=card&pg=" + Shop.TOSS)).contains(paid, part);
    assertThat(page("?pg=html5_inicis")).doesNotContain(paid).contains("조건에 맞는 결제가 없습니다");
    assertThat(page("?kind=billing")).contains("조건에 맞는 결제가 없습니다");
    assertThat(page("?period=yesterday")).doesNotContain(paid);
    assertThat(page("?q=" + paid)).contains(paid).doesNotContain(part);
    assertThat(rows(page("?sort=oldest"))).isEqualTo(rows(page("")).reversed());
  }

  @Test
  void aConditionIsTakenAwayByItself() {
    String paid = pay(Map.of());
    String html = page("?status=paid&status=failed&method=vbank&period=week");
    assertThat(html).doesNotContain(paid);
    Pattern chip = Pattern.compile("href=\"([^\"]+)\" aria-label=\"([^\"]+) 조건 지우기\"");
    Map<String, String> chips = new LinkedHashMap<>();
    chip.matcher(html)
        .results()
        .forEach(one -> chips.put(one.group(2), one.group(1).replace("&amp;", "&")));
    assertThat(chips.keySet()).containsExactly("1주일", "결제 완료", "실패", "가상계좌");
    String without = chips.getOrDefault("가상계좌", "");
    assertThat(without)
        .contains("period=week", "status=paid", "status=failed")
        .doesNotContain("method");
    assertThat(owner.get(without).body()).contains(paid);
  }

  @Test
  void pagesGoOnAndBackByKeys() {
    Set<String> made = new LinkedHashSet<>();
    for (int i = 0; i < 53; i++) {
      made.add(pay(Map.of("amount", 1_000)));
    }
    String first = page("");
    assertThat(rows(first)).hasSize(50);
    assertThat(first).doesNotContain("rel=\"prev\"");
    // What comes in meanwhile moves nothing on the pages after.
    pay(Map.of());
    String second = owner.get(link(NEXT, first)).body();
    assertThat(rows(second)).hasSize(3).doesNotContainAnyElementsOf(rows(first));
    assertThat(second).doesNotContain("rel=\"next\"");
    assertThat(text(second)).contains("2쪽");
    assertThat(made).allMatch(order -> first.contains(order) || second.contains(order));
    assertThat(rows(owner.get(link(BEFORE, second)).body())).hasSize(50);
  }

  @Test
  void whatOthersWroteIsText() {
    pay(Map.of("buyer_name", "<img src=x>", "name", "<script>alert(1)</script>\"'"));
    String html = page("?q=%22%3E%3Cscript%3E");
    assertThat(html).doesNotContain("<script>alert", "<img src=x", "\"><script>");
    String all = page("");
    assertThat(all)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert", "<img src=x");
  }

  @Test
  void nobodySeesAnotherShops() {
    Shop other = Shop.fresh();
    String theirs = pay(other, Map.of());
    String mine = pay(Map.of());
    for (String query :
        List.of("", "?shop=all", "?shop=" + other.merchant().userCode(), "?q=" + theirs)) {
      assertThat(page(query)).as(query).doesNotContain("title=\"" + theirs);
    }
    assertThat(page("?shop=XYZ")).contains(mine);
  }

  @Test
  void aSubShopSeesItselfAndItsRepresentativeBoth() {
    Shop sub = shop.tier("A1B");
    String mine = pay(Map.of());
    String theirs = pay(sub, Map.of());
    ConsoleVisitor clerk = visitor(sub, Role.SUB_READ_ONLY);
    for (String query : List.of("", "?shop=all", "?shop=own", "?shop=A1B")) {
      assertThat(clerk.get(LIST + query).body()).as(query).contains(theirs).doesNotContain(mine);
    }
    assertThat(page("")).contains(mine).doesNotContain(theirs);
    assertThat(page("?shop=all")).contains(mine, theirs);
    String one = page("?shop=A1B");
    assertThat(one).contains(theirs).doesNotContain(mine);
    // The choice of a shop is a part of each address.
    assertThat(page("?shop=A1B&status=paid")).contains("period=six_months&amp;shop=A1B");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=x",
        "period=never",
        "from=tomorrow",
        "from=2026-13-45T99:99",
        "to=2026-01-01T00:00&from=2026-02-01T00:00",
        "min=abc",
        "max=99999999999999999999",
        "method=%00",
        "pg=%3Cscript%3E",
        "channel=a%20b",
        "basis=1",
        "mode=both",
        "after=x",
        "after=9999999999999999-imp_1&after=-",
        "in=everything&q=x",
        "q=%00"
      })
  void whatCannotBeReadIsLeftOutAndTold(String query) {
    assertThat(page("?" + query))
        .contains("조건 가운데 읽을 수 없는 것은 적용하지 않았습니다")
        .doesNotContain("<script>");
  }

  @Test
  void aPresetOrTheTimesCountWhicheverWasAskedForLast() {
    String paid = pay(Map.of());
    String old = "&from=2020-01-01T00:00&to=2020-01-02T00:00";
    assertThat(page("?period=today" + old)).contains(paid);
    assertThat(page("?period=today&period=exact" + old))
        .doesNotContain(paid)
        .contains("2020-01-01 00:00 ~ 2020-01-02 00:00", "value=\"2020-01-01T00:00\"");
  }

  @Test
  void htmxGetsTheListAloneAndItsAddress() {
    String paid = pay(Map.of());
    HttpResponse<String> part =
        owner.get(
            LIST + "?status=paid&q=&min=&from=&period=week",
            "HX-Request",
            "true",
            "HX-Target",
            "results");
    assertThat(part.body())
        .contains(paid)
        .startsWith("<div id=\"results\"")
        .doesNotContain("<form id=\"filter\"");
    assertThat(part.headers().firstValue("HX-Push-Url"))
        .hasValue(LIST + "?basis=status&period=week&status=paid");
  }

  @Test
  void whereNothingIsYetItSaysWhatToDo() {
    assertThat(page("")).contains("아직 결제가 없습니다", "href=\"/demo\"");
    assertThat(page("?status=failed")).contains("아직 결제가 없습니다");
    pay(Map.of());
    assertThat(page("?status=failed")).contains("조건에 맞는 결제가 없습니다").doesNotContain("아직 결제가 없습니다");
  }

  @Test
  void cancelsAreForWhoMayCancel() {
    String order = pay(Map.of());
    String uid = rows(page("?q=" + order)).getFirst();
    assertThat(page("")).contains(LIST + "/" + uid + "/cancel", "/console/payments/export?");
    assertThat(visitor(shop, Role.READ_ONLY).get(LIST).body())
        .contains(order)
        .doesNotContain("/cancel", "/console/payments/export");
  }

  @Test
  void aViewIsKeptUnderItsNameAndOnlyForOne() {
    owner.get(LIST);
    HttpResponse<String> kept =
        owner.postOnly(
            LIST + "/views", Map.of("name", "실패 <b>", "query", "status=failed&nonsense=1"));
    assertThat(kept.statusCode()).isEqualTo(302);
    String html = page("");
    assertThat(html)
        .contains("실패 &lt;b&gt;", LIST + "?basis=status&amp;period=six_months&amp;status=failed")
        .doesNotContain("실패 <b>", "nonsense");
    assertThat(visitor(shop, Role.MANAGER).get(LIST).body()).doesNotContain("실패 &lt;b&gt;");
    HttpResponse<String> wrong =
        owner.postOnly(LIST + "/views", Map.of("name", " ", "query", "status=failed"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("보기 이름은 1자 이상 40자 이하", "id=\"filter\"");
    owner.postOnly(LIST + "/views/forget", Map.of("name", "실패 <b>", "query", ""));
    assertThat(page("")).doesNotContain("실패 &lt;b&gt;");
  }
}
