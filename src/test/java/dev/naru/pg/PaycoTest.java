package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Notice;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.order.Wishes;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.payco.Payco;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What only PAYCO has: its order sheet, virtual accounts of it, and keys of three parts. */
@Execution(ExecutionMode.CONCURRENT)
final class PaycoTest {

  private static final World WORLD = World.get();
  private static final Rig RIG = Rig.named("payco");
  private static final Payco PAYCO = (Payco) WORLD.connector(Payco.PG);

  private static Order order(Buyer buyer, Money amount, Tax tax, Map<String, String> options) {
    Order order = WORLD.order(amount, "card");
    return new Order(
        order.id(),
        order.name(),
        order.method(),
        order.amount(),
        tax,
        buyer,
        0,
        false,
        order.at(),
        new V1Parameters(options).wishes());
  }

  private static Order order(Tax tax, Map<String, String> options) {
    return order(World.BUYER, Money.krw(55_000), tax, options);
  }

  private static JsonNode reserved(Order order, Visit visit) {
    WORLD.opened(order, PAYCO.open(order, visit));
    return WORLD.said(order, "/order/reserve");
  }

  private static JsonNode extra(JsonNode reserved) {
    return JsonMapper.shared().readTree(reserved.path("extraData").asString());
  }

  /** By what the buyer picks on the sheet, whatever the order says. */
  private static Approval paidBy(Order order, String method) {
    Window window = WORLD.opened(order, PAYCO.open(order, WORLD.visit(false)));
    PgReturn back = WORLD.browser().payBy(window, method);
    return World.ok(PAYCO.approve(order, WORLD.intent(order, PAYCO.authenticate(order, back))));
  }

  @Test
  void thePartsOfAnAmountAddUp() {
    JsonNode mixed = reserved(order(new Tax(22_000, null), Map.of()), WORLD.visit(false));
    assertThat(mixed.path("totalTaxfreeAmt").asInt()).isEqualTo(22_000);
    assertThat(mixed.path("totalTaxableAmt").asInt()).isEqualTo(30_000);
    assertThat(mixed.path("totalVatAmt").asInt()).isEqualTo(3_000);
    JsonNode product = mixed.path("orderProducts").path(0);
    assertThat(product.path("productPaymentAmt").asInt()).isEqualTo(55_000);
    assertThat(product.path("taxationType").asString()).isEqualTo("COMBINE");
    JsonNode free = reserved(order(new Tax(55_000, null), Map.of()), WORLD.visit(false));
    assertThat(free.at("/orderProducts/0/taxationType").asString()).isEqualTo("DUTYFREE");
    JsonNode stated = reserved(order(new Tax(0, 2_000L), Map.of()), WORLD.visit(false));
    assertThat(stated.path("totalTaxableAmt").asInt()).isEqualTo(53_000);
    assertThat(stated.at("/orderProducts/0/taxationType").asString()).isEqualTo("TAXATION");
  }

  @Test
  void theSheetIsFramedUnlessThereIsAPopup() {
    JsonNode plain = reserved(order(Tax.NONE, Map.of()), WORLD.visit(false));
    assertThat(extra(plain).at("/viewOptions/iframeYn").asString()).isEqualTo("Y");
    assertThat(plain.path("orderChannel").asString()).isEqualTo("PC");
    assertThat(plain.path("inAppYn").asString()).isEqualTo("N");
    JsonNode popup = reserved(order(Tax.NONE, Map.of("popup", "true")), WORLD.visit(true));
    assertThat(extra(popup).at("/viewOptions/iframeYn").asString()).isEqualTo("N");
    assertThat(popup.path("orderChannel").asString()).isEqualTo("MOBILE");
    Visit web = WORLD.visit(true);
    Visit app = new Visit(true, web.back(), web.close(), web.notice(), "ko", "narushop://pay");
    JsonNode inApp = reserved(order(Tax.NONE, Map.of()), app);
    assertThat(inApp.path("inAppYn").asString()).isEqualTo("Y");
    assertThat(extra(inApp).path("appUrl").asString()).isEqualTo("narushop://pay");
    assertThat(inApp.toString()).doesNotContain("/back/5f2c", "S0FSJE");
  }

  @Test
  void whatCannotBeAskedForIsSaidBeforeThePgIsAsked() {
    Visit visit = WORLD.visit(false);
    Money won = Money.krw(5_000);
    Money dollars = new Money(500, Currency.getInstance("USD"));
    assertThat(World.declined(PAYCO.open(order(Buyer.NONE, won, Tax.NONE, Map.of()), visit)).text())
        .isEqualTo("구매자 전화번호는 필수입니다. (buyer_tel)");
    Order foreign = order(World.BUYER, dollars, Tax.NONE, Map.of());
    assertThat(World.declined(PAYCO.open(foreign, visit)).text()).contains("currency");
    assertThat(World.declined(PAYCO.openForKey(foreign, "owner", visit)).text())
        .contains("currency");
    Order odd = order(World.BUYER, won, new Tax(4_000, 2_000L), Map.of());
    assertThat(World.declined(PAYCO.open(odd, visit)).text()).contains("tax_free", "vat_amount");
    assertThat(WORLD.wire())
        .noneMatch(one -> one.orderId().equals(odd.id()) || one.orderId().equals(foreign.id()));
  }

  @Test
  void anUnknownSellerIsRefused() {
    Payco stranger = (Payco) RIG.with(Map.of("sellerKey", new Secret("NOBODY")));
    assertThat(World.declined(stranger.open(RIG.order(1_000), WORLD.visit(false))).reason())
        .isEqualTo(Reason.BAD_CREDENTIALS);
    Payco other = (Payco) RIG.with(Map.of("sellerKey", new Secret("S0NARU")));
    Order order = RIG.order(1_000);
    RIG.paid(order, World.GOOD);
    assertThat(World.ok(other.find(order, null, WORLD.intent(order)))).isEmpty();
  }

  @Test
  void aReturnIsReadByItsCode() {
    Order order = RIG.order(1_000);
    assertThat(returned(order, Map.of("code", "2222", "message", "취소")))
        .isEqualTo(Reason.ABANDONED);
    assertThat(returned(order, Map.of("code", "9999", "message", "카드 사용 한도를 초과했습니다.")))
        .isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(returned(order, Map.of("code", "1"))).isEqualTo(Reason.UNLISTED);
    for (Map<String, String> forged :
        List.of(
            Map.of("code", "2222", "sellerOrderReferenceKey", "ANOTHER"),
            Map.of("code", "0", "sellerOrderReferenceKey", order.id()),
            Map.of("code", "0", "paymentCertifyToken", "token"),
            Map.of("sellerOrderReferenceKey", order.id(), "paymentCertifyToken", "token"))) {
      assertThat(returned(order, forged)).as(forged.toString()).isNull();
    }
  }

  /** Why it was given up; null if it is forged. */
  private static @Nullable Reason returned(Order order, Map<String, String> fields) {
    return switch (PAYCO.authenticate(order, Browser.posted(fields, StandardCharsets.UTF_8))) {
      case Returned.Abandoned(var no) -> no.reason();
      case Returned.Forged _ -> null;
      case Returned other -> throw new AssertionError(other);
    };
  }

  @Test
  void anAccountOfTheSheetWaitsForItsDeposit() {
    Order plain = RIG.order(20_000);
    Instant due = VbankContractTest.due(plain);
    Order order = plain.with(plain.wishes().with(new Wishes.Account(due, null, false)));
    Approval approval = paidBy(order, "vbank");
    Approval.Account account = VbankContractTest.account(approval);
    assertThat(approval.method()).isEqualTo("vbank");
    assertThat(approval.amount()).isEqualTo(RIG.money(20_000));
    assertThat(account.bankCode()).isEqualTo("088");
    assertThat(account.bankName()).contains("신한");
    assertThat(account.due()).isEqualTo(due);
    PgRecord waiting = RIG.found(order).orElseThrow();
    assertThat(waiting.state()).isEqualTo(PgRecord.State.WAITING);
    assertThat(waiting.approval()).contains(approval);
    assertThat(RIG.left(order)).isZero();
    WORLD.deposit(Payco.PG, account.number());
    Notice.Deposited told = VbankContractTest.deposited(RIG, order);
    assertThat(told.ref()).isEqualTo(approval.ref());
    assertThat(told.amount()).isEqualTo(approval.amount());
    assertThat(told.account()).isEqualTo(account.number());
    assertThat(told.acknowledgement()).isEqualTo("OK");
    PgRecord paid = RIG.found(order).orElseThrow();
    assertThat(paid.state()).isEqualTo(PgRecord.State.PAID);
    assertThat(paid.balance()).isEqualTo(RIG.money(20_000));
    assertThat(paid.approval().orElseThrow().account()).isNull();
    World.ok(PAYCO.cancel(RIG.cancel(order, approval, 5_000, 20_000)));
    assertThat(RIG.left(order)).isEqualTo(15_000);
  }

  @Test
  void anAccountNamesNoDeadlineOfItsOwn() {
    Order order = RIG.order(20_000);
    Approval.Account account = VbankContractTest.account(paidBy(order, "vbank"));
    assertThat(account.due()).isAfter(order.at());
    assertThat(extra(WORLD.said(order, "/order/reserve")).has("virtualAccountExpiryYmd")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "response=", "response=%7B", "response=%5B%5D", "response=%7B%7D"})
  void aNoticeThatSaysNothingIsNotAcknowledged(String body) {
    PgReturn raw =
        new PgReturn(
            body.getBytes(StandardCharsets.UTF_8),
            "",
            Map.of("content-type", "application/x-www-form-urlencoded"),
            "127.0.0.1");
    assertThat(PAYCO.read(raw)).isInstanceOf(Notice.Unreadable.class);
  }

  @Test
  void aCancelNamesItsPartsAndWhatWasLeft() {
    Order order = order(new Tax(22_000, null), Map.of());
    Approval paid = RIG.paid(order, World.GOOD);
    World.ok(PAYCO.cancel(RIG.cancel(order, paid, 11_000, 55_000)));
    JsonNode part = WORLD.said(order, "/order/cancel");
    assertThat(part.path("totalCancelPossibleAmt").asInt()).isEqualTo(55_000);
    assertThat(part.path("totalCancelTaxfreeAmt").asInt()).isZero();
    assertThat(part.path("totalCancelVatAmt").asInt()).isEqualTo(1_000);
    CancelOrder stale = RIG.cancel(order, paid, 11_000, 55_000);
    assertThat(World.declined(PAYCO.cancel(stale)).reason()).isEqualTo(Reason.AMOUNT_MISMATCH);
    assertThat(RIG.left(order)).isEqualTo(44_000);
    Order other = order(new Tax(22_000, null), Map.of());
    World.ok(PAYCO.cancel(RIG.cancel(other, RIG.paid(other, World.GOOD), 55_000, 55_000)));
    JsonNode whole = WORLD.said(other, "/order/cancel");
    assertThat(whole.path("totalCancelTaxfreeAmt").asInt()).isEqualTo(22_000);
    assertThat(whole.path("totalCancelTaxableAmt").asInt()).isEqualTo(30_000);
  }

  @Test
  void aKeyIsItsNumberItsNameAndItsProof() {
    PgKey key = WindowKeyContractTest.key(RIG);
    String[] parts = key.key().reveal().split("\\|", -1);
    assertThat(parts).hasSize(3).doesNotContain("");
    Order order = RIG.order(3_000);
    Approval paid = World.ok(PAYCO.charge(order, key));
    assertThat(paid.card()).isEqualTo(key.card());
    PgRecord record = RIG.found(order).orElseThrow();
    Approval booked = record.approval().orElseThrow();
    assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
    assertThat(booked.ref()).isEqualTo(paid.ref());
    assertThat(booked.memo()).isEqualTo(paid.memo());
    assertThat(World.present(booked.card()).name()).isEqualTo(World.present(key.card()).name());
    World.ok(PAYCO.cancel(RIG.cancel(order, paid, 1_000, 3_000)));
    assertThat(RIG.left(order)).isEqualTo(2_000);
    for (int n = 0; n < parts.length; n++) {
      String[] guessed = parts.clone();
      guessed[n] = "guessed";
      PgKey forged = new PgKey(new Secret(String.join("|", guessed)), key.owner(), null);
      // A charge does not name the key as we do, and a deletion not as the PG does.
      if (n != 1) {
        assertThat(World.declined(PAYCO.charge(RIG.order(1_000), forged)).reason())
            .isEqualTo(Reason.KEY_UNUSABLE);
      }
      if (n != 0) {
        assertThat(World.declined(PAYCO.delete(forged)).reason()).isEqualTo(Reason.KEY_UNUSABLE);
      }
    }
  }

  @Test
  void anAccountMayBeAKey() {
    Order asked = RIG.order(0);
    Window window = WORLD.opened(asked, PAYCO.openForKey(asked, "owner", WORLD.visit(false)));
    PgReturn back = WORLD.browser().payBy(window, "transfer");
    Map<String, String> intent = WORLD.intent(asked, PAYCO.authenticateKey(asked, back));
    PgKey key = World.ok(PAYCO.issueFromWindow(asked, "owner", intent));
    assertThat(key.card()).isNull();
    assertThat(World.ok(PAYCO.charge(RIG.order(3_000), key)).method()).isEqualTo("trans");
  }

  @Test
  void aCardThatIsWrongMakesNoKey() {
    Order asked = RIG.order(0);
    Window window = WORLD.opened(asked, PAYCO.openForKey(asked, "owner", WORLD.visit(false)));
    PgReturn back = WORLD.browser().pay(window, "4000000000000077");
    assertThat(PAYCO.authenticateKey(asked, back))
        .isInstanceOfSatisfying(
            Returned.Abandoned.class,
            no -> assertThat(no.decline().reason()).isEqualTo(Reason.INVALID_CARD_NUMBER));
  }

  /** Points and coupons pay a part of what is paid by something else. */
  @ParameterizedTest
  @CsvSource({"98 31, card", "75 35, trans", "98 98, point", "31 98, card", "99 98, card"})
  void whatPaysBesideIsNoMethod(String codes, String method) {
    Order order = RIG.order(1_000);
    String[] both = codes.split(" ", -1);
    try (Answering pg = new Answering()) {
      pg.with(
          200,
          """
          {"code":0,"result":{"sellerOrderReferenceKey":"%s","orderNo":7,"totalPaymentAmt":1000,
           "orderProducts":[{"productPaymentAmt":1000}],"orderCertifyKey":"c",
           "paymentDetails":[{"paymentMethodCode":"%s"},{"paymentMethodCode":"%s"}],
           "paymentCompletionYn":"Y","paymentCompleteYmdt":"20260101090000"}}
          """
              .formatted(order.id(), both[0], both[1]));
      Payco payco = (Payco) RIG.at(pg.url());
      Approval paid = World.ok(payco.approve(order, Map.of()));
      assertThat(paid.method()).isEqualTo(method);
      assertThat(paid.ref().tid()).isEqualTo("7");
      assertThat(World.ok(payco.find(order, null, Map.of())).orElseThrow().state())
          .isEqualTo(PgRecord.State.PAID);
      World.unknown(payco.approve(RIG.order(1_000), Map.of()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500|{\"code\":9999,\"message\":\"승인이 거절되었습니다.\"}",
        "200|{\"code\":0,\"message\":\"success\"}",
        "200|{\"message\":\"success\"}",
        "200|{\"code\":9999,\"message\":\"시스템 오류가 발생했습니다.\"}",
        "404|not found"
      })
  void whatIsNoClearNoIsUnknown(int status, String body) {
    try (Answering pg = new Answering()) {
      pg.with(status, body);
      Payco payco = (Payco) RIG.at(pg.url());
      World.unknown(payco.approve(RIG.order(1_000), Map.of()));
      World.unknown(payco.find(RIG.order(1_000), null, Map.of()));
    }
  }
}
