package dev.naru.simulator.toss;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.facts.Cards;
import tools.jackson.databind.JsonNode;

/** When Toss Payments refuses to cancel. */
final class TossCancels {

  private TossCancels() {}

  static void check(Charge charge, long amount, JsonNode body) {
    if (charge.status() == Status.CANCELLED) {
      throw TossDoor.refuse(400, "ALREADY_CANCELED_PAYMENT", "이미 취소된 결제입니다.");
    }
    if (!charge.charged()) {
      throw TossDoor.refuse(403, "NOT_CANCELABLE_PAYMENT", "취소할 수 없는 결제입니다.");
    }
    if (charge.cancelIs(Stage.PENDING)) {
      throw TossDoor.refuse(403, "FORBIDDEN_CONSECUTIVE_REQUEST", "앞선 취소 요청을 처리하고 있습니다.");
    }
    String reason = text(body, "cancelReason");
    if (reason.isEmpty() || reason.length() > 200 || amount <= 0) {
      throw TossDoor.refuse(400, "INVALID_REQUEST", "취소 사유나 금액이 올바르지 않습니다.");
    }
    if (body.path("refundableAmount").asLong(charge.balance()) != charge.balance()) {
      throw TossDoor.refuse(400, "NOT_MATCHES_REFUNDABLE_AMOUNT", "잔액이 서로 다릅니다.");
    }
    if (amount > charge.balance()) {
      throw TossDoor.refuse(403, "NOT_CANCELABLE_AMOUNT", "취소할 수 있는 금액을 넘었습니다.");
    }
    if (charge.means().method() == Method.VBANK) {
      checkRefund(charge, amount, body.path("refundReceiveAccount"));
    }
  }

  private static void checkRefund(Charge charge, long amount, JsonNode account) {
    if (!charge.paid()) {
      if (amount < charge.balance()) {
        throw TossDoor.refuse(
            403, "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT", "입금 전에는 부분 취소할 수 없습니다.");
      }
      return;
    }
    if (text(account, "holderName").isEmpty() || !account.isObject()) {
      throw TossDoor.refuse(400, "INVALID_REFUND_ACCOUNT_INFO", "환불 계좌 정보가 올바르지 않습니다.");
    }
    if (!text(account, "accountNumber").matches("\\d{1,20}")) {
      throw TossDoor.refuse(400, "INVALID_REFUND_ACCOUNT_NUMBER", "환불 계좌번호가 올바르지 않습니다.");
    }
    if (Cards.bank(text(account, "bank")).isEmpty()) {
      throw TossDoor.refuse(400, "INVALID_BANK", "환불 은행이 올바르지 않습니다.");
    }
  }
}
