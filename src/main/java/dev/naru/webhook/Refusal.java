package dev.naru.webhook;

import dev.naru.kernel.Cause;

/** Why something about webhooks is refused. */
public enum Refusal implements Cause {
  NO_URL,
  URL_TOO_LONG,
  PRIVATE_URL,
  URL_TAKEN,
  NO_EVENTS,
  WRONG_KEY,
  NO_ENDPOINT,
  TOO_MANY_ENDPOINTS,
  NOTHING_TO_REPEAT,
  NOT_PARKED,
  WRONG_SPAN
}
