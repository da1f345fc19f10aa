package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Notice;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Window;
import dev.naru.pg.tosspay.Tosspay;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What only Toss Pay has: its parameters, numbers of refunds, and what its callbacks are worth. */
@Execution(ExecutionMode.CONCURRENT)
final class TosspayTest {

  private static final World WORLD = World.get();
  private static final Tosspay TOSSPAY = (Tosspay) WORLD.connector(Tosspay.PG);

  private static Order order(String method, Tax tax, Map<String, String> options) {
    Order order = WORLD.order(60_000);
    return new Order(
        order.id(),
        "차 \"세트\"",
        method,
        order.amount(),
        tax,
        order.buyer(),
        3,
        false,
        order.at(),
        new V1Parameters(options).wishes());
  }

  private static String asked(Order order) {
    WORLD.opened(order, TOSSPAY.open(order, WORLD.visit(true)));
    return WORLD.said(order, "/payments").toString();
  }

  @Test
  void theWindowGetsWhatV1Says() {
    Map<String, String> options =
        Map.of(
            "card.useInstallment", "false",
            "bypass.cashReceiptTradeOption", "CULTURE",
            "bypass.tosspay_v2.expiredTime", "2039-12-02 11:00:00");
    assertThat(asked(order("tosspay_card", new Tax(5_000, null), options)))
        .contains("\"enablePayMethods\":\"CARD\"", "\"installment\":\"NOT_USE\"", "차  세트 ")
        .contains("2039-12-02 11:00:00", "\"cashReceiptTradeOption\":\"CULTURE\"")
        .contains("\"amountTaxFree\":5000,\"amountTaxable\":50000,\"amountVat\":5000");
    assertThat(asked(order("card", Tax.NONE, Map.of()))).doesNotContain("enablePayMethods");
  }

  @ParameterizedTest
  @CsvSource({"tosspay_money, tosspay", "card, trans"})
  void moneyIsNamedAsTheShopKnowsIt(String method, String recorded) {
    Order order = order(method, Tax.NONE, Map.of());
    Window window = WORLD.opened(order, TOSSPAY.open(order, WORLD.visit(false)));
    PgReturn back = WORLD.browser().payBy(window, "transfer");
    Map<String, String> intent = WORLD.intent(order, TOSSPAY.authenticate(order, back));
    Approval paid = World.ok(TOSSPAY.approve(order, intent));
    assertThat(paid.method()).isEqualTo(recorded);
    assertThat(paid.bankCode()).isEqualTo("092");
    assertThat(Rig.named("tosspay_v2").found(order).orElseThrow().approval()).contains(paid);
    assertThat(WORLD.notice(Tosspay.PG, notice -> order.id().equals(notice.orderId())))
        .isInstanceOf(Notice.Charged.class);
  }

  @Test
  void aReturnAloneChargesNothing() {
    Order order = order("tosspay", Tax.NONE, Map.of());
    WORLD.opened(order, TOSSPAY.open(order, WORLD.visit(false)));
    assertThat(World.declined(TOSSPAY.approve(order, WORLD.intent(order))).reason())
        .isEqualTo(Reason.BAD_REQUEST);
    Order asked = WORLD.order(0);
    WORLD.opened(asked, TOSSPAY.openForKey(asked, "owner", WORLD.visit(false)));
    Map<String, String> kept = WORLD.intent(asked);
    assertThat(World.declined(TOSSPAY.issueFromWindow(asked, "owner", kept)).reason())
        .isEqualTo(Reason.ABANDONED);
    assertThat(World.declined(TOSSPAY.openForKey(asked, "한글", WORLD.visit(false))).text())
        .contains("customer_id");
  }

  @Test
  void aRefundIsNumberedByItsCancelAndSplitAsItsOrder() {
    Order order = order("tosspay", new Tax(0, 3_000L), Map.of());
    Approval paid = Rig.named("tosspay_v2").paid(order, World.GOOD);
    CancelOrder part = WORLD.cancel(order, paid, 20_000, 60_000);
    assertThat(World.declined(TOSSPAY.cancel(part)).text()).contains("vat_amount");
    CancelOrder whole = WORLD.cancel(order, paid, 60_000, 60_000);
    String tid = World.ok(TOSSPAY.cancel(whole)).ref().tid();
    JsonNode first = WORLD.said(order, "/refunds");
    assertThat(World.ok(TOSSPAY.cancel(whole)).ref().tid()).isEqualTo(tid);
    assertThat(WORLD.said(order, "/refunds")).isEqualTo(first);
    assertThat(first.path("refundNo").asString()).hasSize(36);
    assertThat(first.toString()).contains("\"amountVat\":3000");
  }

  @Test
  void aKeyIsChargedAsTheShopPassesOn() {
    Map<String, String> options =
        Map.of("bypass.tosspay_v2.sendFailPush", "true", "cash_receipt_type", "anonymous");
    Order order = order("card", Tax.NONE, options);
    World.ok(TOSSPAY.charge(order, WindowKeyContractTest.key(Rig.named("tosspay_v2"))));
    assertThat(WORLD.said(order, "/bill").toString())
        .contains("\"spreadOut\":3,\"cashReceipt\":false,\"cashReceiptTradeOption\":\"GENERAL\"")
        .contains("\"sendFailPush\":true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"action\":\"REMOVED\"}", "[", "{}"})
  void otherCallbacksChangeNothing(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Notice notice = TOSSPAY.read(new PgReturn(bytes, "", Map.of(), "127.0.0.1"));
    assertThat(notice instanceof Notice.Ignored).isEqualTo(body.contains("action"));
    assertThat(notice.orderId()).isNull();
  }
}
