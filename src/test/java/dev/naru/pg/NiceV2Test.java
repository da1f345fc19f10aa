package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.order.VbankOrder;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.nice.NiceV2;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only NICE has: its parameters, books that tell little, ids of our own, unsigned notices. */
@Execution(ExecutionMode.CONCURRENT)
final class NiceV2Test {

  private static final World WORLD = World.get();
  private static final Rig RIG = Rig.named("nice_v2");
  private static final NiceV2 NICE = (NiceV2) WORLD.connector(NiceV2.PG);
  private static final Charset KOREAN = Charset.forName("MS949");

  private static Order order(String method, Map<String, String> options) {
    Order order = RIG.order(60_000, method);
    return new Order(
        order.id(),
        order.name(),
        method,
        order.amount(),
        new Tax(5_000, null),
        order.buyer(),
        3,
        true,
        order.at(),
        new V1Parameters(options).wishes());
  }

  private static Map<String, String> form(Order order, boolean mobile) {
    return switch (World.ok(NICE.open(order, WORLD.visit(mobile)))) {
      case Window.FormPost post -> post.fields();
      case Window.Script script -> script.form();
      case Window.Redirect redirect -> throw new AssertionError(redirect);
    };
  }

  @Test
  void theWindowGetsWhatV1Says() {
    Map<String, String> options =
        Map.of(
            "card.direct.code", "366",
            "digital", "true",
            "bypass.nice_v2.SkinType", "green",
            "bypass.nice_v2.MID", "nictest99m",
            "bypass.nice_v2.Amt", "1");
    Map<String, String> form = form(order("card", options), true);
    assertThat(form)
        .containsEntry("PayMethod", "CARD")
        .containsEntry("SelectCardCode", "06")
        .containsEntry("SelectQuota", "03")
        .containsEntry("SkinType", "green")
        .containsEntry("GoodsCl", "0")
        .containsEntry("TransType", "1")
        .containsEntry("MID", "nicepay00m")
        .containsEntry("Amt", "60000")
        .containsEntry("SupplyAmt", "50000")
        .containsEntry("GoodsVat", "5000")
        .containsEntry("TaxFreeAmt", "5000")
        .containsEntry("BuyerTel", "01012345678");
    assertThat(form(order("phone", Map.of()), false))
        .containsEntry("PayMethod", "CELLPHONE")
        .containsEntry("GoodsCl", "1")
        .doesNotContainKeys("SelectCardCode", "SelectQuota", "VbankExpDate");
  }

  /** A list of months is for PCs alone. */
  @Test
  void monthsAreOfferedOnPcs() {
    Order listed = order("card", Map.of("display.card_quota", "0,3,6"));
    assertThat(form(listed, false)).containsEntry("SelectQuota", "00,03,06");
    assertThat(form(listed, true)).doesNotContainKey("SelectQuota");
    Order once = order("card", Map.of("card.useInstallment", "false"));
    assertThat(form(once, false)).containsEntry("SelectQuota", "00");
  }

  @ParameterizedTest
  @CsvSource({
    "vbank, vbank_num, 1, 결제 창 호출에 실패하였습니다. 나이스페이 V2 가상계좌 발급시 유효한 입금 기한을 필수로 입력해야 합니다.",
    "naverpay, digital, true, 나이스페이에서 지원하지 않는 결제수단",
    "card, card.direct.code, 092, 바로 열 수 없는 카드사"
  })
  void whatTheWindowDoesNotTakeIsRefused(String method, String name, String value, String text) {
    Order order = order(method, Map.of(name, value));
    assertThat(World.declined(NICE.open(order, WORLD.visit(false))).text()).startsWith(text);
  }

  @Test
  void aCompanyAndAListOfMonthsExcludeEachOther() {
    Map<String, String> both = Map.of("card.direct.code", "366", "display.card_quota", "3");
    assertThat(World.declined(NICE.open(order("card", both), WORLD.visit(false))).reason())
        .isEqualTo(Reason.BAD_REQUEST);
  }

  @ParameterizedTest
  @CsvSource({"kakaopay, kakaopay, kakaopay", "samsungpay, samsung, samsung"})
  void aWalletIsNamedAsV1NamesIt(String method, String recorded, String brand) {
    Order order = RIG.order(15_000, method);
    PgReturn back = WORLD.browser().pay(World.ok(NICE.open(order, WORLD.visit(true))), World.GOOD);
    Approval paid =
        World.ok(NICE.approve(order, WORLD.intent(order, NICE.authenticate(order, back))));
    assertThat(paid.method()).isEqualTo(recorded);
    assertThat(paid.brand()).isEqualTo(brand);
    assertThat(World.present(paid.card()).publisherName()).endsWith("카드");
    assertThat(RIG.found(order)).isEmpty();
    Optional<PgRecord> found = World.ok(NICE.find(order, paid.ref(), Map.of()));
    assertThat(found.orElseThrow().approval().orElseThrow().brand()).isEqualTo(brand);
  }

  /** The page shows V1's words where NICE has none. */
  @Test
  void aWindowThatEndsWithoutWordsHasV1s() {
    PgReturn back = Browser.posted(Map.of("AuthResultCode", "9999"), KOREAN);
    assertThat(NICE.authenticate(RIG.order(100), back).toString())
        .contains("알 수 없는 이유로 결제가 중단되었습니다. 나이스페이로 문의(1661-0808)하세요.");
  }

  /** Nothing tells what became of it: not the books, and a second one might give back twice. */
  @ParameterizedTest
  @ValueSource(strings = {"4000000000009011", "4000000000009012"})
  void aPartialCancelWithoutAnAnswerHasNoEnd(String card) {
    assertThat(NICE.cancelEnds()).isEqualTo(new Ends.OfCancels(Ends.LOOKUP, Ends.NONE));
    Order order = RIG.order(10_000);
    Approval paid = RIG.paid(order, card);
    World.unknown(NICE.cancel(RIG.cancel(order, paid, 4_000, 10_000)));
    PgRecord record = RIG.found(order).orElseThrow();
    assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
    assertThat(record.balance()).isEqualTo(RIG.money(10_000));
  }

  @Test
  void aCancelStatesItsTax() {
    Order order = RIG.order(10_000);
    Approval paid = RIG.paid(order, World.GOOD);
    CancelOrder part = RIG.cancel(order, paid, 4_000, 10_000);
    CancelOrder taxed =
        new CancelOrder(
            part.id(),
            part.no(),
            order,
            paid.ref(),
            paid.memo(),
            part.amount(),
            new Tax(1_000, 200L),
            part.before(),
            part.left(),
            "반품",
            null,
            null,
            null,
            false);
    World.ok(NICE.cancel(taxed));
    assertThat(asked(order, "cancel_process.jsp"))
        .contains("PartialCancelCode=1", "SupplyAmt=2800", "GoodsVat=200", "TaxFreeAmt=1000");
  }

  private static String asked(Order order, String page) {
    return WORLD.wire().stream()
        .filter(one -> one.orderId().equals(order.id()) && one.url().endsWith(page))
        .toList()
        .getLast()
        .request();
  }

  /** Its id was used: two orders of one second may have the same. */
  @Test
  void anIdIsGoodForOneCharge() {
    Order order = RIG.order(9_000);
    World.ok(NICE.charge(order, World.card(World.GOOD)));
    assertThat(World.declined(NICE.charge(order, World.card(World.GOOD))).reason())
        .isEqualTo(Reason.DUPLICATE_ORDER);
    assertThat(RIG.left(order)).isEqualTo(9_000);
  }

  @Test
  void aDeletedKeyChargesNothing() {
    PgKey key = World.ok(NICE.issue(WORLD.keyOrder(), World.card(World.GOOD)));
    World.ok(NICE.delete(key));
    Order order = RIG.order(9_000);
    assertThat(World.declined(NICE.charge(order, key)).reason()).isEqualTo(Reason.KEY_UNUSABLE);
    assertThat(World.declined(NICE.delete(key)).reason()).isEqualTo(Reason.KEY_UNUSABLE);
  }

  /** Of an account whose opening was not answered nobody knows the number. */
  @Test
  void anUnansweredAccountIsClosed() {
    Order order = RIG.order(20_000, "vbank");
    assertThat(World.ok(NICE.cancelByRef(order, Map.of()))).isEmpty();
    VbankOrder account =
        new VbankOrder("088", order.at().plus(Duration.ofDays(1)), "나루상점", null, null);
    World.ok(NICE.open(order, account));
    assertThat(World.ok(NICE.cancelByRef(order, Map.of()))).isPresent();
    assertThat(World.ok(NICE.cancelByRef(order, Map.of()))).isPresent();
    assertThat(RIG.found(order).orElseThrow().state()).isEqualTo(PgRecord.State.CANCELED);
  }

  /** A yes that NICE has not signed, or that is about another order, is no answer. */
  @ParameterizedTest
  @ValueSource(strings = {"{id}", "N0000000000000000000"})
  void anUnsignedYesIsUnknown(String named) {
    Order order = RIG.order(1_000);
    String yes =
        """
        {"ResultCode":"3001","ResultMsg":"ok","Moid":"%s","TID":"T1","Amt":"000000001000",
         "MID":"nicepay00m","Signature":"00"}
        """
            .formatted(named.replace("{id}", order.id()));
    try (Answering pg = new Answering()) {
      NiceV2 nice = (NiceV2) RIG.at(pg.with(200, yes).url());
      Map<String, String> intent =
          Map.of("TID", "T1", "AuthToken", "token", "approval", "webapi/webapi/pay_process.jsp");
      World.unknown(nice.approve(order, intent));
      pg.with(200, yes.replace("3001", "2001").replace("\"Amt\"", "\"CancelAmt\""));
      World.unknown(nice.cancel(WORLD.cancel(order, approval(order), 1_000, 1_000)));
    }
  }

  private static Approval approval(Order order) {
    return Approval.of(new PgRef("T1"), order.amount(), order.at(), "card").build();
  }

  /** The token of one order approves no other: NICE names the one it was for. */
  @Test
  void anotherOrdersTokenIsNotTaken() {
    Order paid = RIG.order(7_000);
    Order other = RIG.order(7_000);
    PgReturn back = WORLD.browser().pay(World.ok(NICE.open(paid, WORLD.visit(true))), World.GOOD);
    Map<String, String> fields = new HashMap<>(back.fields(KOREAN));
    fields.put("Moid", other.id());
    Map<String, String> intent =
        WORLD.intent(other, NICE.authenticate(other, Browser.posted(fields, KOREAN)));
    World.unknown(NICE.approve(other, intent));
    World.ok(NICE.netCancel(other, intent));
    assertThat(RIG.left(paid)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"merchantKey", "mid"})
  void othersCredentialsAreRefused(String what) {
    NiceV2 wrong =
        (NiceV2)
            RIG.with(
                Map.of(
                    what,
                    what.equals("mid") ? "nowhere00m" : new Secret("another-key-of-some-length")));
    assertThat(World.declined(wrong.charge(RIG.order(100), World.card(World.GOOD))).reason())
        .isEqualTo(Reason.BAD_CREDENTIALS);
    Window window = World.ok(wrong.open(RIG.order(100), WORLD.visit(true)));
    assertThat(WORLD.browser().problem((Window.FormPost) window))
        .contains(what.equals("mid") ? "A114" : "A101");
  }

  private static Notice read(Map<String, String> fields) {
    return NICE.read(Browser.posted(fields, KOREAN));
  }

  @Test
  void aNoticeIsReadInKorean() {
    Map<String, String> fields =
        Map.of(
            "MID", "nicepay00m",
            "MOID", "N0000000000000000001",
            "TID", "T1",
            "Amt", "000000020000",
            "AuthDate", "260302012030",
            "ResultCode", "4110",
            "VbankNum", "11012345678901",
            "VbankInputName", "임꺽정");
    assertThat(read(fields))
        .isInstanceOfSatisfying(
            Notice.Deposited.class,
            deposit -> {
              assertThat(deposit.depositor()).isEqualTo("임꺽정");
              assertThat(deposit.amount()).isEqualTo(RIG.money(20_000));
              assertThat(deposit.at()).isEqualTo("2026-03-01T16:20:30Z");
            });
    Map<String, String> others = new HashMap<>(fields);
    others.put("MID", "nictest04m");
    assertThat(read(others)).isEqualTo(new Notice.Elsewhere("nictest04m"));
    Map<String, String> cancel = new HashMap<>(fields);
    cancel.put("ResultCode", "2001");
    assertThat(read(cancel)).isEqualTo(new Notice.Ignored("OK"));
    Map<String, String> broken = new HashMap<>(fields);
    broken.put("Amt", "twenty");
    assertThat(read(broken)).isInstanceOf(Notice.Unreadable.class);
    assertThat(new String(Browser.posted(fields, KOREAN).body(), StandardCharsets.US_ASCII))
        .contains("%C0%D3");
  }
}
