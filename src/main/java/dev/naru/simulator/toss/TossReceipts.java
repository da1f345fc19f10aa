package dev.naru.simulator.toss;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Entry;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Toss Payments: cash receipts. */
final class TossReceipts {

  private static final Voice<Receipt> VOICE =
      new Voice<>(TossReceipts::refusal, TossDoor::error, TossReceipts::done);

  private final Till till;
  private final ReceiptDesk desk;

  TossReceipts(Till till) {
    this.till = till;
    this.desk = new ReceiptDesk(till);
  }

  Answer issue(String mid, JsonNode body) {
    String number = text(body, "customerIdentityNumber");
    String use = text(body, "type");
    long amount = body.path("amount").asLong(0);
    if (!number.matches("\\d{10,13}|\\d{16,19}")) {
      throw TossDoor.refuse(400, "INVALID_REQUEST", "현금영수증 발급 번호가 올바르지 않습니다.");
    }
    boolean sound =
        amount > 0
            && (use.equals("소득공제") || use.equals("지출증빙"))
            && text(body, "orderId").matches("[A-Za-z0-9_=-]{6,64}")
            && !text(body, "orderName").isEmpty();
    if (!sound) {
      throw TossDoor.refuse(400, "INVALID_REQUEST", "금액, 주문번호 또는 발급 용도가 올바르지 않습니다.");
    }
    Receipt fresh =
        new Receipt(
            Numbers.token(24),
            mid,
            text(body, "orderId"),
            new Entry.Amounts(amount, body.path("taxFreeAmount").asLong(0)),
            use,
            Numbers.digits(9),
            Cards.effect(number),
            ReceiptStage.ISSUED,
            till.now(),
            null);
    return till.ledger().locked(fresh.order(), () -> desk.issue(fresh, VOICE));
  }

  Answer cancel(String mid, String key) {
    return till.ledger()
        .locked(
            key,
            () -> {
              Receipt receipt = till.ledger().receipt(key);
              if (receipt == null || !receipt.merchant().equals(mid)) {
                throw TossDoor.refuse(404, "NOT_FOUND_CASH_RECEIPT", "존재하지 않는 현금영수증입니다.");
              }
              if (receipt.stage() != ReceiptStage.ISSUED) {
                throw TossDoor.refuse(400, "ALREADY_CANCELED_CASH_RECEIPT", "이미 취소된 현금영수증입니다.");
              }
              return desk.cancel(receipt, VOICE);
            });
  }

  /** Those of one day. */
  Answer list(String mid, String date) {
    List<Map<String, Object>> data =
        till.ledger()
            .receipts()
            .filter(r -> r.merchant().equals(mid) && r.stage() != ReceiptStage.SILENCED)
            .filter(r -> Seoul.offset(r.at()).startsWith(date))
            .sorted(Comparator.comparing(Receipt::at))
            .map(r -> object(r, "CONFIRM", r.at()))
            .toList();
    return Answer.Reply.json(200, Map.of("hasNext", false, "data", data));
  }

  private static Refusal refusal(Effect effect) {
    return effect == Effect.CANCEL_REFUSED
        ? new Refusal(403, "NOT_CANCELABLE_PAYMENT", "현금영수증을 취소할 수 없습니다.")
        : new Refusal(400, "INVALID_REQUEST", "국세청이 발급을 거절한 번호입니다.");
  }

  private static Answer.Reply done(Receipt receipt) {
    Instant cancelled = receipt.cancelledAt();
    return Answer.Reply.json(
        200,
        cancelled == null
            ? object(receipt, "CONFIRM", receipt.at())
            : object(receipt, "CANCEL", cancelled));
  }

  private static Map<String, Object> object(Receipt receipt, String type, Instant at) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("receiptKey", receipt.id());
    object.put("issueNumber", receipt.applNum());
    object.put("issueStatus", "COMPLETED");
    object.put("amount", receipt.amounts().total());
    object.put("taxFreeAmount", receipt.amounts().taxFree());
    object.put("orderId", receipt.order());
    object.put("type", receipt.use());
    object.put("transactionType", type);
    object.put("requestedAt", Seoul.offset(at));
    object.put(
        "receiptUrl", "https://dashboard.tosspayments.com/receipt/cash/" + receipt.applNum());
    return object;
  }
}
