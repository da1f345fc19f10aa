package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRecord.State;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.paypal.Paypal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What only PayPal has: its parameters, its currencies, its reviews, and its two calls for a key.
 */
@Execution(ExecutionMode.CONCURRENT)
final class PaypalTest {

  private static final World WORLD = World.get();
  private static final Currency USD = Currency.getInstance("USD");
  private static final String OWNER = "owner-1234567890";

  private static Paypal paypal() {
    return (Paypal) WORLD.connector(Paypal.PG);
  }

  private static Order dollars(long cents) {
    return order(new Money(cents, USD), "paypal", Tax.NONE, Map.of());
  }

  private static Order order(Money amount, String method, Tax tax, Map<String, String> options) {
    Order order = WORLD.order(1);
    return new Order(
        order.id(),
        order.name(),
        method,
        amount,
        tax,
        order.buyer(),
        0,
        false,
        order.at(),
        new V1Parameters(options).wishes());
  }

  private static Window open(Order order) {
    return WORLD.opened(order, paypal().open(order, WORLD.visit(false)));
  }

  private static Map<String, String> authenticated(Order order, String card) {
    PgReturn back = WORLD.browser().pay(open(order), card);
    return WORLD.intent(order, paypal().authenticate(order, back));
  }

  private static Approval paid(Order order, String card) {
    return World.ok(paypal().approve(order, authenticated(order, card)));
  }

  private static Optional<PgRecord> found(Order order) {
    return World.ok(paypal().find(order, null, WORLD.intent(order)));
  }

  private static CancelOrder cancel(Order order, Approval paid, long cents, long before) {
    CancelOrder won = WORLD.cancel(order, paid, cents, before);
    return new CancelOrder(
        won.id(),
        won.no(),
        order,
        won.ref(),
        won.memo(),
        new Money(cents, USD),
        Tax.NONE,
        new Money(before, USD),
        new Money(before - cents, USD),
        won.reason(),
        null,
        null,
        null,
        false);
  }

  private static long paidInBook(Order order) {
    return WORLD.paid(Paypal.PG, order);
  }

  @Test
  void showsTheOrderAndChargesOnlyWhenAsked() {
    Order order = dollars(1_420);
    assertThat(WORLD.browser().page(open(order)))
        .contains("한글 상품 &amp; 뷁")
        .contains("14.20")
        .doesNotContain("1,420");
    Map<String, String> intent = authenticated(order, World.GOOD);
    assertThat(paidInBook(order)).isZero();
    Approval approval = World.ok(paypal().approve(order, intent));
    assertThat(approval.amount()).isEqualTo(new Money(1_420, USD));
    assertThat(approval.method()).isEqualTo("paypal");
    assertThat(approval.card()).isNull();
    assertThat(paidInBook(order)).isEqualTo(1_420);
    PgRecord record = found(order).orElseThrow();
    assertThat(record.state()).isEqualTo(State.PAID);
    assertThat(record.balance()).isEqualTo(approval.amount());
    assertThat(record.approval()).contains(approval);
  }

  @Test
  void tellsThePgWhatV1Says() {
    String products =
        """
        [{"id":"tea","name":"Green tea","code":"T1","unitPrice":3.5,"quantity":4},
         {"id":"cup","name":"Cup","unitPrice":0.2,"quantity":1}]
        """;
    String units =
        """
        [{"shipping":{"name":{"full_name":"Jane Doe"},"address":{"address_line_1":"1 Main St",
          "admin_area_2":"San Jose","postal_code":"95131","country_code":"US"}}}]
        """;
    Order order =
        order(
            new Money(1_420, USD),
            "paypal",
            Tax.NONE,
            Map.of(
                "escrowProducts",
                products,
                "buyer_first_name",
                "Jane",
                "buyer_last_name",
                "Doe",
                "bypass.paypal_v2.purchase_units",
                units));
    open(order);
    JsonNode body = WORLD.said(order, "/v2/checkout/orders");
    JsonNode unit = body.path("purchase_units").path(0);
    assertThat(unit.path("custom_id").asString()).isEqualTo(order.id());
    assertThat(unit.path("amount").path("value").asString()).isEqualTo("14.20");
    assertThat(unit.path("amount").path("breakdown").path("item_total").path("value").asString())
        .isEqualTo("14.20");
    assertThat(unit.path("items").path(0).path("unit_amount").path("value").asString())
        .isEqualTo("3.50");
    assertThat(unit.path("items").path(0).path("quantity").asString()).isEqualTo("4");
    assertThat(unit.path("shipping").path("address").path("country_code").asString())
        .isEqualTo("US");
    JsonNode experience = body.path("payment_source").path("paypal").path("experience_context");
    assertThat(experience.path("shipping_preference").asString()).isEqualTo("SET_PROVIDED_ADDRESS");
    assertThat(experience.path("user_action").asString()).isEqualTo("PAY_NOW");
    Order digital = order(new Money(100, USD), "paypal", Tax.NONE, Map.of("digital", "true"));
    open(digital);
    assertThat(
            WORLD
                .said(digital, "/v2/checkout/orders")
                .path("payment_source")
                .path("paypal")
                .path("experience_context")
                .path("shipping_preference")
                .asString())
        .isEqualTo("NO_SHIPPING");
  }

  @Test
  void whatPaypalDoesNotTakeIsRefusedBeforeItIsAsked() {
    Money dollar = new Money(100, USD);
    String wrongSum = "[{\"name\":\"tea\",\"unitPrice\":0.3,\"quantity\":3}]";
    for (Order order :
        List.of(
            order(Money.krw(1_000), "paypal", Tax.NONE, Map.of()),
            order(new Money(150, Currency.getInstance("TWD")), "paypal", Tax.NONE, Map.of()),
            order(dollar, "card", Tax.NONE, Map.of()),
            order(dollar, "paypal", new Tax(10, null), Map.of()),
            order(dollar, "paypal", Tax.NONE, Map.of("escrowProducts", wrongSum)),
            order(dollar, "paypal", Tax.NONE, Map.of("escrowProducts", "[{}]")),
            order(dollar, "paypal", Tax.NONE, Map.of("escrowProducts", "tea")),
            order(
                dollar,
                "paypal",
                Tax.NONE,
                Map.of("bypass.paypal_v2.purchase_units", "nothing")))) {
      Decline no = World.declined(paypal().open(order, WORLD.visit(false)));
      assertThat(no.reason()).isEqualTo(Reason.BAD_REQUEST);
      assertThat(no.text()).isNotBlank();
      assertThat(WORLD.wire()).noneMatch(entry -> entry.orderId().equals(order.id()));
    }
  }

  @ParameterizedTest
  @CsvSource({"JPY, 1500, 1500", "HUF, 150000, 1500", "TWD, 150000, 1500", "EUR, 1500, 15.00"})
  void amountsAreInTheCurrencysOwnUnit(String code, long minor, String value) {
    Order order = order(new Money(minor, Currency.getInstance(code)), "paypal", Tax.NONE, Map.of());
    assertThat(paid(order, World.GOOD).amount()).isEqualTo(order.amount());
    JsonNode amount =
        WORLD.said(order, "/v2/checkout/orders").path("purchase_units").path(0).path("amount");
    assertThat(amount.path("value").asString()).isEqualTo(value);
    assertThat(amount.path("currency_code").asString()).isEqualTo(code);
  }

  @Test
  void aClosedWindowLeadsToOurPage() {
    Order order = dollars(500);
    assertThat(WORLD.browser().close(open(order)).query()).startsWith("token=");
    assertThat(found(order)).isEmpty();
  }

  @Test
  void theSameCaptureTwiceChargesOnce() {
    Order order = dollars(800);
    Map<String, String> intent = authenticated(order, World.GOOD);
    Approval first = World.ok(paypal().approve(order, intent));
    assertThat(World.ok(paypal().approve(order, intent))).isEqualTo(first);
    assertThat(WORLD.charges(Paypal.PG, order)).hasSize(1);
  }

  @Test
  void aReviewEndsByTheBooksAndANoticeSaysWhen() {
    for (long cents : List.of(1_097L, 1_098L)) {
      Order order = dollars(cents);
      assertThat(paypal().approve(order, authenticated(order, World.GOOD)))
          .isInstanceOf(Outcome.Pending.class);
      assertThat(found(order).orElseThrow().state()).isEqualTo(State.RUNNING);
      State end = cents == 1_097 ? State.PAID : State.DEAD;
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> found(order).map(PgRecord::state), Optional.of(end)::equals);
      assertThat(paidInBook(order)).isEqualTo(cents == 1_097 ? cents : 0);
      WORLD.notice(Paypal.PG, notice -> notice.equals(new Notice.Changed(order.id(), "")));
    }
  }

  @Test
  void whatIsNoNoticeOfOursIsIgnored() {
    Map<String, Class<? extends Notice>> bodies =
        Map.of(
            "", Notice.Ignored.class,
            "{", Notice.Unreadable.class,
            "[]", Notice.Ignored.class,
            "{\"event_type\":\"CUSTOMER.DISPUTE.CREATED\"}", Notice.Ignored.class,
            "{\"event_type\":\"PAYMENT.CAPTURE.COMPLETED\",\"resource\":{\"custom_id\":\"../x\"}}",
                Notice.Ignored.class);
    bodies.forEach(
        (body, kind) ->
            assertThat(
                    paypal()
                        .read(
                            new PgReturn(
                                body.getBytes(StandardCharsets.UTF_8), "", Map.of(), "127.0.0.1")))
                .as(body)
                .isInstanceOf(kind));
  }

  @Test
  void aReversalGivesBackWhateverWasCharged() {
    Order order = dollars(1_000);
    Approval paid = paid(order, World.GOOD);
    World.ok(paypal().cancel(cancel(order, paid, 100, 1_000)));
    World.ok(paypal().cancel(CancelOrder.reversal(order, paid.ref(), paid.memo(), "승인 금액 불일치")));
    assertThat(paidInBook(order)).isZero();
  }

  @Test
  void whileARefundIsUnderReviewNobodyKnowsWhatIsLeft() {
    for (long cents : List.of(297L, 298L)) {
      Order order = dollars(1_000);
      CancelOrder cancel = cancel(order, paid(order, World.GOOD), cents, 1_000);
      assertThat(paypal().cancel(cancel)).isInstanceOf(Outcome.Pending.class);
      World.unknown(paypal().find(order, null, WORLD.intent(order)));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !(paypal().cancel(cancel) instanceof Outcome.Pending<?>));
      Outcome<?> end = paypal().cancel(cancel);
      assertThat(end).isInstanceOf(cents == 297 ? Outcome.Ok.class : Outcome.Declined.class);
      assertThat(found(order).orElseThrow().balance())
          .isEqualTo(new Money(cents == 297 ? 703 : 1_000, USD));
    }
  }

  private static PgKey issued(String card) {
    Order asked = dollars(0);
    return World.ok(paypal().issueFromWindow(asked, OWNER, agreed(asked, card)));
  }

  private static Map<String, String> agreed(Order asked, String card) {
    Window window = WORLD.opened(asked, paypal().openForKey(asked, OWNER, WORLD.visit(false)));
    PgReturn back = WORLD.browser().pay(window, card);
    return WORLD.intent(asked, paypal().authenticateKey(asked, back));
  }

  @Test
  void issuesAKeyThatChargesUntilItIsDeleted() {
    Order asked = dollars(0);
    Map<String, String> intent = agreed(asked, World.GOOD);
    PgKey key = World.ok(paypal().issueFromWindow(asked, OWNER, intent));
    assertThat(World.ok(paypal().issueFromWindow(asked, OWNER, intent))).isEqualTo(key);
    assertThat(key.card()).isNull();
    Order order = dollars(2_500);
    Approval approval = World.ok(paypal().charge(order, key));
    assertThat(approval.amount()).isEqualTo(order.amount());
    assertThat(World.ok(paypal().charge(order, key))).isEqualTo(approval);
    assertThat(paidInBook(order)).isEqualTo(2_500);
    World.ok(paypal().cancel(cancel(order, approval, 500, 2_500)));
    assertThat(paidInBook(order)).isEqualTo(2_000);
    World.ok(paypal().delete(key));
    World.ok(paypal().delete(key));
    assertThat(World.declined(paypal().charge(dollars(100), key)).reason())
        .isEqualTo(Reason.KEY_UNUSABLE);
    Order shown = dollars(100);
    assertThat(World.declined(paypal().openForKey(shown, OWNER, WORLD.visit(false))).reason())
        .isEqualTo(Reason.BAD_REQUEST);
  }

  @Test
  void aChargeByAKeyWithoutAnAnswerIsFound() {
    assertThat(paypal().chargeKeyEnds()).isEqualTo(Ends.LOOKUP);
    for (String number : List.of("4000000000009001", "4000000000009002", "4000000000009004")) {
      Order order = dollars(700);
      World.unknown(paypal().charge(order, issued(number)));
      Optional<PgRecord> record = World.ok(paypal().find(order, null, Map.of()));
      assertThat(record.map(PgRecord::state))
          .isEqualTo(number.endsWith("1") ? Optional.empty() : Optional.of(State.PAID));
    }
    Order refused = dollars(700);
    assertThat(World.declined(paypal().charge(refused, issued("4000000000000028"))).reason())
        .isEqualTo(Reason.REFUSED);
    World.unknown(paypal().find(hoursAgo(refused), null, Map.of()));
  }

  /** The same order, made before PayPal forgot what it was asked. */
  private static Order hoursAgo(Order order) {
    return order.at(order.at().minus(Duration.ofHours(6)));
  }

  @Test
  void aChargeByAKeyUnderReviewIsFoundHoweverLongThatTakes() {
    for (long cents : List.of(1_097L, 1_098L)) {
      Order order = dollars(cents);
      Outcome<Approval> charged = paypal().charge(order, issued(World.GOOD));
      assertThat(charged).isInstanceOf(Outcome.Pending.class);
      PgRef ref = ((Outcome.Pending<Approval>) charged).ref();
      State end = cents == 1_097 ? State.PAID : State.DEAD;
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> World.ok(paypal().find(hoursAgo(order), ref, Map.of())).map(PgRecord::state),
              Optional.of(end)::equals);
    }
  }

  @Test
  void whatNeverReachedPaypalIsKnownNotToHaveHappened() {
    Paypal unplugged = (Paypal) WORLD.unplugged(Paypal.PG);
    assertThat(World.declined(unplugged.open(dollars(100), WORLD.visit(false))).reason())
        .isEqualTo(Reason.UNREACHABLE);
    Paypal stranger =
        (Paypal)
            Paypal.PG.connect(
                new Paypal.Config("NARUPAYPAL001", "naru-paypal-client", new Secret("x")),
                WORLD.http(Paypal.PG, WORLD.simulators()));
    assertThat(World.declined(stranger.open(dollars(100), WORLD.visit(false))).reason())
        .isEqualTo(Reason.BAD_CREDENTIALS);
  }
}
