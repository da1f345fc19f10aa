package dev.naru.payment.resolve;

import dev.naru.attention.What;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.CancelOrder;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Cancellations;
import dev.naru.payment.flow.Means;
import dev.naru.payment.store.PaymentStore;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings every cancel of unknown outcome to its end, by the means the PG declares. */
@Component
public class CancelResolver {

  /** How often a cancel is repeated with its key before the PG's balance is asked instead. */
  private static final int REPLAYS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(CancelResolver.class);

  private final PaymentStore store;
  private final Channels channels;
  private final Looks looks;
  private final HubClock clock;
  private final OutsideRefunds outside;

  CancelResolver(
      PaymentStore store, Channels channels, Looks looks, HubClock clock, OutsideRefunds outside) {
    this.outside = outside;
    this.store = store;
    this.channels = channels;
    this.looks = looks;
    this.clock = clock;
  }

  /** Takes one look at the payment's running cancel. */
  void look(Payment payment, Cancellation cancel) {
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    Cancels cancels = channel.require(Cancels.class);
    if (cancel.money().isZero()) {
      settle(payment, cancel, Cancellations.nothingToReturn(payment, clock.instant()));
      return;
    }
    switch (Means.of(payment, cancel, channel)) {
      case IDEMPOTENT_RETRY -> {
        // A PG that replays an answer of its own trouble would replay it for ever. One that has yet
        // to decide replays what has become of it.
        boolean pending = cancel.state() == Cancellation.State.PENDING;
        if (pending || cancel.tries() < REPLAYS || !channel.has(Lookup.class)) {
          send(payment, cancel, cancels, cancel.id());
        } else {
          compare(payment, cancel, channel, cancels);
        }
      }
      case LOOKUP -> compare(payment, cancel, channel, cancels);
      case NET_CANCEL, CANCEL_BY_REF, NONE -> {
        LOG.error("a cancel of {} stays unknown: its PG has no means", payment.impUid());
        looks.unsettled(payment, What.CANCEL_UNDECIDED, Looks.STUCK, "the PG has no means to tell");
        store.update(payment, p -> p.cancelLooked(cancel.no(), false, null));
      }
    }
  }

  /**
   * Only one cancel of a payment runs at a time, so the PG's balance tells: what is left after it
   * means done, what was before it means not done. Not done is believed after the PG's patience,
   * and then the cancel is sent again, under a new key: it is proved that the old one did nothing.
   */
  private void compare(Payment payment, Cancellation cancel, Channel channel, Cancels cancels) {
    Outcome<Optional<PgRecord>> found = looks.find(payment, cancel, channel);
    if (!(found instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry))
        || entry.isEmpty()) {
      again(payment, cancel, false);
      return;
    }
    Money balance = entry.get().balance();
    if (balance.equals(cancel.left())) {
      PgRef ref = payment.intake().ref(cancel);
      settle(payment, cancel, new Outcome.Ok<>(new Canceled(ref, clock.instant(), null)));
    } else if (balance.equals(cancel.before())) {
      boolean early = looks.isTooEarly(cancel.requestedAt(), channel);
      if (early || !Looks.isBelieved(cancel.absent())) {
        again(payment, cancel, !early);
      } else {
        send(payment, cancel, cancels, cancel.id() + "-" + cancel.tries());
      }
    } else if (looks.isTooEarly(cancel.requestedAt(), channel)) {
      again(payment, cancel, false);
    } else if (!Looks.isBelieved(cancel.absent())) {
      again(payment, cancel, true);
    } else {
      outside.explain(payment, cancel, balance);
    }
  }

  private void send(Payment payment, Cancellation cancel, Cancels cancels, String id) {
    Outcome<Canceled> outcome = cancels.cancel(order(payment, cancel, id)).ofRepeat();
    boolean still =
        outcome instanceof Outcome.Pending<Canceled>
            && cancel.state() == Cancellation.State.PENDING;
    if (still || outcome instanceof Outcome.Unknown<Canceled>) {
      again(payment, cancel, false);
    } else {
      settle(payment, cancel, outcome);
    }
  }

  /** A cancel as the PG is told of it, now or again. */
  public static CancelOrder order(Payment payment, Cancellation cancel, String id) {
    Attempt approved = payment.attempt();
    return new CancelOrder(
        id,
        payment.intake().turn(cancel),
        payment.order(approved),
        payment.intake().ref(cancel),
        approved.intent(),
        cancel.money(),
        cancel.tax(),
        cancel.before(),
        cancel.left(),
        cancel.reason(),
        cancel.refund(),
        cancel.requester(),
        cancel.goods(),
        false);
  }

  /** What was given back at the PG while the cancel ran could not be seen until now. */
  private void settle(Payment payment, Cancellation cancel, Outcome<Canceled> outcome) {
    Payment settled =
        store.update(
            payment,
            p -> p.cancelAwaited(cancel.no()).settleCancel(cancel.no(), outcome, clock.instant()));
    if (outcome instanceof Outcome.Declined<Canceled>(Decline no)) {
      // Whoever asked was told "not known yet", and may believe that the money goes back.
      looks.unsettled(payment, What.CANCEL_REFUSED, Looks.STUCK, no.message());
    }
    outside.look(settled, channels.get(payment.merchantId(), payment.via().channelKey()));
  }

  private void again(Payment payment, Cancellation cancel, boolean untouched) {
    if (cancel.state() != Cancellation.State.PENDING) {
      String why = cancel.why();
      looks.unsettled(
          payment, What.CANCEL_UNDECIDED, cancel.tries(), why == null ? "no answer" : why);
    }
    store.update(payment, p -> p.cancelLooked(cancel.no(), untouched, looks.next(cancel.tries())));
  }
}
