package dev.naru.connector;

/** How the {@link Outcome.Unknown} of one money verb is brought to an end. */
public enum Ends {
  /** Ask the PG for the order; not found is proof only when {@link Pg#patience()} has passed. */
  LOOKUP,
  /** Undo whatever happened by the PG's net cancel (망취소): the attempt ends as not charged. */
  NET_CANCEL,
  /** Repeat the same call with the same idempotency key: the PG replays its first answer. */
  IDEMPOTENT_RETRY,
  /** The PG has no means. Stays unknown, with an alert; live mode needs an explicit opt-in. */
  NONE
}
