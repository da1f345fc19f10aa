package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.PgRecord;
import dev.naru.connector.Recovers.NetCancel;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Window;
import dev.naru.pg.Rig.Lack;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Checkout}, on PCs and mobiles, and how its unknown outcomes end. */
@Execution(ExecutionMode.CONCURRENT)
final class CheckoutContractTest {

  private static final World WORLD = World.get();

  static Stream<Arguments> windows() {
    return Rig.having(Checkout.class)
        .flatMap(
            rig ->
                Stream.of(false, true)
                    .map(mobile -> Arguments.of(rig, Named.of(mobile ? "mobile" : "pc", mobile))));
  }

  private static Checkout checkout(Rig rig) {
    return rig.connector(Checkout.class);
  }

  private static Window open(Rig rig, boolean mobile, Order order) {
    return WORLD.opened(order, checkout(rig).open(order, WORLD.visit(mobile)));
  }

  private static Map<String, String> authenticated(
      Rig rig, boolean mobile, Order order, String card) {
    PgReturn back = WORLD.browser().pay(open(rig, mobile, order), card);
    Returned returned = checkout(rig).authenticate(order, back);
    assertThat(returned).isInstanceOf(Returned.Authenticated.class);
    Returned.Authenticated auth = (Returned.Authenticated) returned;
    if (auth.amount() != null) {
      assertThat(auth.amount()).isEqualTo(order.amount());
    }
    return WORLD.intent(order, auth);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void showsTheOrderInKorean(Rig rig, boolean mobile) {
    Order order = rig.order(15_000);
    assertThat(WORLD.browser().page(open(rig, mobile, order)))
        .contains("한글 상품 &amp; 뷁")
        .contains(World.written(order.amount()));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void approvesOnlyWhenAsked(Rig rig, boolean mobile) {
    Order order = rig.order(15_000);
    Map<String, String> intent = authenticated(rig, mobile, order, World.GOOD);
    assertThat(rig.charges(order)).isEmpty();
    Approval approval = World.ok(checkout(rig).approve(order, intent));
    assertThat(approval.amount()).isEqualTo(rig.money(15_000));
    assertThat(approval.method()).isEqualTo(order.method());
    if (rig.lacks(Lack.CARD)) {
      assertThat(approval.card()).isNull();
    } else {
      assertThat(World.present(approval.card()).name()).endsWith("카드");
    }
    assertThat(approval.account()).isNull();
    assertThat(rig.left(order)).isEqualTo(15_000);
  }

  /** In the windows of the others the buyer picks what V1 has no word for. */
  static Stream<Arguments> byMethod() {
    return Rig.some(windows().filter(of -> ((Rig) of.get()[0]).methods().size() > 1));
  }

  @ParameterizedTest
  @MethodSource("byMethod")
  void namesTheMethodThatItCameToBe(Rig rig, boolean mobile) {
    for (String method : rig.methods().subList(1, rig.methods().size())) {
      Order order = rig.order(15_000, method);
      PgReturn back =
          WORLD
              .browser()
              .payBy(open(rig, mobile, order), method.equals("trans") ? "transfer" : method);
      Approval approval =
          switch (checkout(rig).authenticate(order, back)) {
            case Returned.Authenticated auth ->
                World.ok(checkout(rig).approve(order, WORLD.intent(order, auth)));
            // Charged by the window: what it came to be, the books tell.
            case Returned.Left _ -> rig.found(order).orElseThrow().approval().orElseThrow();
            case Returned.Approved(Approval signed) -> signed;
            case Returned.Abandoned(Decline no) -> throw new AssertionError(no);
            case Returned.Forged(String why) -> throw new AssertionError(why);
          };
      assertThat(approval.method()).isEqualTo(method);
      assertThat(approval.card()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aClosedWindowIsAbandoned(Rig rig, boolean mobile) {
    Order order = rig.order(15_000);
    Window window = open(rig, mobile, order);
    PgReturn back = WORLD.browser().close(window);
    // Some windows lead to our page for closing, and say nothing.
    boolean tells = !rig.lacks(Lack.WORD_OF_CLOSING);
    if (tells && (!back.query().isEmpty() || back.body().length > 0)) {
      Returned returned = checkout(rig).authenticate(order, back);
      assertThat(returned).isInstanceOf(Returned.Abandoned.class);
      Decline decline = ((Returned.Abandoned) returned).decline();
      assertThat(decline.reason()).isEqualTo(Reason.ABANDONED);
      assertThat(decline.text()).isEqualTo("사용자가 결제를 취소했습니다.");
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void declinesWithItsReason(Rig rig, boolean mobile) {
    KeyInContractTest.DECLINES.forEach(
        (number, reason) -> {
          Order order = rig.order(5_000);
          PgReturn back = WORLD.browser().pay(open(rig, mobile, order), number);
          Decline decline =
              switch (checkout(rig).authenticate(order, back)) {
                case Returned.Authenticated auth ->
                    World.declined(checkout(rig).approve(order, WORLD.intent(order, auth)));
                case Returned.Abandoned(Decline inWindow) -> inWindow;
                case Returned.Left left -> throw new AssertionError(left);
                case Returned.Approved approved -> throw new AssertionError(approved);
                case Returned.Forged(String why) -> throw new AssertionError(why);
              };
          assertThat(decline.reason())
              .as(number + decline)
              .isEqualTo(rig.lacks(Lack.REASON) ? Reason.REFUSED : reason);
          assertThat(decline.text()).containsPattern("[가-힣]{2,}");
          assertThat(rig.charges(order)).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("windows")
  void endsWhatIsUnknown(Rig rig, boolean mobile) {
    for (String number : List.of("4000000000009001", "4000000000009002", "4000000000009004")) {
      Order order = rig.order(8_000);
      Map<String, String> intent = authenticated(rig, mobile, order, number);
      World.unknown(checkout(rig).approve(order, intent));
      converge(rig, order, intent, !number.endsWith("1"));
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void endsWhatIsApprovedAfterOurTimeout(Rig rig, boolean mobile) {
    Order order = rig.order(8_000);
    Map<String, String> intent = authenticated(rig, mobile, order, "4000000000009003");
    World.unknown(checkout(rig).approve(order, intent));
    assertThat(rig.left(order)).isZero();
    if (checkout(rig).approveEnds() == Ends.LOOKUP) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> rig.found(order).map(PgRecord::state).orElse(null),
              PgRecord.State.PAID::equals);
      assertThat(rig.left(order)).isEqualTo(8_000);
    } else {
      converge(rig, order, intent, false);
    }
  }

  /** By the end that the connector declares, and by no other. */
  private static void converge(Rig rig, Order order, Map<String, String> intent, boolean charged) {
    Connector connector = rig.connector();
    switch (checkout(rig).approveEnds()) {
      case LOOKUP -> {
        assertThat(rig.found(order).map(PgRecord::state))
            .isEqualTo(charged ? Optional.of(PgRecord.State.PAID) : rig.uncharged());
        assertThat(rig.left(order)).isEqualTo(charged ? 8_000 : 0);
      }
      case NET_CANCEL -> {
        NetCancel undo = connector.as(NetCancel.class).orElseThrow();
        World.ok(undo.netCancel(order, intent));
        // Its own answer may be lost as well: undoing twice is as good as once.
        World.ok(undo.netCancel(order, intent));
        assertThat(rig.left(order)).isZero();
        // And nothing can charge it any more.
        assertThat(checkout(rig).approve(order, intent))
            .isNotInstanceOf(dev.naru.connector.Outcome.Ok.class);
        assertThat(rig.left(order)).isZero();
      }
      case CANCEL_BY_REF, IDEMPOTENT_RETRY, NONE -> throw new AssertionError("no such end here");
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void sameAttemptTwiceChargesOnce(Rig rig, boolean mobile) {
    Order order = rig.order(8_000);
    Map<String, String> intent = authenticated(rig, mobile, order, World.GOOD);
    World.ok(checkout(rig).approve(order, intent));
    switch (checkout(rig).approve(order, intent)) {
      case dev.naru.connector.Outcome.Ok<Approval>(Approval same) ->
          assertThat(same.amount()).isEqualTo(order.amount());
      case dev.naru.connector.Outcome.Unknown<Approval> unsure ->
          assertThat(unsure.why()).isNotBlank();
      case dev.naru.connector.Outcome.Declined<Approval> no ->
          throw new AssertionError("a repeated call is no proof of a decline: " + no);
      case dev.naru.connector.Outcome.Pending<Approval> no -> throw new AssertionError(no);
    }
    assertThat(rig.charges(order)).hasSize(1);
    assertThat(rig.left(order)).isEqualTo(8_000);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void anotherOrdersReturnIsForged(Rig rig, boolean mobile) {
    Order cheap = rig.order(100);
    PgReturn back = WORLD.browser().pay(open(rig, mobile, cheap), World.GOOD);
    Order dear = rig.order(90_000);
    if (rig.lacks(Lack.NAMED_RETURN)) {
      open(rig, mobile, dear);
      Map<String, String> intent = WORLD.intent(dear, checkout(rig).authenticate(dear, back));
      assertThat(World.declined(checkout(rig).approve(dear, intent)).reason())
          .isEqualTo(Reason.BAD_REQUEST);
      assertThat(rig.left(cheap)).isZero();
    } else {
      assertThat(checkout(rig).authenticate(dear, back)).isInstanceOf(Returned.Forged.class);
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aReturnThatProvesNothingIsForged(Rig rig, boolean mobile) {
    PgReturn nothing = new PgReturn(new byte[0], "", Map.of(), "127.0.0.1");
    assertThat(checkout(rig).authenticate(rig.order(100), nothing))
        .isInstanceOf(Returned.Forged.class);
  }

  /** The URL that would approve comes through the browser. */
  @ParameterizedTest
  @MethodSource("windows")
  void aStrangersUrlIsForged(Rig rig, boolean mobile) {
    Order order = rig.order(100);
    PgReturn back = WORLD.browser().pay(open(rig, mobile, order), World.GOOD);
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
                  boolean checked = !rig.unread().contains(name);
                  assertThat(checkout(rig).authenticate(order, Browser.posted(fields, charset)))
                      .as(name)
                      .isInstanceOf(checked ? Returned.Forged.class : Returned.Authenticated.class);
                }
              }
            });
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aForgedAmountIsNotCharged(Rig rig, boolean mobile) {
    Order asked = rig.order(100);
    Map<String, String> intent = authenticated(rig, mobile, asked, World.GOOD);
    Order dear = World.expecting(90_000, asked);
    switch (checkout(rig).approve(dear, intent)) {
      // Where the PG does not compare, the approval says what was really paid.
      case dev.naru.connector.Outcome.Ok<Approval>(Approval less) ->
          assertThat(less.amount()).isEqualTo(rig.money(100));
      case dev.naru.connector.Outcome.Declined<Approval> no ->
          assertThat(rig.charges(asked)).isEmpty();
      case dev.naru.connector.Outcome.Unknown<Approval> no ->
          assertThat(rig.charges(asked)).isEmpty();
      case dev.naru.connector.Outcome.Pending<Approval> no -> throw new AssertionError(no);
    }
  }
}
