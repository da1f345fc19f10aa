package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.checkout.link.LinkDesk;
import dev.naru.console.billing.Plans;
import dev.naru.console.identity.Verified;
import dev.naru.kernel.HubClock;
import dev.naru.look.Onlooker;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotions;
import dev.naru.promotion.Terms;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.Hub;
import dev.naru.testing.LooksAtPages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The console's pages about what a shop sells by: subscriptions, links, promotions, identity
 * checks, sub-shops. With something on them, with nothing, and refusing.
 */
@LooksAtPages
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SalesLookTest {

  private static final String SUBSCRIPTIONS = "/console/subscriptions";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Onlooker onlooker = new Onlooker();
  private final Shop shop = Shop.fresh();
  private final Plans plans = new Plans(shop);
  private final Map<Long, String> sessions = new HashMap<>();
  private String waiting = "";
  private String failed = "";
  private String customer = "";
  private String link = "";
  private String promotion = "";
  private String certified = "";
  private String given = "";

  @BeforeAll
  void sell() {
    customer = plans.customer();
    Instant now = hub.bean(HubClock.class).instant();
    waiting = plans.waiting(customer, now.plus(Duration.ofDays(2)), "하동 우전 녹차 정기배송", 39_000);
    plans.waiting(customer, now.plus(Duration.ofDays(2)), "다도 클래스 월간 이용권", 120_000);
    plans.waiting(customer, now.plus(Duration.ofDays(9)), "하동 우전 녹차 정기배송", 39_000);
    plans.charged(customer, now.plus(Duration.ofDays(1)), "찻잎 맛보기 세트", 9_900);
    plans.revoked(customer, now.plus(Duration.ofDays(4)), "말차 라떼 키트", 28_000);
    failed = plans.charged(plans.declined(), now.plus(Duration.ofDays(5)), "보이차 구독", 58_000);
  }

  @BeforeAll
  void link() {
    LinkDesk desk = hub.bean(LinkDesk.class);
    Merchant merchant = shop.merchant();
    link = desk.make(Actor.HUB, merchant, order("하동찻집 주문 결제", "우전 녹차 선물 세트"), "").code();
    LinkDesk.Shown off = desk.make(Actor.HUB, merchant, order("다도 클래스 예약금", "다도 클래스 12월"), "");
    desk.close(Actor.HUB, merchant.id(), off.code());
  }

  private ObjectNode order(String title, String name) {
    String channel = hub.bean(Channels.class).of(shop.merchant().id()).getFirst().key();
    ObjectNode order = JsonMapper.shared().createObjectNode();
    order.put("title", title).put("name", name).put("amount", 58_000).put("currency", "KRW");
    order.put("merchant_uid", Api.newOrder()).put("buyer_tel", "010-1234-5678");
    order.putArray("pay_methods").addObject().put("channelKey", channel).put("pay_method", "card");
    return order;
  }

  @BeforeAll
  void promote() {
    Promotions promotions = hub.bean(Promotions.class);
    long id = shop.merchant().id();
    Instant now = hub.bean(HubClock.class).instant();
    Terms rate =
        new Terms(
            Terms.Kind.RATE,
            List.of(new Terms.Step(30_000, 500), new Terms.Step(100_000, 1_000)),
            20_000L);
    Terms amount = new Terms(Terms.Kind.AMOUNT, List.of(new Terms.Step(5_000, 1_000)), null);
    Instant end = now.plus(Duration.ofDays(20));
    promotion =
        promotions
            .make(Actor.HUB, id, new Plan("삼성카드 겨울 할인", "365", now, end, 12_000, true, amount))
            .id();
    Plan later = new Plan("새해맞이", "361", now.plusSeconds(86_400), end, 5_000_000, false, rate);
    promotions.make(Actor.HUB, id, later);
    Map<String, Object> order = Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD);
    order.put("promotion_id", promotion);
    assertThat(shop.api().post("/subscribe/payments/onetime", order).code()).isZero();
  }

  @BeforeAll
  void verify() {
    certified = Verified.certified(shop);
    Verified.asked(shop, "01012345678");
  }

  @BeforeAll
  void branch() {
    Tiers tiers = hub.bean(Tiers.class);
    Merchant branch = tiers.create(Actor.HUB, shop.merchant(), "JJU", "하동찻집 제주점");
    tiers.create(Actor.HUB, shop.merchant(), "SEO", "하동찻집 서울점");
    List<String> keys =
        hub.bean(Channels.class).of(shop.merchant().id()).stream().map(one -> one.key()).toList();
    given = keys.get(3);
    keys.subList(3, 8).forEach(key -> tiers.give(Actor.HUB, shop.merchant(), "JJU", key));
    people.of(branch, Role.SUB_MANAGER);
  }

  @AfterAll
  void leave() {
    onlooker.close();
  }

  private void signIn(Page page, Merchant merchant) {
    String session =
        sessions.computeIfAbsent(
            merchant.id(), _ -> people.visitor(people.of(merchant, Role.OWNER)).session());
    people.enter(page, session);
  }

  private List<String> look(String name, String path, int status) {
    return onlooker.look(name, hub.url() + path, status, page -> signIn(page, shop.merchant()));
  }

  private String schedule(String order) {
    return SUBSCRIPTIONS + "/schedule?of=" + shop.merchant().id() + "&uid=" + order;
  }

  @ParameterizedTest
  @CsvSource({
    "subscriptions, /console/subscriptions?period=next",
    "subscriptions-failed, /console/subscriptions?period=next&tab=failed",
    "subscriptions-not-found, /console/subscriptions?q=nothing",
    "billing-keys, /console/subscriptions/keys",
    "recovery-hour, /console/subscriptions/recovery",
    "pay-links, /console/links",
    "pay-link-new, /console/links/new",
    "promotions, /console/promotions",
    "promotions-ended, /console/promotions?state=ended",
    "promotion-new, /console/promotions/new",
    "certifications, /console/identity",
    "sub-shops, /console/sub-shops",
    "sub-shop, /console/sub-shops/JJU",
    "sub-shop-new, /console/sub-shops/new"
  })
  void isGoodToLookAt(String name, String path) {
    assertThat(look(name, path, 200)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "subscriptions-empty, /console/subscriptions",
    "calendar-empty, /console/subscriptions/calendar",
    "billing-keys-empty, /console/subscriptions/keys",
    "pay-links-empty, /console/links",
    "pay-link-new-empty, /console/links/new",
    "promotions-empty, /console/promotions",
    "certifications-empty, /console/identity",
    "sub-shops-empty, /console/sub-shops"
  })
  void isGoodToLookAtWithNothing(String name, String path) {
    Merchant fresh = people.shop();
    assertThat(onlooker.look(name, hub.url() + path, 200, page -> signIn(page, fresh))).isEmpty();
  }

  @Test
  void aScheduleIsGoodToLookAt() {
    assertThat(look("subscription", schedule(waiting), 200)).isEmpty();
    assertThat(look("subscription-failed", schedule(failed) + "&again=failed", 200)).isEmpty();
    assertThat(look("subscription-unknown", schedule("nowhere"), 404)).isEmpty();
    String delete = SUBSCRIPTIONS + "/keys/delete?of=" + shop.merchant().id() + "&uid=" + customer;
    assertThat(look("billing-key", delete, 200)).isEmpty();
  }

  @Test
  void aLinkIsGoodToLookAt() {
    assertThat(look("pay-link", "/console/links/" + link, 200)).isEmpty();
    assertThat(look("pay-link-unknown", "/console/links/0", 404)).isEmpty();
  }

  @Test
  void aPromotionIsGoodToLookAt() {
    assertThat(look("promotion", "/console/promotions/" + promotion, 200)).isEmpty();
    assertThat(look("promotion-edit", "/console/promotions/" + promotion + "/edit", 200)).isEmpty();
  }

  @Test
  void aPersonIsGoodToLookAt() {
    assertThat(look("certification", "/console/identity/" + certified, 200)).isEmpty();
    String whole = "/console/identity/" + certified + "/reveal";
    assertThat(look("certification-whole", whole, 200)).isEmpty();
  }

  @Test
  void takingAChannelBackIsGoodToLookAt() {
    String path = "/console/sub-shops/JJU/take-back?channel=" + given;
    assertThat(look("sub-shop-channel", path, 200)).isEmpty();
  }

  @Test
  void aMonthIsGoodToLookAt() {
    Instant soon = hub.bean(HubClock.class).instant().plus(Duration.ofDays(2));
    LocalDate day = LocalDate.ofInstant(soon, HubClock.SEOUL);
    String month = SUBSCRIPTIONS + "/calendar?month=" + day.toString().substring(0, 7);
    assertThat(look("calendar", month, 200)).isEmpty();
    assertThat(look("calendar-count", month + "&by=count", 200)).isEmpty();
  }
}
