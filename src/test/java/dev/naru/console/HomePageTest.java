package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Role;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleTill;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the home page says is what was sold, and of nobody else. */
@OwnOrders
class HomePageTest {

  private static final Pattern KPI = Pattern.compile("<dt>([^<]+)</dt><dd>([^<]+)</dd>");
  private static final Pattern BAR =
      Pattern.compile("data-tick=\"([^\"]*)\" data-net=\"(-?\\d+)\" data-refunded=\"(\\d+)\"");

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);

  private ConsoleVisitor owner(Merchant shop) {
    return people.visitor(people.of(shop, Role.OWNER));
  }

  private static String kpi(String page, String name) {
    return KPI.matcher(page)
        .results()
        .filter(found -> found.group(1).equals(name))
        .map(found -> found.group(2))
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"today", "7", "30", "180"})
  void numbersAreTheSumsOfWhatWasSold(String range) {
    ConsoleTill till = ConsoleTill.of(hub, people.shop());
    JsonNode first = till.sell(12_300);
    till.sell(4_000);
    till.decline(9_000);
    till.giveBack(first, 2_300);
    String page = owner(till.shop()).get("/console?range=" + range).body();
    assertThat(kpi(page, "총 결제")).isEqualTo("16,300원");
    assertThat(kpi(page, "취소")).isEqualTo("2,300원");
    assertThat(kpi(page, "순 결제")).isEqualTo("14,000원");
    assertThat(kpi(page, "승인 성공률")).isEqualTo("66.7%");
    assertThat(BAR.matcher(page).results().mapToLong(bar -> number(bar, 2)).sum())
        .isEqualTo(14_000);
    assertThat(BAR.matcher(page).results().mapToLong(bar -> number(bar, 3)).sum()).isEqualTo(2_300);
    assertThat(BAR.matcher(page).results().count())
        .isEqualTo(range.equals("today") ? 24 : Integer.parseInt(range));
    assertThat(page).contains("결제수단별", "카드", "PG사별", "토스페이먼츠", "부분 취소", "실패");
  }

  private static long number(MatchResult bar, int group) {
    return Long.parseLong(bar.group(group));
  }

  /** Days are Korea's: what happened the day before is not today's. */
  @Test
  void aRangeBeginsAtItsFirstDay() {
    ConsoleTill till = ConsoleTill.of(hub, people.shop());
    till.sell(5_000);
    JsonNode old = till.sell(7_000);
    LocalDate day =
        LocalDate.ofInstant(hub.bean(HubClock.class).instant(), HubClock.SEOUL).minusDays(7);
    hub.bean(Shards.class)
        .of(till.shop().id())
        .sql("update event set at = :at where merchant_id = :merchant and imp_uid = :uid")
        .param("at", Timestamp.from(day.atTime(12, 0).atZone(HubClock.SEOUL).toInstant()))
        .param("merchant", till.shop().id())
        .param("uid", old.path("imp_uid").asString())
        .update();
    ConsoleVisitor owner = owner(till.shop());
    String week = owner.get("/console?range=7").body();
    assertThat(kpi(week, "총 결제")).isEqualTo("5,000원");
    assertThat(week).contains("▼ 28.6%", "이전 7일 대비");
    assertThat(kpi(owner.get("/console?range=30").body(), "총 결제")).isEqualTo("12,000원");
    assertThat(kpi(owner.get("/console?range=nonsense&currency=XYZ").body(), "총 결제"))
        .isEqualTo("5,000원");
  }

  @Test
  void nobodySeesWhatAnotherShopSold() {
    ConsoleTill till = ConsoleTill.of(hub, people.shop());
    JsonNode sold = till.sell(77_700);
    String other = owner(people.shop()).get("/console").body();
    assertThat(other)
        .doesNotContain("77,700", sold.path("imp_uid").asString())
        .contains("아직 결제가 없습니다", "채널 추가", "API 키 발급");
    assertThat(owner(till.shop()).get("/console").body())
        .contains("77,700원", sold.path("imp_uid").asString());
  }

  /** A representative looks at its own, at one sub-shop or at all; a sub-shop at itself. */
  @Test
  void theShopThatIsChosenIsTheOneThatCounts() {
    Merchant shop = people.shop();
    Merchant branch = hub.bean(Tiers.class).create(Actor.HUB, shop, "ABC", "분점");
    ConsoleTill.of(hub, shop).sell(1_000);
    ConsoleTill.of(hub, branch).sell(20_000);
    ConsoleVisitor owner = owner(shop);
    assertThat(kpi(owner.get("/console").body(), "총 결제")).isEqualTo("1,000원");
    assertThat(owner.get("/console").body()).doesNotContain("20,000");
    owner.post("/console/shop", "/console/shop", Map.of("choice", "all"));
    assertThat(kpi(owner.get("/console").body(), "총 결제")).isEqualTo("21,000원");
    owner.post("/console/shop", "/console/shop", Map.of("choice", "ABC"));
    assertThat(kpi(owner.get("/console").body(), "총 결제")).isEqualTo("20,000원");
    String manager = people.visitor(people.of(branch, Role.SUB_MANAGER)).get("/console").body();
    assertThat(kpi(manager, "총 결제")).isEqualTo("20,000원");
    assertThat(manager).doesNotContain("21,000");
  }

  @Test
  void whoMayNotSeePaymentsSeesNone() {
    ConsoleTill till = ConsoleTill.of(hub, people.shop());
    till.sell(33_300);
    String page = people.visitor(people.of(till.shop(), Role.DEV)).get("/console").body();
    assertThat(page)
        .doesNotContain("33,300", "최근 결제", "조치할 일")
        .contains("안녕하세요", "2단계 인증 또는 패스키 설정");
  }
}
