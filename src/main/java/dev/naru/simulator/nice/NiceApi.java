package dev.naru.simulator.nice;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Entry.Delivery;
import dev.naru.simulator.kit.book.Entry.KeyStage;
import dev.naru.simulator.kit.book.Entry.Receipt;
import dev.naru.simulator.kit.book.Entry.ReceiptStage;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.ReceiptDesk;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a shop's server asks NICE: forms in EUC-KR, each signed over other fields. */
final class NiceApi {

  private final Till till;
  private final Ledger ledger;
  private final ReceiptDesk desk;

  NiceApi(Till till) {
    this.till = till;
    ledger = till.ledger();
    desk = new ReceiptDesk(till);
  }

  /** One message, and how it is answered. */
  private record Asked(Map<String, String> form) {

    String get(String name) {
      return form.getOrDefault(name, "").strip();
    }

    long amount(String name) {
      return Numbers.amount(get(name));
    }

    Answer.Reply no(Refusal refusal) {
      return NiceAnswers.say(
          form, Map.of("ResultCode", refusal.code(), "ResultMsg", refusal.text()));
    }

    Refused refused(String code) {
      return new Refused(no(NiceMerchant.refusal(code, "")));
    }

    void refuseIf(boolean wrong, String code) {
      if (wrong) {
        throw refused(code);
      }
    }

    /** What it is about is answered as it was asked. */
    Answer.Reply say(String answer, Map<String, String> facts) {
      Map<String, String> all = new HashMap<>(form);
      all.putAll(facts);
      return NiceAnswers.say(form, NiceAnswers.fields(answer, all));
    }

    Voice<Charge> voice(Function<Charge, Map<String, String>> yes) {
      return new Voice<>(
          Nice.CODES::of, this::no, charge -> NiceAnswers.say(form, yes.apply(charge)));
    }

    /** Throws {@link Refused} unless there is one, and it is theirs. */
    Charge theirs(@Nullable Charge charge, String otherwise) {
      if (charge == null || !charge.order().merchant().equals(get("MID"))) {
        throw refused(otherwise);
      }
      return charge;
    }
  }

  Answer handle(Call call) {
    if (!call.method().equals("POST") || !NiceMerchant.isMessage(call.path())) {
      return Answer.Reply.notFound();
    }
    Asked asked = new Asked(call.form(Call.EUC_KR));
    Refusal wrong = NiceMerchant.wrong(call.path(), asked.form());
    try {
      return wrong == null ? answer(call.path(), asked) : asked.no(wrong);
    } catch (Refused no) {
      return no.answer();
    }
  }

  private Answer answer(String path, Asked asked) {
    return switch (path.substring("/webapi/".length())) {
      case "pay_process.jsp", "net_cancel.jsp" -> ofToken(asked);
      case "cancel_process.jsp" ->
          ledger.receipt(asked.get("TID")) == null ? cancel(asked) : cancelReceipt(asked);
      case "inquery/trans_status.jsp" -> status(asked);
      case "card_keyin.jsp" -> pay(asked, card(asked, NiceMerchant.open(asked.get("EncData"))));
      case "billing/billing_regist.jsp" -> register(asked);
      case "billing/billing_approve.jsp" ->
          pay(asked, key(asked).means().paidBy(asked.get("BID"), (int) asked.amount("CardQuota")));
      case "billing/billkey_remove.jsp" -> {
        ledger.save(key(asked).as(KeyStage.DELETED));
        yield asked.say("removed", Map.of());
      }
      case "get_vacount.jsp" -> pay(asked, account(asked));
      case "cash_receipt.jsp" -> receipt(asked);
      case "escrow_process.jsp" -> ledger.locked(asked.get("TID"), () -> deliver(asked));
      default -> Answer.Reply.notFound();
    };
  }

  /** What the window gave out a token for: to be approved, or undone whatever became of it. */
  private Answer ofToken(Asked asked) {
    Charge known = asked.theirs(ledger.charge(asked.get("AuthToken")), "A210");
    asked.refuseIf(!known.tid().equals(asked.get("TID")), "A210");
    asked.refuseIf(asked.amount("Amt") != known.order().amount(), "A123");
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = asked.theirs(ledger.charge(known.id()), "A210");
          if (!asked.get("NetCancel").isEmpty()) {
            long amount = till.undo(charge, "망취소").order().amount();
            return asked.say("undone", NiceAnswers.cancelled(amount, till.now()));
          }
          asked.refuseIf(!charge.isApprovable(), "2201");
          return till.approve(charge, asked.voice(NiceAnswers::approved));
        });
  }

  /** Whether it stands: what it was about, and what is left of it, is not told. */
  private Answer status(Asked asked) {
    Charge charge = ledger.byTid(asked.get("TID"));
    return asked.say(
        "status",
        charge != null && charge.charged() ? NiceAnswers.facts(charge) : Map.of("Status", "9"));
  }

  /** What is wrong with its data is found out before anybody is asked about it. */
  private Means card(Asked asked, Map<String, String> data) {
    String number = data.getOrDefault("CardNo", "");
    String expiry = data.getOrDefault("CardExpire", "    ");
    String year = data.getOrDefault("ExpYear", expiry.substring(0, 2));
    String month = data.getOrDefault("ExpMonth", expiry.substring(2));
    asked.refuseIf(!Cards.wellFormed(number), Nice.CODES.of(Effect.NUMBER).code());
    asked.refuseIf(Cards.expired(year, month, till.now()), Nice.CODES.of(Effect.EXPIRED).code());
    return Means.card(number, (int) Math.max(0, asked.amount("CardQuota")));
  }

  private Answer register(Asked asked) {
    Means means = card(asked, NiceMerchant.open(asked.get("EncData")));
    if (means.effect().invalidCard()) {
      throw new Refused(asked.no(Nice.CODES.of(means.effect())));
    }
    String mid = asked.get("MID");
    String now = NiceAnswers.stamp(till.now());
    String bid = "BIKY" + mid + now + Numbers.serial(4);
    ledger.save(new Entry.Key(bid, mid, asked.get("Moid"), means, KeyStage.ACTIVE));
    Map<String, String> facts = new HashMap<>(NiceAnswers.card(means.card()));
    facts.put("BID", bid);
    facts.put("AuthDate", now);
    return asked.say("key", facts);
  }

  private Entry.Key key(Asked asked) {
    return ledger
        .usable(asked.get("BID"), asked.get("MID"))
        .orElseThrow(() -> asked.refused("A126"));
  }

  private Means account(Asked asked) {
    String bank = asked.get("BankCode").substring(1);
    asked.refuseIf(Cards.bank(bank).isEmpty(), "4104");
    return new Means(Method.VBANK, Effect.APPROVE, null, null, null)
        .withAccount(
            new Account(
                bank,
                Numbers.digits(14),
                asked.get("VbankAccountName"),
                Seoul.due(asked.get("VbankExpDate"), till.now().plus(Duration.ofDays(7))),
                ""));
  }

  /** Under a transaction id of the shop's, which is good for one transaction. */
  private Answer pay(Asked asked, Means means) {
    String tid = asked.get("TID");
    Map<String, String> more =
        Map.of(
            "PayMethod", means.method().name(),
            "BuyerName", asked.get("BuyerName"),
            "AuthCode", Numbers.digits(8));
    String id = asked.get("Moid");
    long amount = asked.amount("Amt");
    Order order = new Order(asked.get("MID"), id, amount, asked.get("GoodsName"), more);
    return ledger.locked(
        order.id(),
        () -> {
          Charge known = ledger.byTid(tid);
          asked.refuseIf(known != null && known.status() != Status.SILENCED, "A225");
          return till.charge(
              Charge.begun(tid, order, means, till.now()), asked.voice(NiceAnswers::approved));
        });
  }

  private Answer cancel(Asked asked) {
    Charge known = asked.theirs(ledger.byTid(asked.get("TID")), "2012");
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = asked.theirs(ledger.byTid(known.tid()), "2012");
          check(asked, charge);
          return till.cancel(
              charge,
              asked.amount("CancelAmt"),
              asked.get("CancelMsg"),
              "",
              asked.voice(NiceAnswers::cancelled));
        });
  }

  private static void check(Asked asked, Charge charge) {
    long amount = asked.amount("CancelAmt");
    boolean part = asked.get("PartialCancelCode").equals("1");
    asked.refuseIf(!charge.charged(), "2012");
    asked.refuseIf(charge.status() == Status.CANCELLED, "2013");
    asked.refuseIf(charge.cancelIs(Stage.PENDING), "2015");
    asked.refuseIf(part && amount > charge.balance(), "2032");
    asked.refuseIf(!part && amount != charge.order().amount(), "2011");
    asked.refuseIf(!part && charge.status() == Status.PARTLY_CANCELLED, "2031");
    boolean whereTo =
        asked.get("RefundAcctNo").matches("\\d{6,16}")
            && asked.get("RefundBankCd").matches("0\\d\\d")
            && !asked.get("RefundAcctNm").isEmpty();
    if (charge.means().method() == Method.VBANK && charge.paid() && !whereTo) {
      throw new Refused(asked.no(NiceMerchant.refusal("A117", "환불 계좌")));
    }
  }

  private Answer receipt(Asked asked) {
    long free = asked.amount("ReceiptTaxFreeAmt");
    long parts =
        asked.amount("ReceiptSupplyAmt")
            + asked.amount("ReceiptVAT")
            + asked.amount("ReceiptServiceAmt")
            + free;
    asked.refuseIf(parts != asked.amount("ReceiptAmt"), "7005");
    Receipt fresh =
        new Receipt(
            asked.get("TID"),
            asked.get("MID"),
            asked.get("Moid"),
            new Entry.Amounts(parts, free),
            asked.get("ReceiptType"),
            Numbers.digits(9),
            Cards.effect(asked.get("ReceiptTypeNo")),
            ReceiptStage.ISSUED,
            till.now(),
            null);
    return ledger.locked(
        fresh.id(),
        () -> {
          Receipt known = ledger.receipt(fresh.id());
          asked.refuseIf(known != null && known.stage() != ReceiptStage.SILENCED, "7003");
          return desk.issue(fresh, told(asked));
        });
  }

  private Answer cancelReceipt(Asked asked) {
    return ledger.locked(
        asked.get("TID"),
        () -> {
          Receipt receipt = ledger.receipt(asked.get("TID"));
          if (receipt == null || !receipt.merchant().equals(asked.get("MID"))) {
            throw asked.refused("2012");
          }
          asked.refuseIf(receipt.stage() != ReceiptStage.ISSUED, "2013");
          asked.refuseIf(receipt.amounts().total() != asked.amount("CancelAmt"), "2011");
          return desk.cancel(receipt, told(asked));
        });
  }

  private static Voice<Receipt> told(Asked asked) {
    Function<Effect, Refusal> codes =
        effect ->
            effect == Effect.CANCEL_REFUSED
                ? Nice.CODES.of(effect)
                : NiceMerchant.refusal("7012", "국세청 발급 거절");
    return new Voice<>(
        codes, asked::no, one -> NiceAnswers.say(asked.form(), NiceAnswers.receipt(one)));
  }

  /** A delivery is registered once; the same again is fine. */
  private Answer deliver(Asked asked) {
    String invoice = asked.get("InvoiceNum");
    Charge charge = asked.theirs(ledger.byTid(asked.get("TID")), "C006");
    Delivery known = ledger.delivery(charge.tid());
    boolean changes = known != null && !known.invoice().equals(invoice);
    asked.refuseIf(!charge.paid() || charge.status() == Status.CANCELLED || changes, "C005");
    ledger.save(
        new Delivery(
            asked.get("MID"),
            charge.order().id(),
            charge.tid(),
            asked.get("DeliveryCoNm"),
            invoice,
            till.now()));
    Answer.Reply made = asked.say("delivery", Map.of());
    // The magic invoice: done, but nobody hears of it.
    return invoice.equals("000000009002") && known == null ? new Answer.Lost(made) : made;
  }
}
