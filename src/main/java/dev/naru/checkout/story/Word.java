package dev.naru.checkout.story;

import dev.naru.kernel.Worded;

/** What the story of a payment tells of its windows. */
enum Word implements Worded {
  OPENED_AT,
  OPENED
}
