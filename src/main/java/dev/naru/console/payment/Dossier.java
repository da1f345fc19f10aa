package dev.naru.console.payment;

import dev.naru.aftercare.CashReceipt;
import dev.naru.aftercare.escrow.EscrowDelivery;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.story.PaymentDetail;
import dev.naru.webhook.Delivery;
import dev.naru.webhook.log.Logged.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page of a payment shows.
 *
 * @param pg what its PG is called, as is {@code brand} of an easy payment
 * @param channel what the shop calls the channel; null if it is gone
 * @param hooks the newest first
 * @param data the order's own, as a text
 * @param settling whether something is about to change by itself
 * @param mark of what is shown: another when anything else is to be shown
 */
record Dossier(
    Payment payment,
    PaymentDetail detail,
    Merchant shop,
    String summary,
    String pg,
    @Nullable String channel,
    @Nullable String brand,
    After after,
    Timeline timeline,
    Books books,
    List<Delivery> hooks,
    @Nullable String data,
    boolean settling,
    String mark) {

  Dossier {
    hooks = List.copyOf(hooks);
  }

  /**
   * What follows a sale.
   *
   * @param receipts whether a cash receipt can be issued for it
   * @param ships whether its delivery can be registered
   */
  record After(
      boolean receipts,
      @Nullable CashReceipt receipt,
      boolean ships,
      @Nullable EscrowDelivery delivery) {

    /** Where the receipt stands: the last part of the key of its text. */
    public String receiptState() {
      return receipt == null ? "" : receipt.state().getClass().getSimpleName();
    }
  }

  /** A document of the PG's: of the approval, or of a cancel. */
  record Paper(@Nullable Cancellation cancel, String url) {}

  public Badge badge() {
    return Badge.of(payment);
  }

  /** Whether somebody may give money back now. */
  public boolean isCancelable() {
    return !payment.cancelable().isZero() && payment.cancelRunning().isEmpty();
  }

  public @Nullable Cancellation running() {
    return payment.cancelRunning().orElse(null);
  }

  /** Only what a browser opens as a page. */
  public List<Paper> papers() {
    List<Paper> papers = new ArrayList<>();
    payment
        .approval()
        .map(approval -> approval.receiptUrl())
        .ifPresent(url -> papers.add(new Paper(null, url)));
    for (Cancellation cancel : payment.cancellations()) {
      String url = cancel.receiptUrl();
      if (url != null) {
        papers.add(new Paper(cancel, url));
      }
    }
    return papers.stream().filter(paper -> paper.url().matches("https?://.*")).toList();
  }

  /** Where a webhook is sent again. */
  public String place(Delivery hook) {
    return new Place(hook.eventId(), hook.no()).word();
  }
}
