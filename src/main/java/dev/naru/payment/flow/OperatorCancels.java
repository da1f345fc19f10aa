package dev.naru.payment.flow;

import dev.naru.connector.Approval;
import dev.naru.connector.order.CancelOrder.RefundAccount;
import dev.naru.connector.order.Requester;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentStore;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives money back because a person at the console says so: who it was is written down first, then
 * it is a cancel as any other, of which the shop is told by a webhook.
 */
@Component
public class OperatorCancels {

  /**
   * From this many won on whoever cancels is proved again. A month's rent or a flight is above it;
   * what shops give back all day, and what a stranger at an open desk could do unseen, is below.
   */
  public static final long LARGE = 1_000_000;

  /** In place of an account that is not entered yet: amounts do not depend on it. */
  private static final RefundAccount ANY = new RefundAccount("", new Secret(""), "", null);

  private final Cancellations cancellations;
  private final PaymentStore store;
  private final Changes changes;
  private final Vault vault;

  OperatorCancels(Cancellations cancellations, PaymentStore store, Changes changes, Vault vault) {
    this.cancellations = cancellations;
    this.store = store;
    this.changes = changes;
    this.vault = vault;
  }

  /**
   * What a person wants.
   *
   * @param amount in order money, null for all that is left
   * @param left what they were shown to be left: if it is another amount by now, nothing is done
   * @param retain V1's retain_promotion
   * @param once names the form that was filled in: whatever is sent by it is one cancel
   */
  public record Wish(
      @Nullable Money amount,
      Tax tax,
      Money left,
      String reason,
      @Nullable RefundAccount refund,
      boolean retain,
      String once) {}

  /** Whether so much may only be given back by somebody who was proved lately. */
  public static boolean isLarge(Money money) {
    // What a won is worth in other currencies the hub does not know.
    return !money.currency().equals(Money.KRW) || money.minor() >= LARGE;
  }

  /** Whether a cancel must say to which account the money goes: the buyer paid into one. */
  public static boolean needsAccount(Payment payment) {
    Approval.Account account = payment.approval().map(Approval::account).orElse(null);
    return account != null && !account.isBarcode();
  }

  /**
   * What it would come to; nothing is written, and no account need be named yet.
   *
   * @throws Failed as {@link Cancellations#preview}
   */
  public Cancellation preview(Payment payment, Wish wish) {
    return cancellations.preview(payment, request(wish, wish.refund() == null ? ANY : null, null));
  }

  /** What became of the cancel of this form; empty if there is none yet. */
  public Optional<Cancellation> made(Payment payment, String once) {
    return Cancellations.known(
        store.get(payment.merchantId(), payment.impUid()), id(payment, once));
  }

  /**
   * Cancels, once for each form.
   *
   * @return the payment after it
   * @throws Failed as {@link Cancellations#cancel}
   */
  public Payment cancel(Actor actor, Payment payment, Wish wish) {
    CancelRequest request = request(wish, null, id(payment, wish.once()));
    if (made(payment, wish.once()).isEmpty()) {
      Cancellation planned = cancellations.preview(payment, request);
      note(actor, payment, planned, String.valueOf(request.id()));
    }
    return cancellations.cancel(payment, request);
  }

  private void note(Actor actor, Payment payment, Cancellation planned, String id) {
    changes.make(
        actor,
        payment.merchantId(),
        Act.PAYMENT_CANCEL_ASKED,
        payment.impUid().value(),
        change -> {
          Money left = payment.cancelable();
          change
              .before(Map.of("left", left.toString()))
              .after(
                  Map.of(
                      "left", left.minus(planned.amount()).toString(),
                      "amount", planned.amount().toString(),
                      "reason", planned.reason(),
                      "cancellation_id", id));
          return 1;
        });
  }

  private static CancelRequest request(
      Wish wish, @Nullable RefundAccount instead, @Nullable String id) {
    return new CancelRequest(
        wish.amount(),
        wish.tax(),
        wish.left(),
        wish.reason(),
        instead == null ? wish.refund() : instead,
        Requester.ADMIN,
        true,
        wish.retain(),
        null,
        id);
  }

  /** Of a payment and a form: nobody can name another's. */
  private String id(Payment payment, String once) {
    String hash = vault.hash("console-cancel", payment.impUid() + "/" + once);
    return "cancellation-"
        + hash.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12}).*", "$1-$2-$3-$4-$5");
  }
}
