package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Capability.VbankChanges;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Order;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.VbankOrder;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import dev.naru.pg.settle.Settle;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
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
    return World.ok(vbank.open(order, new VbankOrder("088", due(order), "나루상점", null, null)));
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
    World.ok(
        WORLD.connector(pg, Vbank.class).revoke(order, approval.ref(), account(approval), "계좌 말소"));
    assertThat(KeyInContractTest.found(pg, order).orElseThrow().state())
        .isEqualTo(PgRecord.State.DEAD);
  }

  @ParameterizedTest
  @MethodSource("opening")
  void tellsOfADeposit(Pg<?> pg) {
    Order order = WORLD.order(20_000, "vbank");
    Approval approval = opened(pg, order);
    String number = account(approval).number();
    WORLD.deposit(pg, number);
    Notice.Deposited deposited = deposited(pg, order);
    genuine(approval, deposited);
    assertThat(deposited.acknowledgement()).isEqualTo("OK");
    PgRecord record = KeyInContractTest.found(pg, order).orElseThrow();
    assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
    assertThat(record.balance()).isEqualTo(order.amount());
    assertThat(record.approval().orElseThrow().account()).isNull();
  }

  /** Hecto Financial is not known to tell, or to have, a deposit that a bank took back. */
  static Stream<Pg<?>> reversing() {
    return opening().filter(pg -> !pg.code().equals("settle"));
  }

  @ParameterizedTest
  @MethodSource("reversing")
  void tellsOfADepositThatWasTakenBack(Pg<?> pg) {
    Order order = WORLD.order(20_000, "vbank");
    String number = account(opened(pg, order)).number();
    WORLD.deposit(pg, number);
    WORLD.reverse(pg, number);
    WORLD.notice(
        pg,
        notice -> notice instanceof Notice.DepositReversed one && one.orderId().equals(order.id()));
    assertThat(KeyInContractTest.found(pg, order).orElseThrow().state())
        .isEqualTo(PgRecord.State.WAITING);
  }

  private static Notice.Deposited deposited(Pg<?> pg, Order order) {
    return (Notice.Deposited)
        WORLD.notice(
            pg,
            notice -> notice instanceof Notice.Deposited one && order.id().equals(one.orderId()));
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

  static Stream<Pg<?>> changing() {
    return World.having(List.of(Vbank.class, VbankChanges.class, Notifies.class));
  }

  @ParameterizedTest
  @MethodSource("changing")
  void changesWhatIsToBePaidIn(Pg<?> pg) {
    Order order = WORLD.order(20_000, "vbank");
    Approval approval = opened(pg, order);
    VbankChanges changes = WORLD.connector(pg, VbankChanges.class);
    Instant later = due(order).plus(Duration.ofDays(2));
    World.ok(changes.change(order, approval.ref(), account(approval), Money.krw(15_000), later));
    Approval changed =
        World.ok(
            changes.change(order, approval.ref(), account(approval), Money.krw(15_000), later));
    assertThat(changed.amount()).isEqualTo(Money.krw(15_000));
    assertThat(account(changed).number()).isEqualTo(account(approval).number());
    assertThat(account(changed).due()).isEqualTo(later);
    WORLD.deposit(pg, account(approval).number());
    assertThat(deposited(pg, order).amount()).isEqualTo(Money.krw(15_000));
    assertThat(WORLD.paid(pg, order)).isEqualTo(15_000);
    World.declined(
        changes.change(order, approval.ref(), account(approval), Money.krw(20_000), later));
  }

  private static Order with(Order order, long won, Map<String, String> options) {
    return new Order(
        order.id(),
        order.name(),
        order.method(),
        Money.krw(won),
        order.tax(),
        order.buyer(),
        0,
        order.at(),
        options);
  }

  /** The accounts of Hecto's test contract. */
  @Test
  void aFixedAccountTakesOneOrderAfterTheOther() {
    Pg<?> pg = Settle.PG;
    Vbank vbank = WORLD.connector(pg, Vbank.class);
    String number = "2022004000001";
    VbankOrder fixed = new VbankOrder("004", due(WORLD.order(1)), "나루상점", number, null);
    for (long won : List.of(3_000L, 4_000L)) {
      Order order = with(WORLD.order(won, "vbank"), won, Map.of(VbankOrder.NUMBER, number));
      Approval approval = World.ok(vbank.open(order, fixed));
      assertThat(account(approval).number()).isEqualTo(number);
      assertThat(account(approval).holder()).isEqualTo("나루상점");
      Order second = with(WORLD.order(won, "vbank"), won, order.options());
      assertThat(World.declined(vbank.open(second, fixed)).text()).contains("이미 발급");
      WORLD.deposit(pg, number);
      genuine(approval, deposited(pg, order));
    }
    Order order = with(WORLD.order(1, "vbank"), 1, Map.of(VbankOrder.NUMBER, "110123456789"));
    VbankOrder foreign = new VbankOrder("004", due(order), "나루상점", "110-123-456789", null);
    assertThat(World.declined(vbank.open(order, foreign)).text()).contains("할당된 계좌번호");
  }

  @Test
  void anUnlimitedAccountTakesDepositsThatNameItAlone() {
    Pg<?> pg = Settle.PG;
    String number = "2022011000056";
    Map<String, String> options = Map.of(VbankOrder.NUMBER, number, VbankOrder.UNLIMITED, "true");
    Order order = with(WORLD.order(1, "vbank"), 0, options);
    Approval approval =
        World.ok(
            WORLD
                .connector(pg, Vbank.class)
                .open(order, new VbankOrder("011", due(order), "나루상점", number, null)));
    assertThat(approval.amount()).isEqualTo(Money.krw(0));
    for (long won : List.of(1_000L, 2_000L)) {
      WORLD
          .browser()
          .post("/_sim/vbanks/settle/" + number + "/deposit", "{\"amount\":" + won + "}");
      Notice.Deposited one =
          (Notice.Deposited)
              WORLD.notice(
                  pg,
                  notice -> notice instanceof Notice.Deposited in && number.equals(in.account()));
      assertThat(one.orderId()).isNull();
      assertThat(one.amount()).isEqualTo(Money.krw(won));
      assertThat(World.present(one.ref())).isNotEqualTo(approval.ref());
      assertThat(one.depositor()).isEqualTo("나루상점");
      Order ofDeposit = with(order, won, options);
      PgRecord record =
          World.ok(WORLD.connector(pg, Lookup.class).find(ofDeposit, one.ref(), Map.of()))
              .orElseThrow();
      assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
      assertThat(record.balance()).isEqualTo(Money.krw(won));
      Approval paid = record.approval().orElseThrow();
      CancelOrder back = World.refundedTo(WORLD.cancel(ofDeposit, paid, won, won));
      World.ok(WORLD.connector(pg, Cancels.class).cancel(back));
      assertThat(
              World.ok(WORLD.connector(pg, Lookup.class).find(ofDeposit, one.ref(), Map.of()))
                  .orElseThrow()
                  .balance())
          .isEqualTo(Money.krw(0));
    }
    World.ok(
        WORLD
            .connector(pg, VbankChanges.class)
            .change(order, approval.ref(), account(approval), Money.krw(9), due(order)));
  }

  /** Hecto's own address for testers. */
  @Test
  void aDepositMayBePlayedAsHectoHasIt() {
    Order order = WORLD.order(20_000, "vbank");
    Approval approval = opened(Settle.PG, order);
    String query =
        "/settle/api/spay/APIVBankTest.do?mchtId=nxca_jt_il&method=VA&bizType=F1&vAcntNo="
            + account(approval).number()
            + "&trdAmt=";
    assertThat(WORLD.browser().get(query + "1")).contains("VA24");
    assertThat(WORLD.browser().get(query + "20000")).contains("\"outRsltCd\":\"0000\"");
    genuine(approval, deposited(Settle.PG, order));
  }

  @Test
  void theNoticeOfAnIssueBringsTheAccount() {
    Order order = WORLD.order(20_000, "vbank");
    Approval approval = opened(Settle.PG, order);
    Notice.Approved issued =
        (Notice.Approved)
            WORLD.notice(
                Settle.PG,
                notice ->
                    notice instanceof Notice.Approved one && one.orderId().equals(order.id()));
    assertThat(issued.approval()).isEqualTo(approval);
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
    genuine(approval, deposited(pg, order));
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
      assertThat(reader.read(forged))
          .isInstanceOfAny(
              Notice.Ignored.class,
              Notice.Forged.class,
              Notice.Elsewhere.class,
              Notice.Unreadable.class);
    }
  }
}
