package dev.naru.attention;

import dev.naru.kernel.Worded;

/** What the operator is told about matters. */
enum Word implements Worded {
  SUBJECT,
  HEAD,
  LINE
}
