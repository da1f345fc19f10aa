package dev.naru.api;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Money;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentLists;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * V1's {@code /partners/receipts}: receipts of a payment's sub-merchants. INICIS does not publish
 * how it is asked for them, so no PG here can.
 */
@RestController
class PartnersApi {

  private static final int MOST = 100;

  private final PaymentLists payments;

  PartnersApi(PaymentLists payments) {
    this.payments = payments;
  }

  @PostMapping("/partners/receipts/{impUid}")
  Envelope receipts(Merchant merchant, Params params, @PathVariable String impUid) {
    List<Params> parts = params.objects("data", MOST);
    if (parts.isEmpty()) {
      throw Failed.invalid("필수 파라미터가 누락되었습니다. (data)");
    }
    parts.forEach(PartnersApi::check);
    Payment payment =
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound("존재하지 않는 결제정보입니다."));
    if (!(payment.state() instanceof Payment.State.Paid)) {
      throw Failed.invalid("결제가 완료되지 않아 하위 상점 영수증을 발급할 수 없습니다.");
    }
    throw new Failed(
        new Failure.Unsupported(payment.via().provider() + "에서 지원하지 않는 기능입니다. (하위 상점 영수증)"));
  }

  private static void check(Params part) {
    String number = part.required("business_registration_number", 12).replace("-", "");
    if (!number.matches("[0-9]{10}")) {
      throw Failed.invalid("사업자등록번호 형식이 올바르지 않습니다. (business_registration_number)");
    }
    part.required("company_name", 40);
    Amounts.payable(part, Money.KRW);
    Amounts.orNull("tax_free", part.number("tax_free"), Money.KRW);
    Amounts.orNull("vat_amount", part.number("vat_amount"), Money.KRW);
  }
}
