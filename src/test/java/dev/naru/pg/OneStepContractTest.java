package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Notice;
import dev.naru.connector.Order;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link OneStepCheckout}: the window charges, and only the PG itself proves that it did. */
final class OneStepContractTest {

  private static final World WORLD = World.get();

  static Stream<Arguments> windows() {
    return pgs()
        .flatMap(
            pg ->
                Stream.of(false, true)
                    .map(
                        mobile ->
                            Arguments.of(
                                Named.of(pg.code(), pg),
                                Named.of(mobile ? "mobile" : "pc", mobile))));
  }

  static Stream<Pg<?>> pgs() {
    return World.having(List.of(OneStepCheckout.class));
  }

  private static OneStepCheckout checkout(Pg<?> pg) {
    return WORLD.connector(pg, OneStepCheckout.class);
  }

  private static Window open(Pg<?> pg, boolean mobile, Order order) {
    return World.ok(checkout(pg).open(order, WORLD.visit(mobile)));
  }

  private static Approval told(Pg<?> pg, Order order) {
    return ((Notice.Approved)
            WORLD.notice(
                pg,
                notice ->
                    notice instanceof Notice.Approved one && one.orderId().equals(order.id())))
        .approval();
  }

  private static PgRecord found(Pg<?> pg, Order order) {
    return KeyInContractTest.found(pg, order).orElseThrow();
  }

  /** What this kind of window cannot be without. */
  @ParameterizedTest
  @MethodSource("pgs")
  void whatProvesAndWhatUndoesAChargeIsThere(Pg<?> pg) {
    WORLD.connector(pg, Lookup.class);
    WORLD.connector(pg, Notifies.class);
    WORLD.connector(pg, Cancels.class);
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
  void chargesByItselfAndProvesItTwice(Pg<?> pg, boolean mobile) {
    Order order = WORLD.order(15_000);
    Window window = open(pg, mobile, order);
    assertThat(KeyInContractTest.found(pg, order)).isEmpty();
    PgReturn back = WORLD.browser().pay(window, World.GOOD);
    assertThat(checkout(pg).authenticate(order, back)).isInstanceOf(Returned.Authenticated.class);
    PgRecord record = found(pg, order);
    assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
    Approval approval = record.approval().orElseThrow();
    assertThat(approval.amount()).isEqualTo(Money.krw(15_000));
    assertThat(World.present(approval.card()).name()).endsWith("카드");
    Approval told = told(pg, order);
    assertThat(told.ref()).isEqualTo(approval.ref());
    assertThat(told.amount()).isEqualTo(approval.amount());
    assertThat(told.memo()).isEqualTo(approval.memo());
    assertThat(told.card()).isEqualTo(approval.card());
    assertThat(told.applyNum()).isEqualTo(approval.applyNum());
    World.ok(
        WORLD
            .connector(pg, Cancels.class)
            .cancel(CancelOrder.reversal(order, told.ref(), told.memo(), "거절된 결제")));
    assertThat(WORLD.paid(pg, order)).isZero();
    assertThat(found(pg, order).state()).isEqualTo(PgRecord.State.CANCELED);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void namesTheMethodThatItCameToBe(Pg<?> pg, boolean mobile) {
    for (String method : List.of("trans", "phone")) {
      Order order = WORLD.order(15_000, method);
      WORLD.browser().payBy(open(pg, mobile, order), method.equals("trans") ? "transfer" : method);
      Approval approval = found(pg, order).approval().orElseThrow();
      assertThat(approval.method()).isEqualTo(method);
      assertThat(approval.card()).isNull();
      assertThat(told(pg, order).method()).isEqualTo(method);
      CancelOrder whole = WORLD.cancel(order, approval, 15_000, 15_000);
      World.ok(WORLD.connector(pg, Cancels.class).cancel(whole));
      assertThat(WORLD.paid(pg, order)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aClosedWindowIsAbandoned(Pg<?> pg, boolean mobile) {
    Order order = WORLD.order(15_000);
    PgReturn back = WORLD.browser().close(open(pg, mobile, order));
    Decline decline = ((Returned.Abandoned) checkout(pg).authenticate(order, back)).decline();
    assertThat(decline.reason()).isEqualTo(Reason.ABANDONED);
    assertThat(KeyInContractTest.found(pg, order)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("windows")
  void declinesWithItsReason(Pg<?> pg, boolean mobile) {
    KeyInContractTest.DECLINES.forEach(
        (number, reason) -> {
          Order order = WORLD.order(5_000);
          PgReturn back = WORLD.browser().pay(open(pg, mobile, order), number);
          Decline decline = ((Returned.Abandoned) checkout(pg).authenticate(order, back)).decline();
          assertThat(decline.reason()).as(number + decline).isEqualTo(reason);
          assertThat(decline.text()).containsPattern("[가-힣]{2,}");
          assertThat(WORLD.charges(pg, order)).isEmpty();
          assertThat(found(pg, order).state()).isEqualTo(PgRecord.State.DEAD);
        });
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aBrowserThatIsLostLeavesTheBooks(Pg<?> pg, boolean mobile) {
    Order charged = WORLD.order(8_000);
    WORLD.browser().pay(open(pg, mobile, charged), "4000000000009002");
    assertThat(found(pg, charged).state()).isEqualTo(PgRecord.State.PAID);
    Order silent = WORLD.order(8_000);
    WORLD.browser().pay(open(pg, mobile, silent), "4000000000009001");
    assertThat(KeyInContractTest.found(pg, silent)).isEmpty();
    Order late = WORLD.order(8_000);
    WORLD.browser().pay(open(pg, mobile, late), "4000000000009003");
    assertThat(found(pg, late).state()).isIn(PgRecord.State.RUNNING, PgRecord.State.PAID);
    assertThat(told(pg, late).amount()).isEqualTo(late.amount());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> found(pg, late).state(), PgRecord.State.PAID::equals);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void anOrderIsChargedOnce(Pg<?> pg, boolean mobile) {
    Order order = WORLD.order(8_000);
    Window first = open(pg, mobile, order);
    Window second = open(pg, mobile, order);
    WORLD.browser().pay(first, World.GOOD);
    WORLD.browser().pay(second, World.GOOD);
    assertThat(WORLD.charges(pg, order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void anAccountIsToldOfAndThenItsDeposit(Pg<?> pg, boolean mobile) {
    Order order = WORLD.order(8_000, "vbank");
    PgReturn back = WORLD.browser().payBy(open(pg, mobile, order), "vbank");
    assertThat(checkout(pg).authenticate(order, back)).isInstanceOf(Returned.Authenticated.class);
    Approval issued = told(pg, order);
    Approval.Account account = World.present(issued.account());
    assertThat(found(pg, order).state()).isEqualTo(PgRecord.State.WAITING);
    assertThat(found(pg, order).approval().orElseThrow().account()).isEqualTo(account);
    WORLD.deposit(pg, account.number());
    Notice.Deposited deposited =
        (Notice.Deposited)
            WORLD.notice(
                pg,
                notice ->
                    notice instanceof Notice.Deposited one && order.id().equals(one.orderId()));
    assertThat(deposited.amount()).isEqualTo(order.amount());
    assertThat(deposited.depositor()).isEqualTo("임꺽정");
    assertThat(WORLD.paid(pg, order)).isEqualTo(8_000);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void anAccountNobodyWantsIsClosed(Pg<?> pg) {
    Order order = WORLD.order(8_000, "vbank");
    WORLD.browser().payBy(open(pg, false, order), "vbank");
    Approval issued = told(pg, order);
    World.ok(
        WORLD
            .connector(pg, Cancels.class)
            .cancel(CancelOrder.reversal(order, issued.ref(), issued.memo(), "거절된 결제")));
    assertThat(found(pg, order).state()).isEqualTo(PgRecord.State.DEAD);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aReturnOfAnotherOrderOrOfNothingIsForged(Pg<?> pg, boolean mobile) {
    Order cheap = WORLD.order(100);
    PgReturn back = WORLD.browser().pay(open(pg, mobile, cheap), World.GOOD);
    assertThat(checkout(pg).authenticate(WORLD.order(90_000), back))
        .isInstanceOf(Returned.Forged.class);
    PgReturn nothing = new PgReturn(new byte[0], "", Map.of(), "127.0.0.1");
    assertThat(checkout(pg).authenticate(cheap, nothing)).isInstanceOf(Returned.Forged.class);
  }

  /** Whatever of a genuine notice is changed, it counts no more; unchanged it says the same. */
  @ParameterizedTest
  @MethodSource("pgs")
  void aChangedNoticeIsForged(Pg<?> pg) {
    Order order = WORLD.order(7_000);
    WORLD.browser().pay(open(pg, false, order), World.GOOD);
    Charset korean = Charset.forName("MS949");
    PgReturn raw = WORLD.raw(pg, order);
    Notifies reader = WORLD.connector(pg, Notifies.class);
    assertThat(reader.read(raw)).isEqualTo(reader.read(raw)).isInstanceOf(Notice.Approved.class);
    assertThat(raw.fields(korean)).containsEntry("pmtprdNm", order.name());
    assertThat(new String(raw.body(), StandardCharsets.US_ASCII)).contains("%C7%D1%B1%DB");
    for (Map.Entry<String, String> change :
        Map.of(
                "trdAmt", "70000",
                "mchtTrdNo", "ANOTHER",
                "mchtId", "nx_mid_il",
                "outStatCd", "0051",
                "trdDtm", "20260101000000",
                "pktHash", "")
            .entrySet()) {
      Map<String, String> fields = new HashMap<>(raw.fields(korean));
      fields.put(change.getKey(), change.getValue());
      assertThat(reader.read(Browser.posted(fields, korean)))
          .as(change.toString())
          // Of another contract it may be true, as that one's channel has to find out.
          .isInstanceOfAny(Notice.Forged.class, Notice.Elsewhere.class);
    }
  }
}
