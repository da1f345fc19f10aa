package dev.naru.account.entry;

import dev.naru.kernel.Worded;

/** What mails say. */
enum Word implements Worded {
  INVITATION_SUBJECT,
  INVITATION_TEXT,
  RESET_SUBJECT,
  RESET_TEXT
}
