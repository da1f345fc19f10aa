package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Notice;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Window;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link OneStepCheckout}: the window charges, and only the PG itself proves that it did. */
@Execution(ExecutionMode.CONCURRENT)
final class OneStepContractTest {

  private static final World WORLD = World.get();

  static Stream<Arguments> windows() {
    return pgs()
        .flatMap(
            rig ->
                Stream.of(false, true)
                    .map(mobile -> Arguments.of(rig, Named.of(mobile ? "mobile" : "pc", mobile))));
  }

  static Stream<Rig> pgs() {
    return Rig.having(OneStepCheckout.class);
  }

  private static OneStepCheckout checkout(Rig rig) {
    return rig.connector(OneStepCheckout.class);
  }

  private static Window open(Rig rig, boolean mobile, Order order) {
    return World.ok(checkout(rig).open(order, WORLD.visit(mobile)));
  }

  private static Approval told(Rig rig, Order order) {
    return ((Notice.Approved)
            WORLD.notice(
                rig.pg(),
                notice ->
                    notice instanceof Notice.Approved one && one.orderId().equals(order.id())))
        .approval();
  }

  private static PgRecord found(Rig rig, Order order) {
    return rig.found(order).orElseThrow();
  }

  /** What this kind of window cannot be without. */
  @ParameterizedTest
  @MethodSource("pgs")
  void whatProvesAndWhatUndoesAChargeIsThere(Rig rig) {
    rig.connector(Lookup.class);
    rig.connector(Notifies.class);
    rig.connector(Cancels.class);
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
  void chargesByItselfAndProvesItTwice(Rig rig, boolean mobile) {
    Order order = rig.order(15_000);
    Window window = open(rig, mobile, order);
    assertThat(rig.found(order)).isEmpty();
    PgReturn back = WORLD.browser().pay(window, World.GOOD);
    assertThat(checkout(rig).authenticate(order, back)).isInstanceOf(Returned.Authenticated.class);
    PgRecord record = found(rig, order);
    assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
    Approval approval = record.approval().orElseThrow();
    assertThat(approval.amount()).isEqualTo(rig.money(15_000));
    assertThat(World.present(approval.card()).name()).endsWith("카드");
    Approval told = told(rig, order);
    assertThat(told.ref()).isEqualTo(approval.ref());
    assertThat(told.amount()).isEqualTo(approval.amount());
    assertThat(told.memo()).isEqualTo(approval.memo());
    assertThat(told.card()).isEqualTo(approval.card());
    assertThat(told.applyNum()).isEqualTo(approval.applyNum());
    World.ok(
        rig.connector(Cancels.class)
            .cancel(CancelOrder.reversal(order, told.ref(), told.memo(), "거절된 결제")));
    assertThat(rig.left(order)).isZero();
    assertThat(found(rig, order).state()).isEqualTo(PgRecord.State.CANCELED);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void namesTheMethodThatItCameToBe(Rig rig, boolean mobile) {
    for (String method : rig.methods().subList(1, rig.methods().size())) {
      Order order = rig.order(15_000, method);
      WORLD.browser().payBy(open(rig, mobile, order), method.equals("trans") ? "transfer" : method);
      Approval approval = found(rig, order).approval().orElseThrow();
      assertThat(approval.method()).isEqualTo(method);
      assertThat(approval.card()).isNull();
      assertThat(told(rig, order).method()).isEqualTo(method);
      CancelOrder whole = rig.cancel(order, approval, 15_000, 15_000);
      World.ok(rig.connector(Cancels.class).cancel(whole));
      assertThat(rig.left(order)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aClosedWindowIsAbandoned(Rig rig, boolean mobile) {
    Order order = rig.order(15_000);
    PgReturn back = WORLD.browser().close(open(rig, mobile, order));
    Decline decline = ((Returned.Abandoned) checkout(rig).authenticate(order, back)).decline();
    assertThat(decline.reason()).isEqualTo(Reason.ABANDONED);
    assertThat(rig.found(order)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("windows")
  void declinesWithItsReason(Rig rig, boolean mobile) {
    KeyInContractTest.DECLINES.forEach(
        (number, reason) -> {
          Order order = rig.order(5_000);
          PgReturn back = WORLD.browser().pay(open(rig, mobile, order), number);
          Decline decline =
              ((Returned.Abandoned) checkout(rig).authenticate(order, back)).decline();
          assertThat(decline.reason()).as(number + decline).isEqualTo(reason);
          assertThat(decline.text()).containsPattern("[가-힣]{2,}");
          assertThat(rig.charges(order)).isEmpty();
          assertThat(found(rig, order).state()).isEqualTo(PgRecord.State.DEAD);
        });
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aBrowserThatIsLostLeavesTheBooks(Rig rig, boolean mobile) {
    Order charged = rig.order(8_000);
    WORLD.browser().pay(open(rig, mobile, charged), "4000000000009002");
    assertThat(found(rig, charged).state()).isEqualTo(PgRecord.State.PAID);
    Order silent = rig.order(8_000);
    WORLD.browser().pay(open(rig, mobile, silent), "4000000000009001");
    assertThat(rig.found(silent)).isEmpty();
    Order late = rig.order(8_000);
    WORLD.browser().pay(open(rig, mobile, late), "4000000000009003");
    assertThat(found(rig, late).state()).isIn(PgRecord.State.RUNNING, PgRecord.State.PAID);
    assertThat(told(rig, late).amount()).isEqualTo(late.amount());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> found(rig, late).state(), PgRecord.State.PAID::equals);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void anOrderIsChargedOnce(Rig rig, boolean mobile) {
    Order order = rig.order(8_000);
    Window first = open(rig, mobile, order);
    Window second = open(rig, mobile, order);
    WORLD.browser().pay(first, World.GOOD);
    WORLD.browser().pay(second, World.GOOD);
    assertThat(rig.charges(order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void anAccountIsToldOfAndThenItsDeposit(Rig rig, boolean mobile) {
    Order order = rig.order(8_000, "vbank");
    PgReturn back = WORLD.browser().payBy(open(rig, mobile, order), "vbank");
    assertThat(checkout(rig).authenticate(order, back)).isInstanceOf(Returned.Authenticated.class);
    Approval issued = told(rig, order);
    Approval.Account account = World.present(issued.account());
    assertThat(found(rig, order).state()).isEqualTo(PgRecord.State.WAITING);
    assertThat(found(rig, order).approval().orElseThrow().account()).isEqualTo(account);
    WORLD.deposit(rig.pg(), account.number());
    Notice.Deposited deposited =
        (Notice.Deposited)
            WORLD.notice(
                rig.pg(),
                notice ->
                    notice instanceof Notice.Deposited one && order.id().equals(one.orderId()));
    assertThat(deposited.amount()).isEqualTo(order.amount());
    assertThat(deposited.depositor()).isEqualTo("임꺽정");
    assertThat(rig.left(order)).isEqualTo(8_000);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void anAccountNobodyWantsIsClosed(Rig rig) {
    Order order = rig.order(8_000, "vbank");
    WORLD.browser().payBy(open(rig, false, order), "vbank");
    Approval issued = told(rig, order);
    World.ok(
        rig.connector(Cancels.class)
            .cancel(CancelOrder.reversal(order, issued.ref(), issued.memo(), "거절된 결제")));
    assertThat(found(rig, order).state()).isEqualTo(PgRecord.State.DEAD);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aReturnOfAnotherOrderOrOfNothingIsForged(Rig rig, boolean mobile) {
    Order cheap = rig.order(100);
    PgReturn back = WORLD.browser().pay(open(rig, mobile, cheap), World.GOOD);
    assertThat(checkout(rig).authenticate(rig.order(90_000), back))
        .isInstanceOf(Returned.Forged.class);
    PgReturn nothing = new PgReturn(new byte[0], "", Map.of(), "127.0.0.1");
    assertThat(checkout(rig).authenticate(cheap, nothing)).isInstanceOf(Returned.Forged.class);
  }
}
