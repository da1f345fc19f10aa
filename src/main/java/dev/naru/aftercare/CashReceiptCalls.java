package dev.naru.aftercare;

import dev.naru.aftercare.CashReceipt.State;
import dev.naru.aftercare.CashReceipt.Who;
import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Outcome;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channels;
import dev.naru.payment.flow.Payments;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The calls about a cash receipt, now and again, and the writing of what came of them. */
@Component
class CashReceiptCalls {

  /** Of these the PG has judged nothing: they do not tell what became of an earlier call. */
  private static final Set<Reason> SAY_NOTHING =
      Set.of(Reason.UNREACHABLE, Reason.BAD_CREDENTIALS, Reason.PG_ERROR);

  /** After so many looks, about five minutes, somebody has to know. */
  private static final int STUCK = 10;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(CashReceiptCalls.class);

  private final CashReceiptStore store;
  private final Channels channels;
  private final Payments payments;
  private final HubClock clock;
  private final Attention attention;

  CashReceiptCalls(
      CashReceiptStore store,
      Channels channels,
      Payments payments,
      HubClock clock,
      Attention attention) {
    this.attention = attention;
    this.store = store;
    this.channels = channels;
    this.payments = payments;
    this.clock = clock;
  }

  /** Begins the lease of what is about to be written. */
  Lease lease() {
    return payments.lease();
  }

  /** Until when a call that starts now is certainly not running any more. */
  Instant leaseEnd() {
    return payments.leaseEnd();
  }

  /** Looks at one that is due, which is leased to us: repeats what its PG lets repeat. */
  void look(CashReceipt claimed, Lease lease) {
    Receipts pg = channels.get(claimed.merchantId(), claimed.channelKey()).require(Receipts.class);
    try {
      if (claimed.state() instanceof State.Open(Who who, boolean unknown)) {
        Outcome<Receipted> outcome =
            pg.receiptEnds() == Ends.NONE
                ? new Outcome.Unknown<>("its node died")
                : lease.ask(() -> pg.issue(claimed.order(who)));
        settle(claimed, pg, isSilent(outcome) ? new Outcome.Unknown<>("not reached") : outcome);
      } else if (claimed.state() instanceof State.Revoking(Receipted receipt)) {
        revoke(pg, claimed, true, lease);
      }
    } catch (Failed refused) {
      LOG.warn("cash receipt {}: {}", claimed.id(), refused.getMessage());
    }
  }

  /**
   * Repeats a call without an answer once, if the PG takes that.
   *
   * @return issued, or open if nobody knows
   * @throws Failed PG error if the PG refused
   */
  CashReceipt issue(Receipts pg, CashReceipt calling, Lease lease) {
    Who who = ((State.Open) calling.state()).who();
    Outcome<Receipted> first = lease.ask(() -> pg.issue(calling.order(who)));
    if (!(first instanceof Outcome.Unknown<Receipted>) || pg.receiptEnds() == Ends.NONE) {
      return settle(calling, pg, first);
    }
    Outcome<Receipted> second = lease.ask(() -> pg.issue(calling.order(who)));
    return settle(calling, pg, isSilent(second) ? first : second);
  }

  /**
   * @param repeated what came of an earlier call is not known
   * @return revoked, or still revoking if nobody knows
   * @throws Failed PG error if the PG refused: then the receipt is as valid as before
   */
  CashReceipt revoke(Receipts pg, CashReceipt revoking, boolean repeated, Lease lease) {
    Receipted receipt = ((State.Revoking) revoking.state()).receipt();
    Outcome<Instant> outcome = lease.ask(() -> pg.revoke(revoking.cancel(receipt.ref())));
    return switch (outcome) {
      case Outcome.Ok<Instant>(Instant at) -> write(revoking, new State.Revoked(receipt, at), null);
      case Outcome.Declined<Instant>(Decline decline) when repeated && isSilent(outcome) ->
          write(revoking, new State.Revoking(receipt), next(revoking));
      case Outcome.Declined<Instant>(Decline decline) -> {
        write(revoking, new State.Issued(receipt), null);
        throw Failed.pgError(Refusal.REVOKE_REFUSED, decline.why());
      }
      case Outcome.Pending<Instant>(var ref, Instant until) ->
          write(revoking, new State.Revoking(receipt), until);
      case Outcome.Unknown<Instant>(String why) ->
          write(revoking, new State.Revoking(receipt), next(revoking));
    };
  }

  private CashReceipt settle(CashReceipt calling, Receipts pg, Outcome<Receipted> outcome) {
    Who who = ((State.Open) calling.state()).who();
    return switch (outcome) {
      case Outcome.Ok<Receipted>(Receipted receipt) ->
          write(calling, new State.Issued(receipt), null);
      case Outcome.Declined<Receipted>(Decline decline) -> {
        write(calling, new State.Refused(decline.message()), null);
        throw Failed.pgError(Refusal.RECEIPT_REFUSED, decline.why());
      }
      case Outcome.Pending<Receipted>(var ref, Instant until) ->
          write(calling, new State.Open(who, true), until);
      case Outcome.Unknown<Receipted>(String why) -> {
        boolean forGood = pg.receiptEnds() == Ends.NONE;
        if (forGood) {
          LOG.error("cash receipt {} stays unknown: its PG has no means ({})", calling.id(), why);
          attention.raise(calling.merchantId(), What.OUTCOME_UNKNOWN, about(calling), why);
        }
        yield write(calling, new State.Open(who, true), forGood ? null : next(calling));
      }
    };
  }

  private CashReceipt write(CashReceipt before, State next, @Nullable Instant due) {
    CashReceipt after = before.as(next);
    if (!store.update(before, after, due)) {
      LOG.warn("cash receipt {} was settled by somebody else", before.id());
    }
    if (due == null && !(next instanceof State.Open)) {
      attention.settled(before.merchantId(), What.OUTCOME_UNKNOWN, about(before));
    }
    return after;
  }

  private static String about(CashReceipt receipt) {
    return "cash receipt " + receipt.id();
  }

  private Instant next(CashReceipt receipt) {
    if (receipt.tries() >= STUCK) {
      attention.raise(
          receipt.merchantId(), What.OUTCOME_UNKNOWN, about(receipt), "the PG does not answer");
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(receipt.tries(), 6));
    return clock.instant().plus(doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
  }

  private static boolean isSilent(Outcome<?> outcome) {
    return outcome instanceof Outcome.Declined<?>(Decline decline)
        && SAY_NOTHING.contains(decline.reason());
  }
}
