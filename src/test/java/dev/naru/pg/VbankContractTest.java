package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Order;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link Vbank}, virtual accounts of windows, and the {@link Notifies} that their deposits bring.
 */
final class VbankContractTest {

  private static final World WORLD = World.get();

  static Stream<Pg<?>> opening() {
    return World.having(List.of(Vbank.class, Cancels.class, Notifies.class));
  }

  private static Instant due(Order order) {
    return order.at().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MINUTES);
  }

  private static Approval opened(Pg<?> pg, Order order) {
    Vbank vbank = WORLD.connector(pg, Vbank.class);
    assertThat(vbank.vbankEnds()).isEqualTo(Ends.LOOKUP);
    return World.ok(vbank.open(order, "088", due(order), "나루상점", null));
  }

  private static Approval.Account account(Approval approval) {
    return World.present(approval.account());
  }

  @ParameterizedTest
  @MethodSource("opening")
  void opensAnAccount(Pg<?> pg) {
    Order order = WORLD.order(20_000, "vbank");
    Approval approval = opened(pg, order);
    Approval.Account account = account(approval);
    assertThat(account.bankCode()).isEqualTo("088");
    assertThat(account.bankName()).contains("신한");
    assertThat(account.number()).hasSizeGreaterThan(9);
    assertThat(account.due().truncatedTo(ChronoUnit.MINUTES)).isEqualTo(due(order));
    assertThat(approval.method()).isEqualTo("vbank");
    PgRecord record = KeyInContractTest.found(pg, order).orElseThrow();
    assertThat(record.state()).isEqualTo(PgRecord.State.WAITING);
    assertThat(record.approval().orElseThrow().account()).isEqualTo(account);
    assertThat(WORLD.paid(pg, order)).isZero();
  }

  @ParameterizedTest
  @MethodSource("opening")
  void revokesWhatNobodyPaid(Pg<?> pg) {
    Order order = WORLD.order(20_000, "vbank");
    Approval approval = opened(pg, order);
    World.ok(WORLD.connector(pg, Vbank.class).revoke(order, approval.ref(), "계좌 말소"));
    assertThat(KeyInContractTest.found(pg, order).orElseThrow().state())
        .isEqualTo(PgRecord.State.DEAD);
  }

  @ParameterizedTest
  @MethodSource("opening")
  void tellsOfADepositAndOfItsReversal(Pg<?> pg) {
    Order order = WORLD.order(20_000, "vbank");
    Approval approval = opened(pg, order);
    String number = account(approval).number();
    WORLD.deposit(pg, number);
    Notice.Deposited deposited =
        (Notice.Deposited)
            WORLD.notice(
                pg,
                notice ->
                    notice instanceof Notice.Deposited one && one.orderId().equals(order.id()));
    genuine(approval, deposited);
    assertThat(deposited.acknowledgement()).isEqualTo("OK");
    PgRecord record = KeyInContractTest.found(pg, order).orElseThrow();
    assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
    assertThat(record.balance()).isEqualTo(order.amount());
    assertThat(record.approval().orElseThrow().account()).isNull();
    WORLD.reverse(pg, number);
    WORLD.notice(
        pg,
        notice -> notice instanceof Notice.DepositReversed one && one.orderId().equals(order.id()));
    assertThat(KeyInContractTest.found(pg, order).orElseThrow().state())
        .isEqualTo(PgRecord.State.WAITING);
  }

  /**
   * What lets the caller believe a notice: a secret that only the PG and we know, or all that the
   * approval said, with the addresses the PG lists and a look-up on top.
   */
  private static void genuine(Approval approval, Notice.Deposited deposited) {
    String secret = approval.memo().get("secret");
    if (secret != null) {
      assertThat(deposited.secret()).isEqualTo(secret);
    } else {
      assertThat(deposited.ref()).isEqualTo(approval.ref());
      assertThat(deposited.amount()).isEqualTo(approval.amount());
      if (deposited.account() != null) {
        assertThat(deposited.account()).isEqualTo(account(approval).number());
      }
      assertThat(deposited.depositor()).isIn("임꺽정", "홍길동");
    }
  }

  @ParameterizedTest
  @MethodSource("opening")
  void refundsToAnAccount(Pg<?> pg) {
    Order order = WORLD.order(20_000, "vbank");
    Approval approval = opened(pg, order);
    WORLD.deposit(pg, account(approval).number());
    Cancels cancels = WORLD.connector(pg, Cancels.class);
    CancelOrder part = WORLD.cancel(order, approval, 5_000, 20_000);
    assertThat(World.declined(cancels.cancel(part)).reason()).isEqualTo(Reason.BAD_REFUND_ACCOUNT);
    World.ok(cancels.cancel(World.refundedTo(WORLD.cancel(order, approval, 5_000, 20_000))));
    World.ok(cancels.cancel(World.refundedTo(WORLD.cancel(order, approval, 15_000, 15_000))));
    assertThat(WORLD.paid(pg, order)).isZero();
  }

  static Stream<Arguments> windows() {
    return World.having(List.of(Checkout.class, Vbank.class))
        .flatMap(
            pg ->
                Stream.of(false, true)
                    .map(
                        mobile ->
                            Arguments.of(
                                Named.of(pg.code(), pg),
                                Named.of(mobile ? "mobile" : "pc", mobile))));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aWindowOpensAnAccount(Pg<?> pg, boolean mobile) {
    Order plain = WORLD.order(20_000, "vbank");
    Instant due = due(plain);
    Order order =
        new Order(
            plain.id(),
            plain.name(),
            "vbank",
            plain.amount(),
            plain.tax(),
            plain.buyer(),
            0,
            plain.at(),
            Map.of("vbank_due", Long.toString(due.getEpochSecond())));
    Checkout checkout = WORLD.connector(pg, Checkout.class);
    Window window = World.ok(checkout.open(order, WORLD.visit(mobile)));
    PgReturn back = WORLD.browser().payBy(window, "vbank");
    Returned.Authenticated auth = (Returned.Authenticated) checkout.authenticate(order, back);
    Approval approval = World.ok(checkout.approve(order, auth.intent()));
    Approval.Account account = account(approval);
    assertThat(account.due().truncatedTo(ChronoUnit.MINUTES)).isEqualTo(due);
    assertThat(account.bankCode()).isEqualTo("088");
    assertThat(approval.amount()).isEqualTo(Money.krw(20_000));
    WORLD.deposit(pg, account.number());
    Notice.Deposited deposited =
        (Notice.Deposited)
            WORLD.notice(
                pg,
                notice ->
                    notice instanceof Notice.Deposited one && one.orderId().equals(order.id()));
    genuine(approval, deposited);
  }

  @ParameterizedTest
  @MethodSource("opening")
  void aForgedNoticeMovesNothingByItself(Pg<?> pg) {
    Notifies reader = WORLD.connector(pg, Notifies.class);
    for (String body :
        List.of(
            "", "{", "[]", "{\"orderId\":1}", "type_msg=0200&no_oid=A", "P_STATUS=02&P_OID=A")) {
      Map<String, String> type =
          Map.of(
              "content-type",
              body.contains("=") ? "application/x-www-form-urlencoded" : "application/json");
      PgReturn forged =
          new PgReturn(
              body.getBytes(java.nio.charset.StandardCharsets.UTF_8), "", type, "203.0.113.9");
      assertThat(reader.read(forged)).isInstanceOf(Notice.Ignored.class);
    }
  }
}
