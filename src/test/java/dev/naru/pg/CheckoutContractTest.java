package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.NetCancel;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Order;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Checkout}, on PCs and mobiles, and how its unknown outcomes end. */
final class CheckoutContractTest {

  private static final World WORLD = World.get();

  static Stream<Arguments> windows() {
    return World.having(List.of(Checkout.class))
        .flatMap(
            pg ->
                Stream.of(false, true)
                    .map(
                        mobile ->
                            Arguments.of(
                                Named.of(pg.code(), pg),
                                Named.of(mobile ? "mobile" : "pc", mobile))));
  }

  private static Checkout checkout(Pg<?> pg) {
    return WORLD.connector(pg, Checkout.class);
  }

  private static Window open(Pg<?> pg, boolean mobile, Order order) {
    return WORLD.opened(order, checkout(pg).open(order, WORLD.visit(mobile)));
  }

  private static Map<String, String> authenticated(
      Pg<?> pg, boolean mobile, Order order, String card) {
    PgReturn back = WORLD.browser().pay(open(pg, mobile, order), card);
    Returned returned = checkout(pg).authenticate(order, back);
    assertThat(returned).isInstanceOf(Returned.Authenticated.class);
    Returned.Authenticated auth = (Returned.Authenticated) returned;
    if (auth.amount() != null) {
      assertThat(auth.amount()).isEqualTo(order.amount());
    }
    return WORLD.intent(order, auth);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void showsTheOrderInKorean(Pg<?> pg, boolean mobile) {
    assertThat(WORLD.browser().page(open(pg, mobile, WORLD.order(15_000))))
        .contains("한글 상품 &amp; 뷁")
        .contains("15,000");
  }

  @ParameterizedTest
  @MethodSource("windows")
  void approvesOnlyWhenAsked(Pg<?> pg, boolean mobile) {
    Order order = WORLD.order(15_000);
    Map<String, String> intent = authenticated(pg, mobile, order, World.GOOD);
    assertThat(WORLD.charges(pg, order)).isEmpty();
    Approval approval = World.ok(checkout(pg).approve(order, intent));
    assertThat(approval.amount()).isEqualTo(Money.krw(15_000));
    assertThat(approval.method()).isEqualTo("card");
    assertThat(World.present(approval.card()).name()).endsWith("카드");
    assertThat(approval.account()).isNull();
    assertThat(WORLD.paid(pg, order)).isEqualTo(15_000);
  }

  /** The window of Kakao Pay has no methods of V1: the buyer picks a card or money. */
  static Stream<Arguments> byMethod() {
    return windows().filter(of -> !((Named<?>) of.get()[0]).getName().equals("kakaopay"));
  }

  @ParameterizedTest
  @MethodSource("byMethod")
  void namesTheMethodThatItCameToBe(Pg<?> pg, boolean mobile) {
    for (String method : List.of("trans", "phone")) {
      Order order = WORLD.order(15_000, method);
      PgReturn back =
          WORLD
              .browser()
              .payBy(open(pg, mobile, order), method.equals("trans") ? "transfer" : method);
      Approval approval =
          switch (checkout(pg).authenticate(order, back)) {
            case Returned.Authenticated auth ->
                World.ok(checkout(pg).approve(order, auth.intent()));
            // Charged by the window: what it came to be, the books tell.
            case Returned.Left _ ->
                KeyInContractTest.found(pg, order).orElseThrow().approval().orElseThrow();
            case Returned.Abandoned(Decline no) -> throw new AssertionError(no);
            case Returned.Forged(String why) -> throw new AssertionError(why);
          };
      assertThat(approval.method()).isEqualTo(method);
      assertThat(approval.card()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aClosedWindowIsAbandoned(Pg<?> pg, boolean mobile) {
    Order order = WORLD.order(15_000);
    Window window = open(pg, mobile, order);
    PgReturn back = WORLD.browser().close(window);
    // Some windows lead to our page for closing, and say nothing.
    if (!back.query().isEmpty() || back.body().length > 0) {
      Returned returned = checkout(pg).authenticate(order, back);
      assertThat(returned).isInstanceOf(Returned.Abandoned.class);
      Decline decline = ((Returned.Abandoned) returned).decline();
      assertThat(decline.reason()).isEqualTo(Reason.ABANDONED);
      assertThat(decline.text()).isEqualTo("사용자가 결제를 취소했습니다.");
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void declinesWithItsReason(Pg<?> pg, boolean mobile) {
    KeyInContractTest.DECLINES.forEach(
        (number, reason) -> {
          Order order = WORLD.order(5_000);
          PgReturn back = WORLD.browser().pay(open(pg, mobile, order), number);
          Decline decline =
              switch (checkout(pg).authenticate(order, back)) {
                case Returned.Authenticated auth ->
                    World.declined(checkout(pg).approve(order, WORLD.intent(order, auth)));
                case Returned.Abandoned(Decline inWindow) -> inWindow;
                case Returned.Left left -> throw new AssertionError(left);
                case Returned.Forged(String why) -> throw new AssertionError(why);
              };
          assertThat(decline.reason()).as(number + decline).isEqualTo(reason);
          assertThat(decline.text()).containsPattern("[가-힣]{2,}");
          assertThat(WORLD.charges(pg, order)).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("windows")
  @Execution(ExecutionMode.CONCURRENT)
  void endsWhatIsUnknown(Pg<?> pg, boolean mobile) {
    for (String number : List.of("4000000000009001", "4000000000009002", "4000000000009004")) {
      Order order = WORLD.order(8_000);
      Map<String, String> intent = authenticated(pg, mobile, order, number);
      World.unknown(checkout(pg).approve(order, intent));
      converge(pg, order, intent, !number.endsWith("1"));
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  @Execution(ExecutionMode.CONCURRENT)
  void endsWhatIsApprovedAfterOurTimeout(Pg<?> pg, boolean mobile) {
    Order order = WORLD.order(8_000);
    Map<String, String> intent = authenticated(pg, mobile, order, "4000000000009003");
    World.unknown(checkout(pg).approve(order, intent));
    assertThat(WORLD.paid(pg, order)).isZero();
    if (checkout(pg).approveEnds() == Ends.LOOKUP) {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> KeyInContractTest.found(pg, order).map(PgRecord::state).orElse(null),
              PgRecord.State.PAID::equals);
      assertThat(WORLD.paid(pg, order)).isEqualTo(8_000);
    } else {
      converge(pg, order, intent, false);
    }
  }

  /** By the end that the connector declares, and by no other. */
  private static void converge(Pg<?> pg, Order order, Map<String, String> intent, boolean charged) {
    Connector connector = WORLD.connector(pg);
    switch (checkout(pg).approveEnds()) {
      case LOOKUP -> {
        PgRecord record = KeyInContractTest.found(pg, order).orElseThrow();
        assertThat(record.state())
            .isEqualTo(charged ? PgRecord.State.PAID : PgRecord.State.RUNNING);
        assertThat(WORLD.paid(pg, order)).isEqualTo(charged ? 8_000 : 0);
      }
      case NET_CANCEL -> {
        NetCancel undo = connector.as(NetCancel.class).orElseThrow();
        World.ok(undo.netCancel(order, intent));
        // Its own answer may be lost as well: undoing twice is as good as once.
        World.ok(undo.netCancel(order, intent));
        assertThat(WORLD.paid(pg, order)).isZero();
        // And nothing can charge it any more.
        assertThat(checkout(pg).approve(order, intent))
            .isNotInstanceOf(dev.naru.connector.Outcome.Ok.class);
        assertThat(WORLD.paid(pg, order)).isZero();
      }
      case IDEMPOTENT_RETRY, NONE -> throw new AssertionError("no such end here");
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void sameAttemptTwiceChargesOnce(Pg<?> pg, boolean mobile) {
    Order order = WORLD.order(8_000);
    Map<String, String> intent = authenticated(pg, mobile, order, World.GOOD);
    World.ok(checkout(pg).approve(order, intent));
    switch (checkout(pg).approve(order, intent)) {
      case dev.naru.connector.Outcome.Ok<Approval>(Approval same) ->
          assertThat(same.amount()).isEqualTo(order.amount());
      case dev.naru.connector.Outcome.Unknown<Approval> unsure ->
          assertThat(unsure.why()).isNotBlank();
      case dev.naru.connector.Outcome.Declined<Approval> no ->
          throw new AssertionError("a repeated call is no proof of a decline: " + no);
      case dev.naru.connector.Outcome.Pending<Approval> no -> throw new AssertionError(no);
    }
    assertThat(WORLD.charges(pg, order)).hasSize(1);
    assertThat(WORLD.paid(pg, order)).isEqualTo(8_000);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void anotherOrdersReturnIsForged(Pg<?> pg, boolean mobile) {
    Order cheap = WORLD.order(100);
    PgReturn back = WORLD.browser().pay(open(pg, mobile, cheap), World.GOOD);
    assertThat(checkout(pg).authenticate(WORLD.order(90_000), back))
        .isInstanceOf(Returned.Forged.class);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aReturnThatProvesNothingIsForged(Pg<?> pg, boolean mobile) {
    PgReturn nothing = new PgReturn(new byte[0], "", Map.of(), "127.0.0.1");
    assertThat(checkout(pg).authenticate(WORLD.order(100), nothing))
        .isInstanceOf(Returned.Forged.class);
  }

  /** The URL that would approve comes through the browser. */
  @ParameterizedTest
  @MethodSource("windows")
  void aStrangersUrlIsForged(Pg<?> pg, boolean mobile) {
    Order order = WORLD.order(100);
    PgReturn back = WORLD.browser().pay(open(pg, mobile, order), World.GOOD);
    Charset charset = Charset.forName("MS949");
    back.fields(charset)
        .forEach(
            (name, value) -> {
              if (value.startsWith("http://")) {
                for (String evil :
                    List.of(
                        "http://evil.example/", value + "?", value.replace("http", "HTTP"), "")) {
                  Map<String, String> fields = new HashMap<>(back.fields(charset));
                  fields.put(name, evil);
                  boolean checked = !name.equals("checkAckUrl");
                  assertThat(checkout(pg).authenticate(order, Browser.posted(fields, charset)))
                      .as(name)
                      .isInstanceOf(checked ? Returned.Forged.class : Returned.Authenticated.class);
                }
              }
            });
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aForgedAmountIsNotCharged(Pg<?> pg, boolean mobile) {
    Order asked = WORLD.order(100);
    Map<String, String> intent = authenticated(pg, mobile, asked, World.GOOD);
    Order dear =
        new Order(
            asked.id(),
            asked.name(),
            asked.method(),
            Money.krw(90_000),
            asked.tax(),
            asked.buyer(),
            0,
            asked.at(),
            Map.of());
    switch (checkout(pg).approve(dear, intent)) {
      // Where the PG does not compare, the approval says what was really paid.
      case dev.naru.connector.Outcome.Ok<Approval>(Approval less) ->
          assertThat(less.amount()).isEqualTo(Money.krw(100));
      case dev.naru.connector.Outcome.Declined<Approval> no ->
          assertThat(WORLD.charges(pg, asked)).isEmpty();
      case dev.naru.connector.Outcome.Unknown<Approval> no ->
          assertThat(WORLD.charges(pg, asked)).isEmpty();
      case dev.naru.connector.Outcome.Pending<Approval> no -> throw new AssertionError(no);
    }
  }
}
