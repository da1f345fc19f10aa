package dev.naru.checkout;

import dev.naru.kernel.Worded;

/** What pages are told beside refusals, and the forms of parameters. */
public enum Word implements Worded {
  PARAMETER_NAME,
  ANY_DATE,
  DATE,
  MOBILE,
  PAYMENT_UNDECIDED,
  IDENTITY_UNDECIDED
}
