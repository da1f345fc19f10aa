package dev.naru.api.payment;

import dev.naru.api.Codes;
import dev.naru.api.Refusal;
import dev.naru.api.Requesters;
import dev.naru.api.Word;
import dev.naru.api.once.Once;
import dev.naru.api.wire.Amounts;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.order.CancelOrder.RefundAccount;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.CancelRequest;
import dev.naru.payment.flow.Cancellations;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code POST /payments/cancel}. */
@RestController
class CancelApi {

  private static final String DEFAULT_REASON = Wording.KOREAN.of(Word.CANCELED_BY_API);

  private final Cancellations cancellations;
  private final PaymentViews views;
  private final Channels channels;

  CancelApi(Cancellations cancellations, PaymentViews views, Channels channels) {
    this.channels = channels;
    this.cancellations = cancellations;
    this.views = views;
  }

  @PostMapping("/payments/cancel")
  Envelope cancel(Merchant merchant, Params params, Once once) {
    String impUid = params.text("imp_uid", 32);
    String merchantUid = params.text("merchant_uid", 40);
    BigDecimal amount = params.number("amount");
    BigDecimal checksum = params.number("checksum");
    BigDecimal taxFree = params.number("tax_free");
    BigDecimal vat = params.number("vat_amount");
    String reason = params.text("reason", 256);
    boolean announce = params.flag("enable_webhook");
    boolean retain = params.flag("retain_promotion");
    Payment payment = cancellations.named(merchant.id(), impUid, merchantUid);
    Currency currency = payment.amount().currency();
    Params read = readOf(payment, params);
    Money asked = Amounts.orNull("amount", amount, currency);
    CancelRequest request =
        new CancelRequest(
            asked == null || asked.isZero() ? null : asked,
            new Tax(
                taxFree == null ? 0 : Amounts.of("tax_free", taxFree, currency).minor(),
                vat == null ? null : Amounts.of("vat_amount", vat, currency).minor()),
            Amounts.orNull("checksum", checksum, currency),
            reason == null ? DEFAULT_REASON : reason,
            refund(read),
            Requesters.of(read.within("extra")),
            announce,
            retain,
            null,
            once.cancellationId());
    try {
      return Envelope.of(views.of(cancellations.cancel(payment, request)));
    } catch (Failed refused) {
      Cancellations.known(
              cancellations.named(merchant.id(), payment.impUid().value(), null),
              once.cancellationId())
          .filter(cancel -> cancel.state().isRunning())
          .ifPresent(running -> once.undecided());
      throw refused;
    }
  }

  /** By how it was paid, whatever the shop's page had asked for. */
  private Params readOf(Payment payment, Params params) {
    String asked = payment.purchase().method();
    String method =
        payment
            .approval()
            .map(approval -> approval.account() == null ? approval.method() : "vbank")
            .orElse(asked);
    return Purchases.readBy(
        params, method, () -> channels.byKey(payment.merchantId(), payment.via().channelKey()));
  }

  /** All three parts, or none. */
  private static @Nullable RefundAccount refund(Params params) {
    String holder = params.text("refund_holder", 16);
    String bank = Codes.bank(params.text("refund_bank", 4));
    String account = params.text("refund_account", 16);
    String tel = params.text("refund_tel", 16);
    if (holder == null && bank == null && account == null) {
      return null;
    }
    if (holder == null || bank == null || account == null) {
      throw Failed.invalid(Refusal.REFUND_ACCOUNT_IN_PART);
    }
    return new RefundAccount(bank, new Secret(account), holder, tel);
  }
}
