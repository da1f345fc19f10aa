package dev.naru.api.payment;

import dev.naru.api.wire.Amounts;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.merchant.Merchant;
import dev.naru.payment.flow.Prepares;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /payments/prepare}: the amount of a window payment, registered beforehand. */
@RestController
class PrepareApi {

  private final Prepares prepares;

  PrepareApi(Prepares prepares) {
    this.prepares = prepares;
  }

  @PostMapping("/payments/prepare")
  Envelope register(Merchant merchant, Params params) {
    return view(prepares.register(merchant.id(), prepared(params)));
  }

  @PutMapping("/payments/prepare")
  Envelope change(Merchant merchant, Params params) {
    return view(prepares.change(merchant.id(), prepared(params)));
  }

  @GetMapping("/payments/prepare/{merchantUid}")
  Envelope get(Merchant merchant, @PathVariable String merchantUid) {
    return view(prepares.get(merchant.id(), merchantUid));
  }

  private static Prepares.Prepared prepared(Params params) {
    String merchantUid = params.required("merchant_uid", 40);
    Currency currency = Amounts.currencyOrNull(params);
    return new Prepares.Prepared(
        merchantUid, Amounts.payable(params, Amounts.currency(params)), currency);
  }

  private static Envelope view(Prepares.Prepared prepared) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("merchant_uid", prepared.merchantUid());
    view.put("amount", prepared.amount().major());
    view.put(
        "currency", prepared.currency() == null ? null : prepared.currency().getCurrencyCode());
    return Envelope.of(view);
  }
}
