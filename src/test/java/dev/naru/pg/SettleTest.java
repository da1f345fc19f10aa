package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Capability.VbankChanges;
import dev.naru.connector.Notice;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.VbankOrder;
import dev.naru.connector.order.Wishes;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Window;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What only Hecto Financial has: its notices' hash, and accounts of numbers the shop was given. */
@Execution(ExecutionMode.CONCURRENT)
final class SettleTest {

  private static final World WORLD = World.get();
  private static final Rig RIG = Rig.named("settle");

  private static Window window(Order order) {
    return World.ok(RIG.connector(OneStepCheckout.class).open(order, WORLD.visit(false)));
  }

  /** Whatever of a genuine notice is changed, it counts no more; unchanged it says the same. */
  @Test
  void aChangedNoticeIsForged() {
    Order order = RIG.order(7_000);
    WORLD.browser().pay(window(order), World.GOOD);
    Charset korean = Charset.forName("MS949");
    PgReturn raw = WORLD.raw(RIG.pg(), order);
    Notifies reader = RIG.connector(Notifies.class);
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

  private static Order into(String fixed, boolean unlimited, Order order) {
    return order.with(order.wishes().with(new Wishes.Account(null, fixed, unlimited)));
  }

  /** The accounts of Hecto's test contract. */
  @Test
  void aFixedAccountTakesOneOrderAfterTheOther() {
    Vbank vbank = RIG.connector(Vbank.class);
    String number = "2022004000001";
    VbankOrder fixed =
        new VbankOrder("004", VbankContractTest.due(RIG.order(1)), "나루상점", number, null);
    for (long won : List.of(3_000L, 4_000L)) {
      Order order = into(number, false, RIG.order(won, "vbank"));
      Approval approval = World.ok(vbank.open(order, fixed));
      assertThat(VbankContractTest.account(approval).number()).isEqualTo(number);
      assertThat(VbankContractTest.account(approval).holder()).isEqualTo("나루상점");
      Order second = into(number, false, RIG.order(won, "vbank"));
      assertThat(World.declined(vbank.open(second, fixed)).text()).contains("이미 발급");
      WORLD.deposit(RIG.pg(), number);
      VbankContractTest.genuine(approval, VbankContractTest.deposited(RIG, order));
    }
    Order order = into("110123456789", false, RIG.order(1, "vbank"));
    VbankOrder foreign =
        new VbankOrder("004", VbankContractTest.due(order), "나루상점", "110-123-456789", null);
    assertThat(World.declined(vbank.open(order, foreign)).text()).contains("할당된 계좌번호");
  }

  @Test
  void anUnlimitedAccountTakesDepositsThatNameItAlone() {
    String number = "2022011000056";
    Order order = into(number, true, RIG.order(1, "vbank")).with(RIG.money(0));
    Approval approval =
        World.ok(
            RIG.connector(Vbank.class)
                .open(
                    order,
                    new VbankOrder("011", VbankContractTest.due(order), "나루상점", number, null)));
    assertThat(approval.amount()).isEqualTo(RIG.money(0));
    for (long won : List.of(1_000L, 2_000L)) {
      WORLD
          .browser()
          .post("/_sim/vbanks/settle/" + number + "/deposit", "{\"amount\":" + won + "}");
      Notice.Deposited one =
          (Notice.Deposited)
              WORLD.notice(
                  RIG.pg(),
                  notice -> notice instanceof Notice.Deposited in && number.equals(in.account()));
      assertThat(one.orderId()).isNull();
      assertThat(one.amount()).isEqualTo(RIG.money(won));
      assertThat(World.present(one.ref())).isNotEqualTo(approval.ref());
      assertThat(one.depositor()).isEqualTo("나루상점");
      Order ofDeposit = order.with(RIG.money(won));
      PgRecord record =
          World.ok(RIG.connector(Lookup.class).find(ofDeposit, one.ref(), Map.of())).orElseThrow();
      assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
      assertThat(record.balance()).isEqualTo(RIG.money(won));
      Approval paid = record.approval().orElseThrow();
      CancelOrder back = World.refundedTo(RIG.cancel(ofDeposit, paid, won, won));
      World.ok(RIG.connector(Cancels.class).cancel(back));
      assertThat(
              World.ok(RIG.connector(Lookup.class).find(ofDeposit, one.ref(), Map.of()))
                  .orElseThrow()
                  .balance())
          .isEqualTo(RIG.money(0));
    }
    World.ok(
        RIG.connector(VbankChanges.class)
            .change(
                order,
                approval.ref(),
                VbankContractTest.account(approval),
                RIG.money(9),
                VbankContractTest.due(order)));
  }

  /** Hecto's own address for testers. */
  @Test
  void aDepositMayBePlayedAsHectoHasIt() {
    Order order = RIG.order(20_000, "vbank");
    Approval approval = VbankContractTest.opened(RIG, order);
    String query =
        "/settle/api/spay/APIVBankTest.do?mchtId=nxca_jt_il&method=VA&bizType=F1&vAcntNo="
            + VbankContractTest.account(approval).number()
            + "&trdAmt=";
    assertThat(WORLD.browser().get(query + "1")).contains("VA24");
    assertThat(WORLD.browser().get(query + "20000")).contains("\"outRsltCd\":\"0000\"");
    VbankContractTest.genuine(approval, VbankContractTest.deposited(RIG, order));
  }

  @Test
  void theNoticeOfAnIssueBringsTheAccount() {
    Order order = RIG.order(20_000, "vbank");
    Approval approval = VbankContractTest.opened(RIG, order);
    Notice.Approved issued =
        (Notice.Approved)
            WORLD.notice(
                RIG.pg(),
                notice ->
                    notice instanceof Notice.Approved one && one.orderId().equals(order.id()));
    // The notice has a time of its own, which may be in the next second.
    assertThat(issued.approval())
        .usingRecursiveComparison()
        .ignoringFields("at")
        .isEqualTo(approval);
    assertThat(issued.approval().at()).isBetween(approval.at(), approval.at().plusSeconds(60));
  }
}
