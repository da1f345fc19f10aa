package dev.naru.api.payment;

import dev.naru.api.Codes;
import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import dev.naru.connector.order.Buyer;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Statuses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gathers the parts, since which fields are filled depends on the state. */
final class PaymentViewBuilder {

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

  PaymentViewBuilder(Payment payment, boolean receipted) {
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
        done.stream().map(PaymentViewBuilder::cancel).toList(),
        PaymentView.DepositView.of(payment),
        receipts(),
        receipted,
        purchase.customerUid(),
        usage(),
        PaymentView.PromotionView.of(purchase.benefit()));
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

  private static PaymentView.CancelView cancel(Cancellation cancel) {
    return new PaymentView.CancelView(
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
