package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Entry.Delivery;
import dev.naru.simulator.kit.book.Entry.Receipt;
import dev.naru.simulator.kit.book.Entry.ReceiptStage;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.ReceiptDesk;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** INIAPI: cash receipts and the delivery of escrow payments. Signatures were checked before. */
final class IniApiAftercare {

  private static final List<String> NEEDED =
      List.of(
          "invoice",
          "registName",
          "exCode",
          "exName",
          "invoiceDay",
          "sendName",
          "sendPost",
          "sendAddr1",
          "sendTel",
          "recvName",
          "recvPost",
          "recvAddr",
          "recvTel");

  private final Till till;
  private final ReceiptDesk desk;
  private final Function<Refusal, Answer.Reply> no;
  private final Voice<Receipt> voice;

  IniApiAftercare(Till till, Function<Refusal, Answer.Reply> no) {
    this.till = till;
    this.desk = new ReceiptDesk(till);
    this.no = no;
    this.voice = new Voice<>(IniApiAftercare::refusal, no, IniApiAftercare::done);
  }

  /** INIAPI takes no order id for a receipt: two requests are two receipts. */
  Answer issue(InicisMerchant merchant, Map<String, String> form, String service) {
    String number = merchant.decrypt(form.getOrDefault("regNum", ""));
    long price = Numbers.amount(form.getOrDefault("crPrice", ""));
    long parts =
        Numbers.amount(form.getOrDefault("supPrice", ""))
            + Numbers.amount(form.getOrDefault("tax", ""))
            + Numbers.amount(form.getOrDefault(service, ""));
    if (!number.matches("\\d{10,19}")) {
      return refuse("ER0601", "현금영수증 번호가 올바르지 않습니다.");
    }
    if (price <= 0 || parts != price || !form.getOrDefault("useOpt", "").matches("[12]")) {
      return refuse("ER0602", "현금영수증 금액 또는 용도가 올바르지 않습니다.");
    }
    Instant now = till.now();
    Receipt fresh =
        new Receipt(
            Inicis.tid("INIAPI", "CASH", merchant.mid(), now),
            merchant.mid(),
            "",
            new Entry.Amounts(price, 0),
            form.getOrDefault("useOpt", ""),
            Numbers.digits(9),
            Cards.effect(number),
            ReceiptStage.ISSUED,
            now,
            null);
    return till.ledger().locked(fresh.id(), () -> desk.issue(fresh, voice));
  }

  Answer cancel(InicisMerchant merchant, String tid) {
    return till.ledger()
        .locked(
            tid,
            () -> {
              Receipt receipt = till.ledger().receipt(tid);
              if (receipt == null || !receipt.merchant().equals(merchant.mid())) {
                return refuse("ER0401", "거래를 찾을 수 없습니다.");
              }
              return receipt.stage() == ReceiptStage.ISSUED
                  ? desk.cancel(receipt, voice)
                  : refuse("500626", "이미 취소된 거래입니다.");
            });
  }

  Answer ship(InicisMerchant merchant, Map<String, String> form) {
    for (String name : NEEDED) {
      if (form.getOrDefault(name, "").isBlank()) {
        return refuse("ER0102", "필수값이 없습니다: " + name);
      }
    }
    String tid = form.getOrDefault("tid", "");
    return till.ledger().locked(tid, () -> ship(merchant, form, tid));
  }

  private Answer ship(InicisMerchant merchant, Map<String, String> form, String tid) {
    Charge charge = till.ledger().byTid(tid);
    if (charge == null
        || !charge.order().merchant().equals(merchant.mid())
        || !charge.order().id().equals(form.getOrDefault("oid", ""))) {
      return refuse("ER0401", "거래를 찾을 수 없습니다.");
    }
    if (!charge.paid()
        || charge.order().amount() != Numbers.amount(form.getOrDefault("price", ""))) {
      return refuse("ER0701", "배송을 등록할 수 있는 거래가 아닙니다.");
    }
    boolean known = till.ledger().delivery(tid) != null;
    String report = form.getOrDefault("report", "");
    if (known && report.equals("I")) {
      return refuse("ER0702", "이미 배송이 등록된 거래입니다.");
    }
    if (!known && !report.equals("I")) {
      return refuse("ER0703", "배송이 등록되지 않은 거래입니다.");
    }
    Instant now = till.now();
    String invoice = form.getOrDefault("invoice", "");
    till.ledger()
        .save(
            new Delivery(
                merchant.mid(),
                charge.order().id(),
                tid,
                form.getOrDefault("exCode", ""),
                invoice,
                now));
    Map<String, Object> result = Inicis.result("00", "정상처리");
    result.put("tid", tid);
    result.put("resultDate", Seoul.date(now));
    result.put("resultTime", Seoul.time(now));
    Answer.Reply made = Answer.Reply.json(200, result);
    // The magic invoice: done, but nobody hears of it.
    return invoice.equals("000000009002") && !known ? new Answer.Lost(made) : made;
  }

  private static Refusal refusal(Effect effect) {
    return effect == Effect.CANCEL_REFUSED
        ? Inicis.CODES.of(effect)
        : new Refusal(200, "ER0603", "국세청 발급 거절");
  }

  private static Answer.Reply done(Receipt receipt) {
    Map<String, Object> result = Inicis.result("00", "정상처리");
    Instant cancelled = receipt.cancelledAt();
    if (cancelled != null) {
      result.put("cancelDate", Seoul.date(cancelled));
      result.put("cancelTime", Seoul.time(cancelled));
      result.put("detailResultCode", "");
      return Answer.Reply.json(200, result);
    }
    result.put("tid", receipt.id());
    result.put("authNo", receipt.applNum());
    result.put("authDate", Seoul.date(receipt.at()));
    result.put("authTime", Seoul.time(receipt.at()));
    result.put("authUseOpt", receipt.use());
    return Answer.Reply.json(200, result);
  }

  private Answer refuse(String code, String text) {
    return no.apply(new Refusal(200, code, text));
  }
}
