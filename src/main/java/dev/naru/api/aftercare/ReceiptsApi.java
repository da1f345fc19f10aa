package dev.naru.api.aftercare;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import dev.naru.aftercare.CashReceipt;
import dev.naru.aftercare.CashReceipt.Sale;
import dev.naru.aftercare.CashReceipts;
import dev.naru.aftercare.ReceiptRequest;
import dev.naru.api.Refusal;
import dev.naru.api.payment.Purchases;
import dev.naru.api.wire.Amounts;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.aftercare.ReceiptOrder.Use;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /receipts}: cash receipts of payments, and of sales outside. */
@RestController
class ReceiptsApi {

  private static final Pattern ANY = Pattern.compile("[0-9]{10,19}");

  /** What an identifier looks like, by V1's identifier_type. */
  private static final Map<String, Pattern> FORMS =
      Map.of(
          "phone", Pattern.compile("01[0-9]{8,9}"),
          "business", Pattern.compile("[0-9]{10}"),
          "person", Pattern.compile("[0-9]{13}"),
          "taxcard", Pattern.compile("[0-9]{13,19}"));

  private final CashReceipts receipts;
  private final PaymentLists payments;
  private final Channels channels;

  ReceiptsApi(CashReceipts receipts, PaymentLists payments, Channels channels) {
    this.receipts = receipts;
    this.payments = payments;
    this.channels = channels;
  }

  @PostMapping("/receipts/{impUid}")
  Envelope issue(Merchant merchant, Params params, @PathVariable String impUid) {
    Payment payment =
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
    ReceiptRequest request =
        request(
            Purchases.readBy(
                params,
                payment.purchase().method(),
                () -> channels.byKey(payment.merchantId(), payment.via().channelKey())));
    return answer(receipts.issue(merchant, payment, request));
  }

  @GetMapping("/receipts/{impUid}")
  Envelope read(Merchant merchant, @PathVariable String impUid) {
    return answer(receipts.get(merchant.id(), Sale.of(impUid)));
  }

  @DeleteMapping("/receipts/{impUid}")
  Envelope revoke(Merchant merchant, @PathVariable String impUid) {
    return answer(receipts.revoke(merchant.id(), Sale.of(impUid)));
  }

  @PostMapping("/receipts/external/{merchantUid}")
  Envelope issueOutside(Merchant merchant, Params sent, @PathVariable String merchantUid) {
    Channel channel =
        channels.choose(
            merchant.id(), sent.text("channel_key", 55), sent.text("pg", 80), Receipts.class);
    Params params = Purchases.readBy(sent, "", () -> Optional.of(channel));
    ReceiptRequest request = request(params);
    params.oneOf("pay_method", Set.of("trans", "vbank"));
    CashReceipts.Outside sale =
        new CashReceipts.Outside(
            order(merchantUid), params.required("name", 40), Amounts.payable(params, Money.KRW));
    return answer(receipts.issue(merchant, channel, sale, request));
  }

  @GetMapping("/receipts/external/{merchantUid}")
  Envelope readOutside(Merchant merchant, @PathVariable String merchantUid) {
    return answer(receipts.get(merchant.id(), Sale.outside(merchantUid)));
  }

  @DeleteMapping("/receipts/external/{merchantUid}")
  Envelope revokeOutside(Merchant merchant, @PathVariable String merchantUid) {
    return answer(receipts.revoke(merchant.id(), Sale.outside(order(merchantUid))));
  }

  private static String order(String merchantUid) {
    if (merchantUid.isBlank() || merchantUid.codePointCount(0, merchantUid.length()) > 40) {
      throw Failed.invalid(Malformed.TOO_LONG, "merchant_uid", 40);
    }
    return merchantUid;
  }

  private static ReceiptRequest request(Params params) {
    String type = params.oneOf("type", Set.of("person", "company"));
    params.oneOf("product_type", Set.of("real", "digital"));
    List.of("company_tel", "company_name", "corp_reg_no").forEach(name -> params.text(name, 40));
    return new ReceiptRequest(
        "company".equals(type) ? Use.COMPANY : Use.PERSON,
        identifier(params),
        tax(params),
        new Buyer(
            params.text("buyer_name", 16),
            params.text("buyer_email", 64),
            params.text("buyer_tel", 16),
            null,
            null));
  }

  private static Secret identifier(Params params) {
    String digits = params.required("identifier", 40).replaceAll("[ -]", "");
    String kind = params.oneOf("identifier_type", FORMS.keySet());
    Pattern form = kind == null ? ANY : FORMS.getOrDefault(kind, ANY);
    if (!form.matcher(digits).matches()) {
      throw Failed.invalid(Refusal.WRONG_RECEIPT_IDENTIFIER);
    }
    return new Secret(digits);
  }

  private static Tax tax(Params params) {
    BigDecimal free = params.number("tax_free");
    BigDecimal given = params.number("vat_amount");
    String vatName = given == null ? "vat" : "vat_amount";
    BigDecimal vat = given == null ? params.number("vat") : given;
    return new Tax(
        free == null ? 0 : Amounts.of("tax_free", free, Money.KRW).minor(),
        vat == null ? null : Amounts.of(vatName, vat, Money.KRW).minor());
  }

  private static Envelope answer(CashReceipt receipt) {
    return Envelope.of(ReceiptView.of(receipt));
  }
}
