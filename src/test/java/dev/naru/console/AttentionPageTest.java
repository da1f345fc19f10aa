package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.account.Role;
import dev.naru.attention.Attention;
import dev.naru.attention.Matter;
import dev.naru.attention.MatterListStore;
import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleTill;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The list of what needs a person: whose it is, what is looked for, what may be done. */
@OwnOrders
class AttentionPageTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String LIST = "/console/attention";
  private static final Pattern NEXT = Pattern.compile("href=\"([^\"]*after=[^\"]*)\"");

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Attention attention = hub.bean(Attention.class);
  private final MatterListStore matters = hub.bean(MatterListStore.class);
  private final Merchant shop = people.shop();

  private ConsoleVisitor as(Role role) {
    return people.visitor(people.of(shop, role));
  }

  private Matter raise(Merchant whose, What what, String about) {
    attention.raise(whose.id(), what, about, "PG: <b>refused</b>");
    return await()
        .atMost(SOON)
        .until(() -> open(whose, what, about), found -> !found.isEmpty())
        .getFirst();
  }

  private List<Matter> open(Merchant whose, What what, String about) {
    return matters.list(
        new MatterListStore.Query(List.of(whose.id()), true, Set.of(what), about, Place.START, 10));
  }

  private static String path(Matter matter) {
    return LIST + "/" + matter.merchantId() + "/" + matter.id();
  }

  @Test
  void aMatterStandsThereWithItsMoneyItsReasonAndItsPayment() {
    ConsoleTill till = ConsoleTill.of(hub, shop);
    JsonNode paid = till.sell(20_000);
    String uid = paid.path("imp_uid").asString();
    Matter matter = raise(shop, What.CANCEL_REFUSED, uid);
    ConsoleVisitor owner = as(Role.OWNER);
    String list = owner.get(LIST).body();
    assertThat(list).contains("PG사가 취소를 거절하고 있습니다", "20,000원", uid, path(matter), "1분째");
    assertThat(owner.get("/console").body()).contains("<span class=\"count\">", path(matter));
    assertThat(owner.get(path(matter)).body())
        .contains("/console/payments/" + uid, "PG: &lt;b&gt;refused", "돈은 돌아가지 않았습니다");
  }

  @Test
  void filtersAreInTheAddress() {
    raise(shop, What.WEBHOOK_GIVEN_UP, "https://one.example");
    raise(shop, What.TEST_CHARGE_STANDS, "imp_none");
    ConsoleVisitor owner = as(Role.OWNER);
    assertThat(owner.get(LIST + "?kind=money").body())
        .contains("imp_none")
        .doesNotContain("one.example");
    assertThat(owner.get(LIST + "?kind=WEBHOOK_GIVEN_UP").body())
        .contains("https://one.example")
        .doesNotContain("imp_none");
    assertThat(owner.get(LIST + "?q=https://one").body())
        .contains("https://one.example")
        .doesNotContain("imp_none");
    assertThat(owner.get(LIST + "?q=nothing&after=nonsense&kind=nonsense").body())
        .contains("조건에 맞는 항목이 없습니다");
    assertThat(owner.get(LIST + "?state=settled").body()).contains("해결된 항목이 없습니다");
  }

  @Test
  void pagesFollowOneAnother() {
    for (int n = 0; n < 33; n++) {
      attention.raise(shop.id(), What.NOTICE_UNREADABLE, "channel-%02d".formatted(n), "x");
    }
    await().atMost(SOON).until(() -> matters.countOpen(List.of(shop.id())) == 33);
    ConsoleVisitor owner = as(Role.MANAGER);
    String first = owner.get(LIST + "?kind=NOTICE_UNREADABLE").body();
    var next = NEXT.matcher(first);
    assertThat(next.find()).isTrue();
    String second = owner.get(next.group(1).replace("&amp;", "&")).body();
    for (int n = 0; n < 33; n++) {
      String about = ">channel-%02d<".formatted(n);
      assertThat(first.contains(about)).as(about).isNotEqualTo(second.contains(about));
    }
  }

  @Test
  void anothersMatterIsNotThere() {
    Merchant other = people.shop();
    Matter matter = raise(other, What.NOTICE_UNREADABLE, "channel-secret");
    ConsoleVisitor owner = as(Role.OWNER);
    assertThat(owner.get(LIST).body()).doesNotContain("channel-secret");
    assertThat(owner.get(path(matter)).statusCode()).isEqualTo(404);
    // Under one's own shop the id is not found either.
    assertThat(owner.get(LIST + "/" + shop.id() + "/" + matter.id()).statusCode()).isEqualTo(404);
    String step = "/do/dismiss";
    assertThat(owner.get(path(matter) + step).statusCode()).isEqualTo(404);
    assertThat(owner.post(LIST, path(matter) + step, Map.of("reason", "x")).statusCode())
        .isEqualTo(404);
    assertThat(open(other, What.NOTICE_UNREADABLE, "channel-secret")).hasSize(1);
  }

  @Test
  void aSubShopSeesItsOwnAndTheRepresentativeBoth() {
    Merchant branch = hub.bean(Tiers.class).create(Actor.HUB, shop, "ABC", "분점");
    raise(shop, What.NOTICE_UNREADABLE, "channel-of-the-shop");
    raise(branch, What.NOTICE_UNREADABLE, "channel-of-the-branch");
    String sub = people.visitor(people.of(branch, Role.SUB_MANAGER)).get(LIST).body();
    assertThat(sub).contains("channel-of-the-branch").doesNotContain("channel-of-the-shop");
    ConsoleVisitor owner = as(Role.OWNER);
    owner.post("/console/shop", "/console/shop", Map.of("choice", "all"));
    assertThat(owner.get(LIST).body())
        .contains("channel-of-the-branch", "channel-of-the-shop", "분점");
  }

  /** What concerns the hub itself is for those who run it. */
  @Test
  void theHubsOwnIsForOwnersAndAdmins() {
    String name = "loop-" + shop.id();
    attention.raise(Attention.HUB, What.JOB_FAILS, name, "x");
    ConsoleVisitor owner = as(Role.OWNER);
    await().atMost(SOON).until(() -> owner.get(LIST + "?q=" + name).body().contains(">" + name));
    assertThat(as(Role.MANAGER).get(LIST + "?q=" + name).body()).doesNotContain(">" + name);
    Matter matter =
        matters
            .list(
                new MatterListStore.Query(
                    List.of(Attention.HUB), true, Set.of(), name, Place.START, 1))
            .getFirst();
    assertThat(owner.get(path(matter)).body()).doesNotContain("/do/dismiss");
    assertThat(as(Role.MANAGER).get(path(matter)).statusCode()).isEqualTo(404);
    attention.settled(Attention.HUB, What.JOB_FAILS, name);
  }

  @Test
  void whoOnlyReadsIsOfferedNothing() {
    Matter matter = raise(shop, What.NOTICE_UNREADABLE, "channel-read");
    ConsoleVisitor reader = as(Role.READ_ONLY);
    assertThat(reader.get(path(matter)).body())
        .contains("channel-read")
        .doesNotContain("/do/dismiss");
    assertThat(reader.get(path(matter) + "/do/dismiss").statusCode()).isEqualTo(403);
    assertThat(reader.post(LIST, path(matter) + "/do/dismiss", Map.of("reason", "x")).statusCode())
        .isEqualTo(403);
  }

  /** Money is decided by somebody who was proved just now. */
  @Test
  void whoWasNotProvedLatelyIsAskedFirst() {
    ConsoleTill till = ConsoleTill.of(hub, shop);
    String uid = till.sell(1_000).path("imp_uid").asString();
    Matter matter = raise(shop, What.TEST_CHARGE_STANDS, uid);
    ConsoleVisitor owner = as(Role.OWNER);
    String step = path(matter) + "/money/give-back";
    assertThat(owner.get(step).body()).contains("1,000원", "전액 취소");
    hub.bean(JdbcClient.class)
        .sql(
            "update console_session set proved_at = proved_at - interval '1 hour' where email ="
                + " (select email from account where merchant_id = :shop)")
        .param("shop", shop.id())
        .update();
    assertThat(owner.get(step).headers().firstValue("location").orElse(""))
        .startsWith("/console/prove?next=");
    assertThat(
            owner
                .post(LIST, step, Map.of("sure", "true", "reason", "x", "turn", "0"))
                .headers()
                .firstValue("location")
                .orElse(""))
        .startsWith("/console/prove");
    assertThat(owner.get(path(matter) + "/do/dismiss").statusCode()).isEqualTo(200);
  }

  @Test
  void aStepThatDoesNotBelongThereIsNotFound() {
    Matter matter = raise(shop, What.NOTICE_UNREADABLE, "channel-step");
    ConsoleVisitor owner = as(Role.OWNER);
    assertThat(owner.get(path(matter) + "/do/take-paid").statusCode()).isEqualTo(404);
    assertThat(owner.get(path(matter) + "/money/nonsense").statusCode()).isEqualTo(404);
    assertThat(owner.get(path(matter) + "/money/take-paid").body()).contains("할 수 없는 조치");
  }
}
