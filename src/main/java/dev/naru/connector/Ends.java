package dev.naru.connector;

import dev.naru.connector.order.CancelOrder;

/** How the {@link Outcome.Unknown} of one money verb is brought to an end. */
public enum Ends {
  /** Ask the PG for the order; not found is proof only when {@link Pg#patience()} has passed. */
  LOOKUP,
  /** Undo whatever happened by the PG's net cancel (망취소): the attempt ends as not charged. */
  NET_CANCEL,
  /**
   * Cancel whatever is charged under our own reference ({@link Recovers.CancelByRef}): the attempt
   * ends as not charged. That there is nothing to cancel is proof only when {@link Pg#patience()}
   * has passed since the call. Of charges alone.
   */
  CANCEL_BY_REF,
  /** Repeat the same call with the same idempotency key: the PG replays its first answer. */
  IDEMPOTENT_RETRY,
  /** The PG has no means. Stays unknown, with an alert; live mode needs an explicit opt-in. */
  NONE;

  /** The same for whole cancels and for partial ones. */
  public OfCancels always() {
    return new OfCancels(this, this);
  }

  /**
   * How the unknown ends of a connector's cancels.
   *
   * @param whole of the whole payment, with nothing cancelled before: {@link CancelOrder#isWhole}
   * @param partial of any other
   */
  public record OfCancels(Ends whole, Ends partial) {

    /** Which of them counts. */
    public Ends of(boolean isWhole) {
      return isWhole ? whole : partial;
    }
  }
}
