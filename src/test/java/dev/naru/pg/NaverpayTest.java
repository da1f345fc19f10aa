package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.http.WireLog;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Requester;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.naverpay.Naverpay;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What only Naver Pay has: its parameters, who wants something, points, its keys and its books. */
@Execution(ExecutionMode.CONCURRENT)
final class NaverpayTest {

  private static final World WORLD = World.get();
  private static final Rig RIG = Rig.named("naverpay");
  private static final String GOODS =
"""
[{"categoryType":"BOOK","categoryId":"GENERAL","uid":"1","name":"책","count":2,"payReferrer":"NAVER_BOOK"},
 {"categoryType":"BOOK","categoryId":"EBOOK","uid":"2","name":"전자책","count":"3"}]
""";

  private static Naverpay naverpay() {
    return (Naverpay) WORLD.connector(Naverpay.PG);
  }

  private static Order with(Order order, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(Map.of("naverProducts", GOODS));
    options.putAll(more);
    return order.with(new V1Parameters(options).wishes());
  }

  private static CancelOrder by(
      CancelOrder plain, @Nullable Requester requester, String reason, Tax tax) {
    return new CancelOrder(
        plain.id(),
        plain.no(),
        plain.order(),
        plain.ref(),
        plain.memo(),
        plain.amount(),
        tax,
        plain.before(),
        plain.left(),
        reason,
        null,
        requester,
        null,
        false);
  }

  /** The fields of the last form that was sent to this operation about an order. */
  private static Map<String, String> sent(String operation) {
    WireLog.Entry last =
        WORLD.wire().stream().filter(one -> one.url().endsWith(operation)).toList().getLast();
    Map<String, String> fields = new HashMap<>();
    for (String pair : last.request().split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  @Test
  void theWindowGetsWhatV1Says() {
    Map<String, String> options =
        Map.of(
            "naverUseCfm", "20991231",
            "naverMerchantUserKey", "user-1",
            "naverPurchaserName", "김나루",
            "naverPurchaserBirthday", "19880314",
            "naverCultureBenefit", "true");
    Order order = with(RIG.order(15_000), options).with(new Tax(4_000, null));
    World.ok(naverpay().open(order, WORLD.visit(true)));
    JsonNode said = WORLD.said(order, "/v2/reserve");
    assertThat(said.path("productCount").asInt()).isEqualTo(5);
    assertThat(said.path("productItems")).hasSize(2);
    assertThat(said.toString())
        .contains("\"taxScopeAmount\":11000,\"taxExScopeAmount\":4000")
        .contains("\"useCfmYmdt\":\"20991231\"", "\"extraDeduction\":\"true\"", "NAVER_BOOK")
        .doesNotContain("김나루", "19880314", "user-1");
    assertThat(said.path("merchantPayKey").asString()).isEqualTo(order.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "[{}]", "no json", "[{\"name\":\"녹차\"}]"})
  void itWantsToKnowWhatIsBought(String products) {
    Order order = with(RIG.order(15_000), Map.of("naverProducts", products));
    Decline no = World.declined(naverpay().open(order, WORLD.visit(false)));
    assertThat(no.reason()).isEqualTo(Reason.BAD_REQUEST);
    assertThat(no.text()).contains("naverProducts");
  }

  @Test
  void tenWonAreTheLeast() {
    Decline no = World.declined(naverpay().open(RIG.order(9), WORLD.visit(false)));
    assertThat(no.text()).contains("10원", "amount");
    World.ok(naverpay().open(RIG.order(10), WORLD.visit(false)));
    PgKey key = WindowKeyContractTest.key(RIG);
    assertThat(World.declined(naverpay().charge(RIG.order(9), key)).text()).contains("10원");
  }

  /** A day that has passed is for the PG to refuse, in its words. */
  @Test
  void whatThePgSaysIsPassedOn() {
    Order order = with(RIG.order(15_000), Map.of("naverUseCfm", "19991231"));
    Decline no = World.declined(naverpay().open(order, WORLD.visit(false)));
    assertThat(no.code()).isEqualTo("InvalidParameter");
    assertThat(no.text()).isEqualTo("요청 값이 올바르지 않습니다. (useCfmYmdt)");
  }

  @Test
  void whoeverIsNotLetInIsToldInThePgsWords() {
    Naverpay stranger = (Naverpay) RIG.with(Map.of("clientSecret", new Secret("wrong-secret")));
    Decline no = World.declined(stranger.open(RIG.order(15_000), WORLD.visit(false)));
    assertThat(no.reason()).isEqualTo(Reason.BAD_CREDENTIALS);
    assertThat(no.text()).isEqualTo("API 호출 권한이 없습니다");
  }

  @ParameterizedTest
  @CsvSource({
    "userCancel, ABANDONED",
    "OwnerAuthFail, WRONG_IDENTITY",
    "paymentTimeExpire, EXPIRED",
    "webhookFail, REFUSED",
    "somethingElse, UNLISTED"
  })
  void aReturnSaysWhyThereIsNothing(String message, Reason reason) {
    Order order = RIG.order(1_000);
    String query = "order=" + order.id() + "&resultCode=Fail&resultMessage=" + message;
    PgReturn back = new PgReturn(new byte[0], query, Map.of(), "127.0.0.1");
    Returned returned = naverpay().authenticate(order, back);
    assertThat(returned).isInstanceOf(Returned.Abandoned.class);
    Decline no = ((Returned.Abandoned) returned).decline();
    assertThat(no.reason()).isEqualTo(reason);
    assertThat(no.code()).isEqualTo(message);
    assertThat(no.text()).containsPattern("[가-힣]{2,}");
  }

  /**
   * The return is not signed: a payment that another order's window made charges nothing for us.
   */
  @Test
  void aPaymentOfAnotherOrderIsNoneOfThisOne() {
    Order cheap = RIG.order(100);
    Window window = WORLD.opened(cheap, naverpay().open(cheap, WORLD.visit(false)));
    PgReturn back = WORLD.browser().pay(window, World.GOOD);
    Map<String, String> stolen = WORLD.intent(cheap, naverpay().authenticate(cheap, back));
    Order dear = RIG.order(90_000);
    World.unknown(naverpay().approve(dear, stolen));
    assertThat(World.ok(naverpay().find(dear, null, stolen))).isEmpty();
    assertThat(World.ok(naverpay().find(cheap, null, stolen)).map(PgRecord::state))
        .contains(PgRecord.State.PAID);
  }

  @Test
  void itIsToldWhoCancelsAndWhy() {
    Order order = RIG.order(15_000).with(new Tax(3_000, null));
    Approval paid = RIG.paid(order, World.GOOD);
    String reason = "색".repeat(200);
    for (Optional<Requester> who :
        List.of(Optional.of(Requester.CUSTOMER), Optional.<Requester>empty())) {
      CancelOrder plain = RIG.cancel(order, paid, 2_000, RIG.left(order));
      World.ok(naverpay().cancel(by(plain, who.orElse(null), reason, new Tax(500, null))));
      Map<String, String> sent = sent("/v1/cancel");
      assertThat(sent)
          .containsEntry("cancelRequester", who.isPresent() ? "1" : "2")
          .containsEntry("cancelReason", "색".repeat(85))
          .containsEntry("taxScopeAmount", "1500")
          .containsEntry("taxExScopeAmount", "500")
          .containsEntry("doCompareRest", "1")
          .containsEntry("expectedRestAmount", Long.toString(plain.left().minor()));
    }
    CancelOrder tooFree = RIG.cancel(order, paid, 5_000, 11_000);
    assertThat(
            World.declined(naverpay().cancel(by(tooFree, null, "변심", new Tax(4_000, null)))).code())
        .isEqualTo("TaxScopeAmtGreaterThanRemainError");
  }

  /** It compares what is to be left: a balance that is not ours is looked at, and not guessed. */
  @Test
  void anotherBalanceIsLookedAt() {
    Order order = RIG.order(15_000);
    Approval paid = RIG.paid(order, World.GOOD);
    World.ok(naverpay().cancel(RIG.cancel(order, paid, 2_000, 15_000)));
    World.unknown(naverpay().cancel(RIG.cancel(order, paid, 3_000, 15_000)));
    assertThat(RIG.left(order)).isEqualTo(13_000);
  }

  /** The same request again is answered again, by status 409. */
  @Test
  void aRepeatedRequestIsAnsweredAgain() {
    Order order = RIG.order(15_000);
    Approval paid = RIG.paid(order, World.GOOD);
    CancelOrder cancel = RIG.cancel(order, paid, 2_000, 15_000);
    Canceled first = World.ok(naverpay().cancel(cancel));
    assertThat(World.ok(naverpay().cancel(cancel))).isEqualTo(first);
    assertThat(WORLD.wire().getLast().status()).isEqualTo(409);
    assertThat(RIG.left(order)).isEqualTo(13_000);
  }

  @Test
  void aCancelThatIsAcceptedIsNotDoneYet() {
    Order order = RIG.order(15_000);
    Approval paid = RIG.paid(order, World.GOOD);
    try (Answering pg = new Answering()) {
      pg.with(200, "{\"code\":\"CancelNotComplete\",\"message\":\"취소가 완료되지 않았습니다.\"}");
      Naverpay slow = (Naverpay) RIG.at(pg.url());
      Outcome<Canceled> told = slow.cancel(RIG.cancel(order, paid, 2_000, 15_000));
      assertThat(told).isInstanceOf(Outcome.Pending.class);
      assertThat(((Outcome.Pending<Canceled>) told).ref()).isEqualTo(paid.ref());
    }
  }

  @Test
  void pointsPayAllOrAPart() {
    for (long points : List.of(4_000L, 15_000L, 99_000L)) {
      Order order = RIG.order(15_000);
      Approval approval = SalesContractTest.payWithPoints(RIG, order, "card", points);
      assertThat(approval.method()).isEqualTo(points < 15_000 ? "card" : "point");
      assertThat(approval.card() == null).isEqualTo(points >= 15_000);
      assertThat(RIG.left(order)).isEqualTo(15_000);
    }
  }

  @Test
  void aKeyIsRegisteredAsThePageSays() {
    Map<String, String> options = Map.of("naverProductCode", "MEMBERSHIP", "naverChainId", "Other");
    Order asked = with(RIG.order(0), options);
    Window window = World.ok(naverpay().openForKey(asked, "owner-1", WORLD.visit(false)));
    assertThat(((Window.Script) window).arguments())
        .containsEntry("mode", "development")
        .containsEntry("productCode", "MEMBERSHIP")
        .containsEntry("chainId", "Naru")
        .containsEntry("merchantUserKey", "owner-1")
        .containsEntry("totalPayAmount", "0")
        .doesNotContainKey("clientSecret");
  }

  @Test
  void aChargeByAKeyIsFoundAmongAllThatWasPaid() {
    PgKey key = WindowKeyContractTest.key(RIG);
    Order order = with(RIG.order(3_000), Map.of("naverUseCfm", "20991231"));
    Approval paid = World.ok(naverpay().charge(order, key));
    assertThat(sent("/v3/reserve"))
        .containsEntry("merchantPayId", order.id())
        .containsEntry("useCfmYmdt", "20991231");
    Optional<PgRecord> found = World.ok(naverpay().find(order, null, Map.of()));
    assertThat(found.orElseThrow().approval()).contains(paid);
    assertThat(World.ok(naverpay().find(RIG.order(3_000), null, Map.of()))).isEmpty();
    World.ok(naverpay().cancel(RIG.cancel(order, paid, 1_000, 3_000)));
    assertThat(RIG.found(order).orElseThrow().balance()).isEqualTo(RIG.money(2_000));
  }

  @Test
  void aChargeWithoutAnAnswerEnds() {
    for (String number : List.of("4000000000009001", "4000000000009002", "4000000000009004")) {
      Order asked = RIG.order(0);
      Window window = WORLD.opened(asked, naverpay().openForKey(asked, "o", WORLD.visit(true)));
      PgReturn back = WORLD.browser().pay(window, number);
      Map<String, String> intent = WORLD.intent(asked, naverpay().authenticateKey(asked, back));
      PgKey key = World.ok(naverpay().issueFromWindow(asked, "o", intent));
      Order order = RIG.order(3_000);
      World.unknown(naverpay().charge(order, key));
      assertThat(World.ok(naverpay().find(order, null, Map.of())).map(PgRecord::state))
          .isEqualTo(number.endsWith("1") ? Optional.empty() : Optional.of(PgRecord.State.PAID));
    }
  }

  /** A page says how many there are, and the last one that there are no more. */
  @Test
  void allPagesAreLookedAt() {
    Order order = RIG.order(3_000);
    try (Answering pg = new Answering()) {
      pg.with(200, "{\"code\":\"Success\",\"body\":{\"totalPageCount\":3,\"list\":[]}}");
      Naverpay books = (Naverpay) RIG.at(pg.url());
      int before = WORLD.wire().size();
      assertThat(World.ok(books.find(order, null, Map.of()))).isEmpty();
      assertThat(WORLD.wire().subList(before, WORLD.wire().size()))
          .extracting(entry -> entry.request().replaceAll(".*\"pageNumber\":(\\d+).*", "$1"))
          .containsExactly("1", "2", "3");
    }
  }

  @Test
  void aKeyIsDeletedOnSomebodysWish() {
    PgKey key = WindowKeyContractTest.key(RIG);
    World.ok(naverpay().delete(key, Requester.CUSTOMER, "회원 탈퇴"));
    assertThat(sent("/expire/v1/request"))
        .containsEntry("expireRequester", "1")
        .containsEntry("expireReason", "회원 탈퇴");
    PgKey other = WindowKeyContractTest.key(RIG);
    World.ok(naverpay().delete(other));
    assertThat(sent("/expire/v1/request")).containsEntry("expireRequester", "2");
  }

  @ParameterizedTest
  @CsvSource({
    "apis, https://apis.naver.com",
    "pub, https://dev-pub.apis.naver.com",
    "paygate, https://pay.paygate.naver.com"
  })
  void theDomainIsThatOfTheContract(String domain, String url) {
    assertThat(
            Naverpay.PG.hosts().values().stream().map(hosts -> String.valueOf(hosts.get(domain))))
        .contains(url);
    Naverpay other = (Naverpay) RIG.with(Map.of("apiDomain", domain));
    World.ok(other.open(RIG.order(1_000), WORLD.visit(false)));
  }
}
