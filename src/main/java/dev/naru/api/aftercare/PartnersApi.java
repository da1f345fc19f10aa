package dev.naru.api.aftercare;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;
import static dev.naru.payment.Refusal.VAT_OVER_TAXED;

import dev.naru.aftercare.Partners;
import dev.naru.api.Refusal;
import dev.naru.api.wire.Amounts;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.aftercare.PartnerOrder.Share;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Money;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /partners/receipts}: receipts of those who share a payment. */
@RestController
class PartnersApi {

  private static final int MOST = 100;

  private final Partners partners;
  private final PaymentLists payments;

  PartnersApi(Partners partners, PaymentLists payments) {
    this.partners = partners;
    this.payments = payments;
  }

  @PostMapping("/partners/receipts/{impUid}")
  Envelope receipts(Merchant merchant, Params params, @PathVariable String impUid) {
    List<Params> parts = params.objects("data", MOST);
    if (parts.isEmpty()) {
      throw Failed.invalid(Malformed.MISSING, "data");
    }
    List<Share> shares = parts.stream().map(PartnersApi::share).toList();
    Payment payment =
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
    return Envelope.of(Map.of("receipt_url", partners.issue(merchant, payment, shares)));
  }

  private static Share share(Params part) {
    String number = part.required("business_registration_number", 12);
    if (!number.matches("[0-9]{3}-?[0-9]{2}-?[0-9]{5}")) {
      throw Failed.invalid(Refusal.WRONG_BUSINESS_NUMBER);
    }
    String company = part.required("company_name", 40);
    Money amount = Amounts.payable(part, Money.KRW);
    Money free = Amounts.orNull("tax_free", part.number("tax_free"), Money.KRW);
    Money vat = Amounts.orNull("vat_amount", part.number("vat_amount"), Money.KRW);
    Tax tax = new Tax(free == null ? 0 : free.minor(), vat == null ? null : vat.minor());
    if (tax.free() > amount.minor()) {
      throw Failed.invalid(Refusal.TAX_FREE_OVER_AMOUNT);
    }
    if (tax.free() + tax.vatOf(amount.minor()) > amount.minor()) {
      throw Failed.invalid(VAT_OVER_TAXED);
    }
    return new Share(number.replace("-", ""), company, amount, tax);
  }
}
