package dev.naru.sandbox;

import dev.naru.kernel.Worded;

/** What parameters are. */
enum Word implements Worded {
  MEMBER_ID
}
