package dev.naru.api.aftercare;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import dev.naru.aftercare.Sales;
import dev.naru.api.Requesters;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.aftercare.CashAmount;
import dev.naru.connector.order.Requester;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import java.math.BigDecimal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's {@code /payments/{imp_uid}/naver}, the half that is of Naver Pay's payment type. */
@RestController
class NaverpayApi {

  private final Sales sales;
  private final PaymentLists payments;

  NaverpayApi(Sales sales, PaymentLists payments) {
    this.sales = sales;
    this.payments = payments;
  }

  /** V1's NaverCashAmount. */
  @JsonNaming(SnakeCaseStrategy.class)
  private record View(
      BigDecimal amountTotal,
      BigDecimal amountByNpoint,
      BigDecimal amountByPrimary,
      BigDecimal amountSupply,
      BigDecimal amountVat) {}

  @PostMapping("/payments/{impUid}/naver/point")
  Envelope point(Merchant merchant, @PathVariable String impUid) {
    sales.creditPoints(payment(merchant, impUid));
    return Envelope.done();
  }

  @PostMapping("/payments/{impUid}/naver/confirm")
  Envelope confirm(Merchant merchant, Params params, @PathVariable String impUid) {
    Requester requester = Requesters.of(params);
    sales.confirm(payment(merchant, impUid), requester == null ? Requester.ADMIN : requester);
    return Envelope.done();
  }

  @GetMapping("/payments/{impUid}/naver/cash-amount")
  Envelope cashAmount(Merchant merchant, @PathVariable String impUid) {
    CashAmount cash = sales.cashAmount(payment(merchant, impUid));
    return Envelope.of(
        new View(
            cash.total().major(),
            cash.byPoints().major(),
            cash.byPrimary().major(),
            cash.supply().major(),
            cash.vat().major()));
  }

  private Payment payment(Merchant merchant, String impUid) {
    return payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
  }
}
