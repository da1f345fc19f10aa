package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Capability.VbankChanges;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.VbankOrder;
import dev.naru.connector.order.Wishes;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Window;
import dev.naru.pg.Rig.Lack;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link Vbank}, virtual accounts of windows, and the {@link Notifies} that their deposits bring.
 */
@Execution(ExecutionMode.CONCURRENT)
final class VbankContractTest {

  private static final World WORLD = World.get();

  static Stream<Rig> opening() {
    return Rig.having(Vbank.class, Cancels.class, Notifies.class);
  }

  static Instant due(Order order) {
    return order.at().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MINUTES);
  }

  static Approval opened(Rig rig, Order order) {
    Vbank vbank = rig.connector(Vbank.class);
    assertThat(vbank.vbankEnds()).isIn(Ends.LOOKUP, Ends.CANCEL_BY_REF);
    return World.ok(vbank.open(order, new VbankOrder("088", due(order), "나루상점", null, null)));
  }

  static Approval.Account account(Approval approval) {
    return World.present(approval.account());
  }

  @ParameterizedTest
  @MethodSource("opening")
  void opensAnAccount(Rig rig) {
    Order order = rig.order(20_000, "vbank");
    Approval approval = opened(rig, order);
    Approval.Account account = account(approval);
    assertThat(account.bankCode()).isEqualTo("088");
    assertThat(account.bankName()).contains("신한");
    assertThat(account.number()).hasSizeGreaterThan(9);
    assertThat(account.due().truncatedTo(ChronoUnit.MINUTES)).isEqualTo(due(order));
    assertThat(approval.method()).isEqualTo("vbank");
    PgRecord record = rig.found(order).orElseThrow();
    if (rig.lacks(Lack.DETAILS_IN_BOOKS)) {
      assertThat(record.state()).isEqualTo(PgRecord.State.STANDING);
      assertThat(record.approval().orElseThrow().account()).isNull();
    } else {
      assertThat(record.state()).isEqualTo(PgRecord.State.WAITING);
      assertThat(record.approval().orElseThrow().account()).isEqualTo(account);
    }
    assertThat(rig.left(order)).isZero();
  }

  @ParameterizedTest
  @MethodSource("opening")
  void revokesWhatNobodyPaid(Rig rig) {
    Order order = rig.order(20_000, "vbank");
    Approval approval = opened(rig, order);
    World.ok(rig.connector(Vbank.class).revoke(order, approval.ref(), account(approval), "계좌 말소"));
    assertThat(rig.found(order).orElseThrow().state())
        .isEqualTo(
            rig.lacks(Lack.DETAILS_IN_BOOKS) ? PgRecord.State.CANCELED : PgRecord.State.DEAD);
  }

  @ParameterizedTest
  @MethodSource("opening")
  void tellsOfADeposit(Rig rig) {
    Order order = rig.order(20_000, "vbank");
    Approval approval = opened(rig, order);
    String number = account(approval).number();
    WORLD.deposit(rig.pg(), number);
    Notice.Deposited deposited = deposited(rig, order);
    genuine(approval, deposited);
    assertThat(deposited.acknowledgement()).isEqualTo("OK");
    PgRecord record = rig.found(order).orElseThrow();
    assertThat(record.balance()).isEqualTo(order.amount());
    if (rig.lacks(Lack.DETAILS_IN_BOOKS)) {
      assertThat(record.state()).isEqualTo(PgRecord.State.STANDING);
    } else {
      assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
      assertThat(record.approval().orElseThrow().account()).isNull();
    }
  }

  static Stream<Rig> reversing() {
    return Rig.some(opening().filter(rig -> !rig.lacks(Lack.DEPOSIT_REVERSAL)));
  }

  @ParameterizedTest
  @MethodSource("reversing")
  void tellsOfADepositThatWasTakenBack(Rig rig) {
    Order order = rig.order(20_000, "vbank");
    String number = account(opened(rig, order)).number();
    WORLD.deposit(rig.pg(), number);
    WORLD.reverse(rig.pg(), number);
    WORLD.notice(
        rig.pg(),
        notice -> notice instanceof Notice.DepositReversed one && one.orderId().equals(order.id()));
    assertThat(rig.found(order).orElseThrow().state()).isEqualTo(PgRecord.State.WAITING);
  }

  static Notice.Deposited deposited(Rig rig, Order order) {
    return (Notice.Deposited)
        WORLD.notice(
            rig.pg(),
            notice -> notice instanceof Notice.Deposited one && order.id().equals(one.orderId()));
  }

  /**
   * What lets the caller believe a notice: a secret that only the PG and we know, or all that the
   * approval said, with the addresses the PG lists and a look-up on top.
   */
  static void genuine(Approval approval, Notice.Deposited deposited) {
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
  void refundsToAnAccount(Rig rig) {
    Order order = rig.order(20_000, "vbank");
    Approval approval = opened(rig, order);
    WORLD.deposit(rig.pg(), account(approval).number());
    Cancels cancels = rig.connector(Cancels.class);
    CancelOrder part = rig.cancel(order, approval, 5_000, 20_000);
    assertThat(World.declined(cancels.cancel(part)).reason()).isEqualTo(Reason.BAD_REFUND_ACCOUNT);
    World.ok(cancels.cancel(World.refundedTo(rig.cancel(order, approval, 5_000, 20_000))));
    World.ok(cancels.cancel(World.refundedTo(rig.cancel(order, approval, 15_000, 15_000))));
    assertThat(rig.left(order)).isZero();
  }

  static Stream<Rig> changing() {
    return Rig.having(Vbank.class, VbankChanges.class, Notifies.class);
  }

  @ParameterizedTest
  @MethodSource("changing")
  void changesWhatIsToBePaidIn(Rig rig) {
    Order order = rig.order(20_000, "vbank");
    Approval approval = opened(rig, order);
    VbankChanges changes = rig.connector(VbankChanges.class);
    Instant later = due(order).plus(Duration.ofDays(2));
    World.ok(changes.change(order, approval.ref(), account(approval), rig.money(15_000), later));
    Approval changed =
        World.ok(
            changes.change(order, approval.ref(), account(approval), rig.money(15_000), later));
    assertThat(changed.amount()).isEqualTo(rig.money(15_000));
    assertThat(account(changed).number()).isEqualTo(account(approval).number());
    assertThat(account(changed).due()).isEqualTo(later);
    WORLD.deposit(rig.pg(), account(approval).number());
    assertThat(deposited(rig, order).amount()).isEqualTo(rig.money(15_000));
    assertThat(rig.left(order)).isEqualTo(15_000);
    World.declined(
        changes.change(order, approval.ref(), account(approval), rig.money(20_000), later));
  }

  static Stream<Arguments> windows() {
    return Rig.having(Checkout.class, Vbank.class)
        .flatMap(
            rig ->
                Stream.of(false, true)
                    .map(mobile -> Arguments.of(rig, Named.of(mobile ? "mobile" : "pc", mobile))));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aWindowOpensAnAccount(Rig rig, boolean mobile) {
    Order plain = rig.order(20_000, "vbank");
    Instant due = due(plain);
    Order order = plain.with(plain.wishes().with(new Wishes.Account(due, null, false)));
    Checkout checkout = rig.connector(Checkout.class);
    Window window = World.ok(checkout.open(order, WORLD.visit(mobile)));
    PgReturn back = WORLD.browser().payBy(window, "vbank");
    Returned.Authenticated auth = (Returned.Authenticated) checkout.authenticate(order, back);
    Approval approval = World.ok(checkout.approve(order, auth.intent()));
    Approval.Account account = account(approval);
    assertThat(account.due().truncatedTo(ChronoUnit.MINUTES)).isEqualTo(due);
    assertThat(account.bankCode()).isEqualTo("088");
    assertThat(approval.amount()).isEqualTo(rig.money(20_000));
    WORLD.deposit(rig.pg(), account.number());
    genuine(approval, deposited(rig, order));
  }

  @ParameterizedTest
  @MethodSource("opening")
  void aForgedNoticeMovesNothingByItself(Rig rig) {
    Notifies reader = rig.connector(Notifies.class);
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
      assertThat(reader.read(forged))
          .isInstanceOfAny(
              Notice.Ignored.class,
              Notice.Forged.class,
              Notice.Elsewhere.class,
              Notice.Unreadable.class);
    }
  }
}
