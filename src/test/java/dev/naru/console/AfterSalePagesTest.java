package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Role;
import dev.naru.payment.Payment;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cash receipts and deliveries of escrow, from the page of their payment. */
@OwnOrders
class AfterSalePagesTest {

  private final ShopPayments payments = new ShopPayments();
  private final ConsoleVisitor visitor = payments.visitor(Role.MANAGER);

  private static void isDone(HttpResponse<String> answer, String what) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location").orElse("")).endsWith("?done=" + what);
  }

  @Test
  void aCashReceiptIsIssuedAndTakenBack() {
    Payment payment = payments.deposited(ShopPayments.TOSS);
    String path = ShopPayments.path(payment);
    assertThat(visitor.get(path).body()).contains("발급한 현금영수증이 없습니다.");
    HttpResponse<String> wrong =
        visitor.post(
            path + "/cash-receipt", path + "/cash-receipt", Map.of("identifier", "<i>12</i>"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("숫자로 입력해 주세요.").doesNotContain("<i>12");
    isDone(
        visitor.postOnly(
            path + "/cash-receipt", Map.of("identifier", "010-1234-5678", "use", "PERSON")),
        "receipt-issued");
    String page = visitor.get(path).body();
    assertThat(page).contains("발급됨", "소득공제", "현금영수증 발급을 요청했습니다.");
    assertThat(page).doesNotContain("01012345678", "010-1234-5678");
    assertThat(visitor.get(path + "/cash-receipt").body()).contains("결제는 취소되지 않습니다.");
    isDone(visitor.postOnly(path + "/cash-receipt/revoke", Map.of()), "receipt-revoked");
    assertThat(visitor.get(path).body()).contains("현금영수증이 취소되었습니다.");
    assertThat(payments.count("audit where act like 'RECEIPT%' and about = :uid", payment))
        .isEqualTo(2);
    // Twice is told, not done.
    assertThat(visitor.postOnly(path + "/cash-receipt/revoke", Map.of()).statusCode())
        .isEqualTo(422);
  }

  @Test
  void aPaymentByCardHasNoCashReceipt() {
    String path = ShopPayments.path(payments.paid());
    assertThat(visitor.get(path).body()).doesNotContain("/cash-receipt");
    assertThat(visitor.get(path + "/cash-receipt").body()).contains("현금영수증을 발급할 수 없는 결제입니다.");
    assertThat(
            visitor
                .postOnly(path + "/cash-receipt", Map.of("identifier", "01012345678"))
                .statusCode())
        .isEqualTo(422);
  }

  @Test
  void aDeliveryIsRegisteredAndChanged() {
    Payment payment = payments.byEscrow(payments.deposited(ShopPayments.INICIS));
    String path = ShopPayments.path(payment);
    assertThat(visitor.get(path).body()).contains("에스크로", "등록한 배송 정보가 없습니다.");
    String form = visitor.get(path + "/delivery").body();
    assertThat(form).contains("CJ대한통운", "value=\"김나루\"");
    Map<String, String> typed = new LinkedHashMap<>();
    typed.put("company", "CJGLS");
    typed.put("invoice", "123456789012");
    typed.put("sentAt", "2026-11-28T10:30");
    for (String who : new String[] {"from", "to"}) {
      typed.put(who + "Name", "임꺽정");
      typed.put(who + "Tel", "010-0000-0000");
      typed.put(who + "Addr", "부산");
      typed.put(who + "Postcode", "48058");
    }
    Map<String, String> part = new LinkedHashMap<>(typed);
    part.remove("toAddr");
    assertThat(visitor.postOnly(path + "/delivery", part).body()).contains("모두 입력해 주세요.");
    isDone(visitor.postOnly(path + "/delivery", typed), "delivery-registered");
    assertThat(visitor.get(path).body()).contains("CJ대한통운", "123456789012", "2026-11-28 10:30");
    typed.put("invoice", "999");
    isDone(visitor.postOnly(path + "/delivery", typed), "delivery-registered");
    assertThat(visitor.get(path).body()).contains("999", "에스크로 배송 정보를 등록했습니다.");
    typed.put("sentAt", "gestern");
    assertThat(visitor.postOnly(path + "/delivery", typed).statusCode()).isEqualTo(422);
  }

  @Test
  void whoOnlyReadsDoesNeither() {
    Payment payment = payments.byEscrow(payments.deposited(ShopPayments.INICIS));
    String path = ShopPayments.path(payment);
    ConsoleVisitor reader = payments.visitor(Role.READ_ONLY);
    assertThat(reader.get(path).body()).doesNotContain("/delivery\"", "/cash-receipt\"");
    assertThat(reader.get(path + "/delivery").statusCode()).isEqualTo(403);
    assertThat(reader.post("/console", path + "/cash-receipt", Map.of()).statusCode())
        .isEqualTo(403);
  }
}
