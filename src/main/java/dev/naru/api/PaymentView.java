package dev.naru.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.connector.Approval;
import dev.naru.connector.Buyer;
import dev.naru.connector.CardInfo;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Deposit;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Statuses;
import dev.naru.payment.Vbanks;
import dev.naru.promotion.Benefit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's PaymentAnnotation: every field, always. Times are UNIX seconds, 0 for "not happened". */
@JsonNaming(SnakeCaseStrategy.class)
record PaymentView(
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
  static PaymentView of(Payment payment) {
    return of(payment, false);
  }

  static PaymentView of(Payment payment, boolean receipted) {
    return new Builder(payment, receipted).view();
  }

  /** Gathers the parts, since which fields are filled depends on the state. */
  private static final class Builder {

    private static final CardInfo NO_CARD =
        new CardInfo(null, null, null, null, null, null, null, null);

    private final Payment payment;
    private final boolean receipted;
    private final Purchase purchase;
    private final @Nullable Approval approval;
    private final CardInfo card;
    private final Approval.@Nullable Account account;
    private final @Nullable String bank;
    private final List<Cancellation> done;

    Builder(Payment payment, boolean receipted) {
      this.payment = payment;
      this.receipted = receipted;
      purchase = payment.purchase();
      approval = payment.approval().orElse(null);
      card = approval == null || approval.card() == null ? NO_CARD : approval.card();
      account = approval == null ? null : approval.account();
      bank = approval == null ? null : approval.bankCode();
      done =
          payment.cancellations().stream()
              .filter(cancel -> cancel.state() == Cancellation.State.DONE)
              .toList();
    }

    PaymentView view() {
      Buyer buyer = purchase.buyer();
      return new PaymentView(
          payment.impUid().value(),
          purchase.merchantUid(),
          approval == null ? purchase.method() : approval.method(),
          purchase.origin().channel(),
          payment.via().provider(),
          approval == null ? null : approval.brand(),
          approval == null ? null : approval.ref().tid(),
          payment.via().mid(),
          payment.via().sandbox(),
          purchase.escrow(),
          approval == null ? null : approval.applyNum(),
          bank,
          bank == null ? null : Codes.bankName(bank),
          card.code(),
          card.name(),
          card.issuerCode(),
          card.issuerName(),
          card.publisherCode(),
          card.publisherName(),
          approval == null ? purchase.quota() : approval.quota(),
          card.number(),
          card.type(),
          account == null ? null : account.bankCode(),
          account == null ? null : account.bankName(),
          account == null ? null : account.number(),
          account == null ? null : account.holder(),
          account == null ? 0 : account.due().getEpochSecond(),
          account == null || approval == null ? 0 : approval.at().getEpochSecond(),
          purchase.name(),
          purchase.amount().major(),
          payment.canceled().major(),
          purchase.amount().currency().getCurrencyCode(),
          buyer.name(),
          buyer.email(),
          buyer.tel(),
          buyer.addr(),
          buyer.postcode(),
          purchase.customData(),
          purchase.origin().userAgent(),
          Statuses.of(payment),
          payment.startedAt().getEpochSecond(),
          paidAt(),
          failedAt(),
          seconds(done.isEmpty() ? null : done.getLast().doneAt()),
          failure() == null ? null : failure().decline().message(),
          failure() == null ? null : failure().decline().reason().name(),
          done.isEmpty() ? null : done.getLast().reason(),
          approval == null ? null : approval.receiptUrl(),
          done.stream().map(Builder::cancel).toList(),
          DepositView.of(payment),
          receipts(),
          receipted,
          purchase.customerUid(),
          usage(),
          PromotionView.of(purchase.benefit()));
    }

    private Payment.State.@Nullable Failed failure() {
      return payment.state() instanceof Payment.State.Failed failed ? failed : null;
    }

    private long paidAt() {
      return payment.state() instanceof Payment.State.Paid paid ? seconds(paid.at()) : 0;
    }

    private long failedAt() {
      return payment.state() instanceof Payment.State.Failed failed ? seconds(failed.at()) : 0;
    }

    private List<String> receipts() {
      List<String> urls = new ArrayList<>();
      for (Cancellation cancel : done) {
        if (cancel.receiptUrl() != null) {
          urls.add(cancel.receiptUrl());
        }
      }
      return urls;
    }

    private @Nullable String usage() {
      Purchase.Usage usage = purchase.usage();
      return usage == null ? null : usage.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static CancelView cancel(Cancellation cancel) {
      return new CancelView(
          String.valueOf(cancel.tid()),
          cancel.amount().major(),
          seconds(cancel.doneAt()),
          cancel.reason(),
          cancel.id(),
          cancel.receiptUrl());
    }

    private static long seconds(@Nullable Instant at) {
      return at == null ? 0 : at.getEpochSecond();
    }
  }
}
