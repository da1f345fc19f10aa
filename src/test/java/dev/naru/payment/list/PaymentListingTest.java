package dev.naru.payment.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.payment.Payment;
import dev.naru.payment.list.PaymentFilter.Amounts;
import dev.naru.payment.list.PaymentFilter.Field;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Search;
import dev.naru.payment.list.PaymentFilter.Status;
import dev.naru.payment.list.PaymentListing.Page;
import dev.naru.payment.list.PaymentListing.Sort;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the list shows of what was made through the API. */
@Apart
class PaymentListingTest {

  private static final Actor WHO = Actor.command("test");

  private static final int MANY = 12;

  private static Hub hub;
  private static Api api;
  private static Merchant shop;

  /** merchant_uids, in the order in which they were made. */
  private static final List<String> MADE = new ArrayList<>();

  private static List<String> beforeAnythingFollowed = List.of();

  @BeforeAll
  static void make() {
    hub = Hub.start(Map.of());
    api = new Api(hub.url());
    shop = hub.bean(Merchants.class).get(1);
    for (int i = 0; i < MANY; i++) {
      MADE.add(pay(api, "walk-" + i, Map.of("amount", 1_000 + i)));
    }
    MADE.add(pay(api, "declined-1", Map.of("card_number", "4000-0000-0000-0002")));
    MADE.add(pay(api, "part-1", Map.of("amount", 5_000, "buyer_name", "이순신", "name", "거북선 모형")));
    MADE.add(pay(api, "whole-1", Map.of("buyer_tel", "010-9876-5432")));
    cancel("part-1", 2_000);
    cancel("whole-1", 10_000);
    beforeAnythingFollowed = found(draft -> draft.search(new Search(Field.ALL, "whole-1")));
    hub.bean(Tiers.class).create(WHO, shop, "A01", "하위 상점");
    hub.bean(Tiers.class)
        .give(
            WHO,
            shop,
            "A01",
            hub.bean(PaymentListing.class)
                .page(shop, any(), null, 1, Sort.NEWEST)
                .payments()
                .getFirst()
                .via()
                .channelKey());
    pay(api.as("A01"), "sub-1", Map.of("amount", 7_777));
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  private static String pay(Api by, String order, Map<String, ?> more) {
    Map<String, Object> request =
        new LinkedHashMap<>(Api.keyIn(order, "tosspayments", Api.GOOD_CARD));
    request.putAll(more);
    by.post("/subscribe/payments/onetime", request);
    return order;
  }

  private static void cancel(String order, int amount) {
    Map<String, Object> request =
        Map.of("merchant_uid", order, "amount", amount, "reason", "컵이 파손되었어요");
    assertThat(api.post("/payments/cancel", request).code()).isZero();
  }

  private static void follow() {
    HubClock clock = hub.bean(HubClock.class);
    hub.bean(FollowLoop.class).follow(clock.instant().plus(Duration.ofMinutes(1)));
  }

  private static PaymentFilter any() {
    return PaymentFilter.standard(hub.bean(HubClock.class).instant());
  }

  private static List<String> found(UnaryOperator<PaymentFilter.Draft> change) {
    Page page = page(change);
    assertThat(page.next()).isNull();
    return orders(page.payments());
  }

  private static Page page(UnaryOperator<PaymentFilter.Draft> change) {
    return hub.bean(PaymentListing.class)
        .page(shop, change.apply(any().edit()).filter(), null, 100, Sort.NEWEST);
  }

  private static List<String> orders(List<Payment> payments) {
    return payments.stream().map(payment -> payment.purchase().merchantUid()).toList();
  }

  private static List<String> searched(Field field, String text) {
    follow();
    return found(draft -> draft.search(new Search(field, text)));
  }

  @Test
  void everyPaymentIsOnOnePageWhateverTheirSize() {
    List<String> all = new ArrayList<>(MADE);
    all.add("sub-1");
    for (Sort sort : Sort.values()) {
      for (int size : List.of(1, 2, 3, 5, 100)) {
        List<String> seen = new ArrayList<>();
        PaymentKey next = null;
        do {
          Page page = hub.bean(PaymentListing.class).page(shop, any(), next, size, sort);
          assertThat(page.payments()).hasSizeLessThanOrEqualTo(size);
          seen.addAll(orders(page.payments()));
          next = page.next();
        } while (next != null);
        assertThat(seen).as("%s by %d", sort, size).containsExactlyInAnyOrderElementsOf(all);
      }
    }
  }

  @Test
  void statusesAreThoseOfTheList() {
    assertThat(found(draft -> draft.statuses(Set.of(Status.FAILED)))).containsExactly("declined-1");
    assertThat(found(draft -> draft.statuses(Set.of(Status.CANCELLED_PARTIAL))))
        .containsExactly("part-1");
    assertThat(found(draft -> draft.statuses(Set.of(Status.CANCELLED_FULL))))
        .containsExactly("whole-1");
    assertThat(found(draft -> draft.statuses(Set.of(Status.FAILED, Status.CANCELLED_FULL))))
        .containsExactlyInAnyOrder("declined-1", "whole-1");
    assertThat(found(draft -> draft.statuses(Set.of(Status.PAID)))).hasSize(MANY + 1);
    assertThat(found(draft -> draft.statuses(Set.of(Status.PENDING, Status.READY)))).isEmpty();
  }

  @Test
  void whatNoIndexKnowsIsTakenIntoAccount() {
    assertThat(found(draft -> draft.amount(new Amounts(1_003L, 1_005L))))
        .containsExactly("walk-5", "walk-4", "walk-3");
    assertThat(found(draft -> draft.pgs(Set.of("html5_inicis")))).isEmpty();
    assertThat(found(draft -> draft.methods(Set.of("card")))).hasSize(MANY + 4);
    assertThat(found(draft -> draft.methods(Set.of("other")))).isEmpty();
    assertThat(found(draft -> draft.modes(Set.of(Mode.LIVE)))).isEmpty();
    assertThat(found(draft -> draft.modes(Set.of(Mode.TEST)))).hasSize(MANY + 4);
  }

  @Test
  void aSubShopIsShownWithItsRepresentativeAndSeesItselfAlone() {
    assertThat(found(draft -> draft.shop("A01"))).containsExactly("sub-1");
    assertThat(found(draft -> draft.shop(PaymentFilter.REPRESENTATIVE))).doesNotContain("sub-1");
    assertThat(found(draft -> draft.shop("ZZZ"))).isEmpty();
    Merchant sub = hub.bean(Tiers.class).get(shop, "A01");
    assertThat(
            orders(
                hub.bean(PaymentListing.class).page(sub, any(), null, 100, Sort.NEWEST).payments()))
        .containsExactly("sub-1");
  }

  @ParameterizedTest
  @CsvSource({
    "ALL,이순신,part-1",
    "ALL,이순,part-1",
    "ORDER,거북선,part-1",
    "ORDER,거북선모,part-1",
    "ORDER,01098765432,whole-1",
    "ORDER,010-9876,whole-1",
    "NUMBER,declined,declined-1",
    "NUMBER,part-1,part-1"
  })
  void aBeginningFindsIt(Field field, String text, String order) {
    assertThat(searched(field, text)).containsExactly(order);
  }

  @Test
  void reasonsCardsAndBeginningsOfManyAreFound() {
    assertThat(searched(Field.REASON, "컵이")).containsExactly("whole-1", "part-1");
    assertThat(searched(Field.CARD, "123412")).hasSizeGreaterThan(MANY);
    assertThat(searched(Field.ORDER, "buyer@exam")).hasSize(MANY + 4);
  }

  @Test
  void whatOnlyBeginsAlikeIsNotFound() {
    assertThat(searched(Field.ORDER, "거북선모형아님")).isEmpty();
    assertThat(searched(Field.REASON, "컵이파손되지않았어요")).isEmpty();
    assertThat(searched(Field.ORDER, "01098765433")).isEmpty();
    assertThat(searched(Field.CARD, "9999")).isEmpty();
  }

  @Test
  void aNumberIsFoundBeforeAnythingFollows() {
    assertThat(beforeAnythingFollowed).containsExactly("whole-1");
  }

  @Test
  void aSearchGoesThroughPages() {
    follow();
    List<String> seen = new ArrayList<>();
    PaymentKey next = null;
    PaymentFilter filter = any().edit().search(new Search(Field.NUMBER, "walk-")).filter();
    do {
      Page page = hub.bean(PaymentListing.class).page(shop, filter, next, 5, Sort.NEWEST);
      seen.addAll(orders(page.payments()));
      next = page.next();
    } while (next != null);
    assertThat(seen).hasSize(MANY).doesNotHaveDuplicates().allMatch(o -> o.startsWith("walk-"));
  }

  @Test
  void totalsAreTheSumsOfThePages() {
    PaymentTotals totals =
        hub.bean(PaymentListing.class)
            .totals(shop, any().edit().amount(new Amounts(null, 9_000L)).filter());
    assertThat(totals.more()).isFalse();
    assertThat(totals.counts())
        .containsEntry(Status.PAID, MANY + 1L)
        .containsEntry(Status.CANCELLED_PARTIAL, 1L)
        .doesNotContainKey(Status.CANCELLED_FULL);
    long gross = 12 * 1_000 + 66 + 5_000 + 7_777;
    assertThat(totals.moneys())
        .containsExactly(
            Map.entry(
                "KRW",
                new PaymentTotals.Moneys(
                    Money.krw(gross), Money.krw(2_000), Money.krw(gross - 2_000))));
  }

  @Test
  void termsTellNothing() {
    follow();
    List<String> columns =
        hub.bean(Shards.class)
            .of(1)
            .sql("select to_jsonb(t)::text from payment_term t where merchant_id = 1")
            .query(String.class)
            .list();
    assertThat(columns).hasSizeGreaterThan(MANY);
    assertThat(String.join("\n", columns)).doesNotContain("이순신", "98765432", "buyer", "walk-");
  }
}
