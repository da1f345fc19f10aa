package dev.naru.billing;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.billing.key.CustomerKey;
import dev.naru.connector.Decline;
import dev.naru.connector.http.Lease;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.CancelRequest;
import dev.naru.payment.flow.Cancellations;
import dev.naru.payment.flow.Payments;
import dev.naru.payment.store.PaymentStore;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * V1's {@code checking_amount}: real charges that are cancelled at once. That one must be cancelled
 * is written in the commit that reserves it, and done by any node if the one that charged cannot.
 */
@Component
class TestCharges {

  private static final Duration UNDECIDED = Duration.ofSeconds(10);
  private static final Duration REFUSED = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(TestCharges.class);

  private final TestChargeStore store;
  private final ExecutionStore commits;
  private final PaymentStore stored;
  private final Payments payments;
  private final Cancellations cancellations;
  private final HubClock clock;
  private final Ids ids;
  private final Attention attention;

  TestCharges(
      TestChargeStore store,
      ExecutionStore commits,
      PaymentStore stored,
      Payments payments,
      Cancellations cancellations,
      HubClock clock,
      Ids ids,
      Attention attention) {
    this.attention = attention;
    this.store = store;
    this.commits = commits;
    this.stored = stored;
    this.payments = payments;
    this.cancellations = cancellations;
    this.clock = clock;
    this.ids = ids;
  }

  /** Throws {@link Failed} refused by PG unless the key was charged. */
  void charge(Merchant merchant, CustomerKey key, List<Payments.Route> routes, Money amount) {
    Purchase purchase = purchase(key, amount);
    Lease lease = payments.lease();
    Payment reserved =
        commits.together(
            merchant.id(),
            () -> {
              Payment fresh =
                  payments.reserve(merchant, routes.getFirst(), purchase, Attempt.Verb.CHARGE_KEY);
              store.insert(merchant.id(), fresh.impUid(), payments.leaseEnd());
              return fresh;
            });
    Payment charged = payments.await(payments.call(merchant, reserved, routes, lease));
    giveBack(charged);
    switch (charged.state()) {
      case Payment.State.Paid paid -> {}
      case Payment.State.Failed(Decline why, var at) ->
          throw Failed.refusedByPg(Refusal.CARD_REFUSED, why.message());
      case Payment.State.Ready ready -> throw Failed.refusedByPg(Refusal.TEST_UNDECIDED);
      case Payment.State.Waiting waiting -> throw Failed.refusedByPg(Refusal.TEST_UNDECIDED);
    }
  }

  /** Cancels those that are due. */
  void giveBack(TestChargeStore.Claim claim) {
    stored.find(claim.merchantId(), claim.impUid()).ifPresent(this::giveBack);
  }

  private void giveBack(Payment charged) {
    if (charged.isUndecided() || !charged.canceling().isZero()) {
      store.later(charged.merchantId(), charged.impUid(), clock.instant().plus(UNDECIDED));
      return;
    }
    if (!charged.cancelable().isZero()) {
      try {
        cancellations.cancel(
            charged,
            new CancelRequest(
                null, Tax.NONE, null, Wording.KOREAN.of(Word.TEST_CHARGE_BACK), null, false));
      } catch (Failed notYet) {
        LOG.warn("the test charge {} is not cancelled yet: {}", charged.impUid(), notYet.failure());
        attention.raise(
            charged.merchantId(),
            What.TEST_CHARGE_STANDS,
            charged.impUid().value(),
            Wording.KOREAN.of(notYet.failure().why()));
        store.later(charged.merchantId(), charged.impUid(), clock.instant().plus(REFUSED));
        return;
      }
    }
    store.delete(charged.merchantId(), charged.impUid());
  }

  private Purchase purchase(CustomerKey key, Money amount) {
    return new Purchase(
        "check-" + Long.toString(ids.row(), 36),
        Wording.KOREAN.of(Word.TEST_CHARGE),
        amount,
        Tax.NONE,
        "card",
        0,
        false,
        key.customer(),
        null,
        List.of(),
        null,
        new Purchase.Origin("api", null),
        key.customerUid(),
        Purchase.Usage.PAYMENT,
        Wishes.none());
  }
}
