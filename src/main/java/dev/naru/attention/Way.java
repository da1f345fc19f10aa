package dev.naru.attention;

import java.util.List;

/** A way by which the operator is told: it has its own times and tries. */
interface Way {

  /** Which one: names its columns. */
  enum Kind {
    HOOK,
    MAIL
  }

  Kind kind();

  /** Whether it was set up. */
  boolean isOpen();

  /** Tells of all of these at once; false if that has to be tried again. Never throws. */
  boolean tell(List<Matter> matters);
}
