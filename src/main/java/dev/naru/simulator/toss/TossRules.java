package dev.naru.simulator.toss;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.facts.Cards;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** When Toss Payments refuses an order, or a cancel. */
final class TossRules {

  private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9_=-]{6,64}");

  private TossRules() {}

  static Optional<Refusal> wrongOrder(JsonNode body, long least) {
    if (!ORDER_ID.matcher(Toss.text(body, "orderId")).matches()) {
      return refusal(400, "INVALID_ORDER_ID", "주문번호는 6자 이상 64자 이하의 영문, 숫자여야 합니다.");
    }
    if (Toss.text(body, "orderName").isEmpty() || Toss.text(body, "orderName").length() > 100) {
      return refusal(400, "INVALID_REQUEST", "주문명은 1자 이상 100자 이하여야 합니다.");
    }
    return body.path("amount").asLong(-1) < least
        ? refusal(400, "BELOW_MINIMUM_AMOUNT", "결제 금액이 최소 금액보다 작습니다.")
        : Optional.empty();
  }

  static Optional<Refusal> wrongCancel(Charge charge, long amount, JsonNode body) {
    if (charge.status() == Status.CANCELLED) {
      return refusal(400, "ALREADY_CANCELED_PAYMENT", "이미 취소된 결제입니다.");
    }
    if (!charge.charged()) {
      return refusal(403, "NOT_CANCELABLE_PAYMENT", "취소할 수 없는 결제입니다.");
    }
    if (charge.cancelIs(Stage.PENDING)) {
      return refusal(403, "FORBIDDEN_CONSECUTIVE_REQUEST", "앞선 취소 요청을 처리하고 있습니다.");
    }
    String reason = Toss.text(body, "cancelReason");
    if (reason.isEmpty() || reason.length() > 200 || amount <= 0) {
      return refusal(400, "INVALID_REQUEST", "취소 사유나 금액이 올바르지 않습니다.");
    }
    if (body.path("refundableAmount").asLong(charge.balance()) != charge.balance()) {
      return refusal(400, "NOT_MATCHES_REFUNDABLE_AMOUNT", "잔액이 서로 다릅니다.");
    }
    if (amount > charge.balance()) {
      return refusal(403, "NOT_CANCELABLE_AMOUNT", "취소할 수 있는 금액을 넘었습니다.");
    }
    return charge.means().method() == Method.VBANK
        ? wrongRefund(charge, amount, body.path("refundReceiveAccount"))
        : Optional.empty();
  }

  private static Optional<Refusal> wrongRefund(Charge charge, long amount, JsonNode account) {
    if (!charge.paid()) {
      return amount < charge.balance()
          ? refusal(403, "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT", "입금 전에는 부분 취소할 수 없습니다.")
          : Optional.empty();
    }
    if (Toss.text(account, "holderName").isEmpty() || !account.isObject()) {
      return refusal(400, "INVALID_REFUND_ACCOUNT_INFO", "환불 계좌 정보가 올바르지 않습니다.");
    }
    if (!Toss.text(account, "accountNumber").matches("\\d{1,20}")) {
      return refusal(400, "INVALID_REFUND_ACCOUNT_NUMBER", "환불 계좌번호가 올바르지 않습니다.");
    }
    return Cards.bank(Toss.text(account, "bank")).isPresent()
        ? Optional.empty()
        : refusal(400, "INVALID_BANK", "환불 은행이 올바르지 않습니다.");
  }

  private static Optional<Refusal> refusal(int status, String code, String text) {
    return Optional.of(new Refusal(status, code, text));
  }
}
