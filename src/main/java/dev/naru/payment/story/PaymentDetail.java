package dev.naru.payment.story;

import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Statuses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment as its page shows it.
 *
 * @param status V1's
 * @param buyer masked, unless the reader asked to see it and may
 */
public record PaymentDetail(
    String impUid,
    String merchantUid,
    String name,
    String status,
    Amounts amounts,
    Means means,
    Where where,
    Buyer buyer,
    boolean revealed,
    Times times,
    List<String> receipts) {

  /**
   * Its money.
   *
   * @param order what was ordered
   * @param discount what a promotion takes off
   * @param charged what the PG is asked for
   * @param supply of what is charged the part that is taxed, without the tax
   * @param left what can still be cancelled
   */
  public record Amounts(
      Money order,
      Money discount,
      Money charged,
      Money supply,
      Money vat,
      Money taxFree,
      Money canceled,
      Money canceling,
      Money left) {

    private static final long WITH_TAX = 11;

    static Amounts of(Payment payment) {
      Tax tax = payment.bill().tax();
      Money charged = payment.charged();
      long taxed = charged.minor() - tax.free();
      // What the shop does not say is an eleventh of what is taxed, rounded as tax offices do.
      long vat = tax.vat() == null ? (taxed + WITH_TAX / 2) / WITH_TAX : tax.vat();
      return new Amounts(
          payment.amount(),
          payment.amount().minus(charged),
          charged,
          new Money(taxed - vat, charged.currency()),
          new Money(vat, charged.currency()),
          new Money(tax.free(), charged.currency()),
          payment.canceled(),
          payment.canceling(),
          payment.cancelable());
    }
  }

  /**
   * How it was paid.
   *
   * @param method V1's pay_method, as it came to be
   * @param brand of an easy payment
   * @param account what is paid into; its number is shown wholly, as the buyer's bank needs it
   */
  public record Means(
      String method,
      @Nullable String brand,
      @Nullable CardInfo card,
      int quota,
      Approval.@Nullable Account account,
      @Nullable String bankCode,
      @Nullable String applyNum,
      boolean billing,
      boolean escrow) {

    static Means of(Payment payment) {
      Purchase purchase = payment.purchase();
      Approval approval = payment.approval().orElse(null);
      boolean billing = purchase.customerUid() != null;
      if (approval == null) {
        return new Means(
            purchase.method(),
            null,
            null,
            purchase.quota(),
            null,
            null,
            null,
            billing,
            purchase.escrow());
      }
      return new Means(
          approval.method(),
          approval.brand(),
          approval.card(),
          approval.quota(),
          approval.account(),
          approval.bankCode(),
          approval.applyNum(),
          billing,
          purchase.escrow());
    }
  }

  /**
   * Through whom.
   *
   * @param environment V1's channel: pc, mobile or api
   * @param customerUid whose billing key it is
   */
  public record Where(
      String pg,
      String mid,
      String channelKey,
      @Nullable String tid,
      boolean test,
      String environment,
      @Nullable String userAgent,
      @Nullable String customerUid) {

    static Where of(Payment payment) {
      Payment.Via via = payment.via();
      Purchase.Origin origin = payment.purchase().origin();
      return new Where(
          via.provider(),
          via.mid(),
          via.channelKey(),
          payment.approval().map(approval -> approval.ref().tid()).orElse(null),
          via.sandbox(),
          origin.channel(),
          origin.userAgent(),
          payment.purchase().customerUid());
    }
  }

  /** When; null for what has not happened. */
  public record Times(
      Instant requested,
      @Nullable Instant paid,
      @Nullable Instant failed,
      @Nullable Instant canceled) {

    static Times of(Payment payment) {
      Instant canceled = null;
      for (Cancellation cancel : payment.cancellations()) {
        canceled = cancel.doneAt() == null ? canceled : cancel.doneAt();
      }
      return switch (payment.state()) {
        case Payment.State.Paid(var approval, Instant at) ->
            new Times(payment.startedAt(), at, null, canceled);
        case Payment.State.Failed(var decline, Instant at) ->
            new Times(payment.startedAt(), null, at, null);
        case Payment.State.Ready _, Payment.State.Waiting _ ->
            new Times(payment.startedAt(), null, null, null);
      };
    }
  }

  /**
   * Makes it.
   *
   * @param reveal the reader asked to see who bought, and may
   */
  public static PaymentDetail of(Payment payment, boolean reveal) {
    Purchase purchase = payment.purchase();
    return new PaymentDetail(
        payment.impUid().value(),
        purchase.merchantUid(),
        purchase.name(),
        Statuses.of(payment),
        Amounts.of(payment),
        Means.of(payment),
        Where.of(payment),
        reveal ? purchase.buyer() : Masked.of(purchase.buyer()),
        reveal,
        Times.of(payment),
        receipts(payment));
  }

  private static List<String> receipts(Payment payment) {
    List<String> urls = new ArrayList<>();
    payment.approval().map(Approval::receiptUrl).ifPresent(urls::add);
    for (Cancellation cancel : payment.cancellations()) {
      if (cancel.receiptUrl() != null) {
        urls.add(cancel.receiptUrl());
      }
    }
    return urls;
  }
}
