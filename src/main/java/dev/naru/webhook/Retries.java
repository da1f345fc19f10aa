package dev.naru.webhook;

/** How often a webhook is tried that was not received. */
public enum Retries {
  /** For three days, ever more rarely. */
  DAYS,
  /** V1's resending: five times, a minute apart, of what may pass by itself. */
  FIVE,
  /** Once. */
  NONE
}
