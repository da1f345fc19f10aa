package dev.naru.sandbox;

import dev.naru.kernel.Cause;

/** What the pages and calls that only a sandbox has refuse. */
public enum Refusal implements Cause {
  OTHER_SITE,
  OTHER_SITE_THAN,
  OTHER_HOST,
  OTHER_HOST_THAN,
  OLD_PAGE,
  UNKNOWN_CALL,
  BODY_NO_JSON,
  BODY_NO_OBJECT,
  BODY_NO_FORM,
  STOPPING,
  BY_OR_TO,
  NO_TIME,
  CLOCK_BACK,
  CLOCK_TOO_FAR,
  CLOCK_MOVING,
  WAIT_RANGE,
  NO_ACCOUNT,
  SHOP_AWAY,
  UNKNOWN_MESSAGE,
  UNKNOWN_PG,
  SIMULATOR_AWAY
}
