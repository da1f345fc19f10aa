package dev.naru.console.frame;

import dev.naru.kernel.Cause;

/** Why the console refuses what is asked of it. */
public enum Refusal implements Cause {
  NOT_ALLOWED,
  OTHER_SITE,
  OTHER_HOST,
  OLD_PAGE,
  UNKNOWN_PAGE,
  UNKNOWN_SHOP,
  BAD_REQUEST,
  BUG,
  OUT_OF_ORDER
}
