package dev.naru.aftercare;

import static dev.naru.payment.Refusal.VAT_OVER_TAXED;

import dev.naru.aftercare.CashReceipt.Terms;
import dev.naru.connector.aftercare.ReceiptOrder.Use;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.time.Instant;

/**
 * What a shop asks for.
 *
 * @param identifier digits only
 */
public record ReceiptRequest(Use use, Secret identifier, Tax tax, Buyer buyer) {

  /**
   * The terms of a receipt over this, asked for now.
   *
   * @throws Failed invalid if its tax parts are more than that
   */
  Terms terms(String name, Money amount, Instant now) {
    if (tax.free() > amount.minor()) {
      throw Failed.invalid(Refusal.RECEIPT_TAX_FREE);
    }
    Long vat = tax.vat();
    if (vat != null && vat + tax.free() > amount.minor()) {
      throw Failed.invalid(VAT_OVER_TAXED);
    }
    return new Terms(name, amount, tax, use, now);
  }
}
