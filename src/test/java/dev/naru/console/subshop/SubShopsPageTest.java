package dev.naru.console.subshop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.console.billing.Plans;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Tiers;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentListing;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sub-shops at the console: made, given channels, closed only by who means it. */
@OwnOrders
class SubShopsPageTest {

  private static final String PATH = "/console/sub-shops";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Tiers tiers = hub.bean(Tiers.class);
  private final Channels channels = hub.bean(Channels.class);
  private final Shop shop = Shop.fresh();
  private final ConsoleVisitor owner = visitor(shop, Role.OWNER);
  private final String channel = channels.of(shop.merchant().id()).getFirst().key();

  private ConsoleVisitor visitor(Shop of, Role role) {
    return people.visitor(people.of(of.merchant(), role));
  }

  private HttpResponse<String> post(ConsoleVisitor by, String path, Map<String, String> fields) {
    return by.post("/console/account", PATH + path, fields);
  }

  private HttpResponse<String> make(String code, String name, String given) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("tier", code);
    fields.put("name", name);
    fields.put("channel", given);
    return post(owner, "", fields);
  }

  private List<String> given(String code) {
    return channels.of(tiers.get(shop.merchant(), code).id()).stream()
        .map(one -> one.key())
        .toList();
  }

  @Test
  void oneIsMadeWithItsChannels() {
    assertThat(make("abc", "제주 <b>지점</b>", channel).statusCode()).isEqualTo(302);
    assertThat(given("ABC")).containsExactly(channel);
    assertThat(owner.get(PATH).body()).contains("제주 &lt;b&gt;지점", "ABC").doesNotContain("<b>지점");
    HttpResponse<String> twice = make("ABC", "다른 지점", channel);
    assertThat(twice.statusCode()).isEqualTo(422);
    assertThat(twice.body()).contains("다른 지점", "role=\"alert\"");
    assertThat(owner.get(PATH + "/new").body()).containsPattern(channel + "\"[^>]*disabled");
    HttpResponse<String> taken = make("DEF", "서울 지점", channel);
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(taken.body()).contains("서울 지점", "role=\"alert\"");
    assertThat(given("DEF")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', 지점", "AB, 지점", "ABCD, 지점", "A-C, 지점", "ABC, ''", "ABC, ' '"})
  void whatIsNoneIsRefused(String code, String name) {
    assertThat(make(code, name, "").statusCode()).isEqualTo(422);
    assertThat(tiers.of(shop.merchant())).isEmpty();
  }

  @Test
  void itIsRenamedAndItsChannelsComeAndGo() {
    make("ABC", "지점", "");
    assertThat(post(owner, "/ABC/rename", Map.of("name", "새 이름")).statusCode()).isEqualTo(302);
    assertThat(tiers.get(shop.merchant(), "ABC").name()).isEqualTo("새 이름");
    assertThat(post(owner, "/ABC/rename", Map.of("name", "")).statusCode()).isEqualTo(422);
    assertThat(post(owner, "/ABC/give", Map.of("channel", channel)).statusCode()).isEqualTo(302);
    assertThat(given("ABC")).containsExactly(channel);
    assertThat(post(owner, "/ABC/give", Map.of("channel", "nobody")).statusCode()).isEqualTo(422);
    assertThat(owner.get(PATH + "/ABC").body()).contains("/take-back");
    String confirm = PATH + "/ABC/take-back?channel=" + channel;
    assertThat(owner.get(confirm).body()).contains("name=\"channel\" value=\"" + channel);
    assertThat(owner.get(PATH + "/ABC/take-back?channel=x").statusCode()).isEqualTo(200);
    assertThat(post(owner, "/ABC/take-back", Map.of("channel", channel)).statusCode())
        .isEqualTo(302);
    assertThat(given("ABC")).isEmpty();
  }

  @Test
  void itIsClosedByWhoWritesItsCode() {
    make("ABC", "지점", channel);
    HttpResponse<String> slip = post(owner, "/ABC/close", Map.of("again", "ABD"));
    assertThat(slip.body()).contains("role=\"alert\"", "지점");
    assertThat(tiers.of(shop.merchant())).hasSize(1);
    assertThat(post(owner, "/ABC/close", Map.of("again", "abc")).statusCode()).isEqualTo(302);
    assertThat(tiers.of(shop.merchant())).isEmpty();
    assertThat(post(owner, "/ABC/close", Map.of("again", "ABC")).statusCode()).isEqualTo(404);
    assertThat(owner.get(PATH + "/ABC").statusCode()).isEqualTo(404);
    assertThat(make("ABC", "지점", "").statusCode()).isEqualTo(422);
    assertThat(make("DEF", "지점", channel).statusCode()).isEqualTo(302);
  }

  /** What the only one sold is seen with all shops, although there is no other to choose. */
  @Test
  void allShopsAreChosenAlthoughTheOnlySubShopWasClosed() {
    assertThat(owner.get("/console/shop").body()).doesNotContain("value=\"all\"");
    Shop branch = shop.tier("ABC");
    String paid = branch.paid(Shop.TOSS).path("imp_uid").asString();
    assertThat(post(owner, "/ABC/close", Map.of("again", "ABC")).statusCode()).isEqualTo(302);
    assertThat(owner.get("/console/payments?mode=both").body()).doesNotContain(paid);
    assertThat(owner.get("/console/shop").body()).contains("value=\"all\"");
    owner.post("/console/shop", "/console/shop", Map.of("choice", "all"));
    assertThat(owner.get("/console/payments?mode=both").body()).contains(paid);
    owner.post("/console/shop", "/console/shop", Map.of("choice", "ABC"));
    assertThat(owner.get("/console/payments?mode=both").body()).doesNotContain(paid);
  }

  /** What was sold there is still to be settled. */
  @Test
  void whatAClosedOneSoldIsStillSeen() {
    Shop branch = shop.tier("ABC");
    String paid = branch.paid(Shop.TOSS).path("imp_uid").asString();
    Plans plans = new Plans(branch);
    String order = plans.waiting(plans.customer(), tomorrow(), "지점 이용권", 1_000);
    assertThat(post(owner, "/ABC/close", Map.of("again", "ABC")).statusCode()).isEqualTo(302);
    make("DEF", "다른 지점", "");
    Instant now = hub.bean(HubClock.class).instant();
    PaymentFilter any = PaymentFilter.standard(now, PaymentFilter.Mode.values());
    assertThat(
            hub.bean(PaymentListing.class)
                .page(shop.merchant(), any, null, 10, PaymentListing.Sort.NEWEST)
                .payments())
        .extracting(payment -> payment.impUid().value())
        .contains(paid);
    String all = owner.get("/console/subscriptions?period=next&shop=all").body();
    assertThat(all).contains(order);
    String one = "/console/subscriptions/schedule?of=" + branch.merchant().id() + "&uid=" + order;
    assertThat(owner.get(one).statusCode()).isEqualTo(200);
    assertThat(owner.get("/console/shop").body()).doesNotContain("ABC");
    assertThat(visitor(Shop.fresh(), Role.OWNER).get(one).statusCode()).isEqualTo(404);
  }

  private Instant tomorrow() {
    return hub.bean(HubClock.class).instant().plus(Duration.ofDays(1));
  }

  @Test
  void nobodyElseTouchesIt() {
    make("ABC", "지점 하나", channel);
    ConsoleVisitor manager = visitor(shop, Role.MANAGER);
    assertThat(manager.get(PATH + "/ABC").body()).contains("지점 하나").doesNotContain("/close\"");
    assertThat(post(manager, "/ABC/close", Map.of("again", "ABC")).statusCode()).isEqualTo(403);
    Shop branch = new Shop(tiers.get(shop.merchant(), "ABC"), shop.api(), shop.key());
    ConsoleVisitor sub = visitor(branch, Role.SUB_MANAGER);
    assertThat(sub.get(PATH).statusCode()).isEqualTo(403);
    ConsoleVisitor stranger = visitor(Shop.fresh(), Role.OWNER);
    assertThat(stranger.get(PATH).body()).doesNotContain("지점 하나");
    assertThat(stranger.get(PATH + "/ABC").statusCode()).isEqualTo(404);
    assertThat(post(stranger, "/ABC/close", Map.of("again", "ABC")).statusCode()).isEqualTo(404);
    assertThat(post(stranger, "/ABC/take-back", Map.of("channel", channel)).statusCode())
        .isEqualTo(404);
    assertThat(given("ABC")).containsExactly(channel);
    assertThat(owner.get(PATH + "/ABC").body()).contains("홍길동");
  }
}
