package dev.naru.api.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.payment.Deposit;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Vbanks;
import dev.naru.promotion.Benefit;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's PaymentAnnotation: every field, always. Times are UNIX seconds, 0 for "not happened". */
@JsonNaming(SnakeCaseStrategy.class)
public record PaymentView(
    String impUid,
    String merchantUid,
    String payMethod,
    String channel,
    String pgProvider,
    @Nullable String embPgProvider,
    @Nullable String pgTid,
    String pgId,
    boolean sandbox,
    boolean escrow,
    @Nullable String applyNum,
    @Nullable String bankCode,
    @Nullable String bankName,
    @Nullable String cardCode,
    @Nullable String cardName,
    @Nullable String cardIssuerCode,
    @Nullable String cardIssuerName,
    @Nullable String cardPublisherCode,
    @Nullable String cardPublisherName,
    int cardQuota,
    @Nullable String cardNumber,
    @Nullable Integer cardType,
    @Nullable String vbankCode,
    @Nullable String vbankName,
    @Nullable String vbankNum,
    @Nullable String vbankHolder,
    long vbankDate,
    long vbankIssuedAt,
    String name,
    BigDecimal amount,
    BigDecimal cancelAmount,
    String currency,
    @Nullable String buyerName,
    @Nullable String buyerEmail,
    @Nullable String buyerTel,
    @Nullable String buyerAddr,
    @Nullable String buyerPostcode,
    @Nullable String customData,
    @Nullable String userAgent,
    String status,
    long startedAt,
    long paidAt,
    long failedAt,
    long cancelledAt,
    @Nullable String failReason,
    @Nullable String failCode,
    @Nullable String cancelReason,
    @Nullable String receiptUrl,
    List<CancelView> cancelHistory,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<DepositView> depositHistory,
    List<String> cancelReceiptUrls,
    boolean cashReceiptIssued,
    @Nullable String customerUid,
    @Nullable String customerUidUsage,
    @Nullable PromotionView promotion) {

  /** What a promotion took off: V1's id and discount, as it was when the payment was made. */
  record PromotionView(String id, BigDecimal discount) {

    static @Nullable PromotionView of(@Nullable Benefit benefit) {
      return benefit == null
          ? null
          : new PromotionView(benefit.promotionId(), BigDecimal.valueOf(benefit.discount()));
    }
  }

  /** V1's PaymentCancelAnnotation. */
  @JsonNaming(SnakeCaseStrategy.class)
  record CancelView(
      String pgTid,
      BigDecimal amount,
      long cancelledAt,
      String reason,
      String cancellationId,
      @Nullable String receiptUrl) {}

  /** V1's VbankDepositAnnotation. */
  @JsonNaming(SnakeCaseStrategy.class)
  record DepositView(String pgTid, BigDecimal amount, String depositorName, long depositedAt) {

    /** Null for a payment whose account takes no more than one deposit. */
    static @Nullable List<DepositView> of(Payment payment) {
      return Vbanks.isUnlimited(payment)
          ? payment.received().stream().map(DepositView::of).toList()
          : null;
    }

    private static DepositView of(Deposit deposit) {
      String depositor = deposit.depositor();
      return new DepositView(
          deposit.tid(),
          deposit.amount().major(),
          depositor == null ? "" : depositor,
          deposit.at().getEpochSecond());
    }
  }

  /** Of a payment that cannot have a cash receipt, because it has just been made. */
  public static PaymentView of(Payment payment) {
    return of(payment, false);
  }

  public static PaymentView of(Payment payment, boolean receipted) {
    return new PaymentViewBuilder(payment, receipted).view();
  }
}
