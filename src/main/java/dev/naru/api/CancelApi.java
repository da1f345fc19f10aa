package dev.naru.api;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder.RefundAccount;
import dev.naru.connector.Requester;
import dev.naru.connector.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Cancellations;
import dev.naru.payment.Payment;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code POST /payments/cancel}. */
@RestController
class CancelApi {

  private static final String DEFAULT_REASON = "API 요청에 의한 취소";

  private final Cancellations cancellations;
  private final PaymentViews views;

  CancelApi(Cancellations cancellations, PaymentViews views) {
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
    // What the payment's method or PG does not read is not judged.
    RefundAccount refund =
        payment.approval().map(Approval::account).isPresent() ? refund(params) : lenient(params);
    Requester requester =
        payment.via().provider().startsWith("naver")
            ? NaverpayApi.requester(params.within("extra"))
            : null;
    Money asked = Amounts.orNull("amount", amount, currency);
    Cancellations.Request request =
        new Cancellations.Request(
            asked == null || asked.isZero() ? null : asked,
            new Tax(
                taxFree == null ? 0 : Amounts.of("tax_free", taxFree, currency).minor(),
                vat == null ? null : Amounts.of("vat_amount", vat, currency).minor()),
            Amounts.orNull("checksum", checksum, currency),
            reason == null ? DEFAULT_REASON : reason,
            refund,
            requester,
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

  /** Welcome reads it of transfers, too; anything less than all of it means nothing there. */
  private static @Nullable RefundAccount lenient(Params params) {
    String holder = params.text("refund_holder", 16);
    String bank = params.text("refund_bank", 4);
    String account = params.text("refund_account", 16);
    return holder == null || bank == null || account == null ? null : refund(params);
  }

  /** All three parts, or none. */
  private static @Nullable RefundAccount refund(Params params) {
    String holder = params.text("refund_holder", 16);
    String bank = params.text("refund_bank", 4);
    String account = params.text("refund_account", 16);
    String tel = params.text("refund_tel", 16);
    if (holder == null && bank == null && account == null) {
      return null;
    }
    if (holder == null || bank == null || account == null) {
      throw Failed.invalid("refund_holder, refund_bank, refund_account는 함께 입력해야 합니다.");
    }
    return new RefundAccount(bank, new Secret(account), holder, tel);
  }
}
