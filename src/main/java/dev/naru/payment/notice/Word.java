package dev.naru.payment.notice;

import dev.naru.kernel.Worded;

/** What is told of notices: what became of one, and what it is about. */
enum Word implements Worded {
  NOTICE_TAKEN,
  NOTICE_NOTHING_NEW,
  NOTICE_REFUSED,
  DEPOSITED,
  DEPOSIT_REVERSED,
  AT_TILL,
  APPROVED,
  CHANGED,
  CHARGED,
  OTHER
}
