package dev.naru.webhook;

import dev.naru.kernel.Worded;

/** What is told of webhooks beside refusals. */
enum Word implements Worded {
  TRY_ANSWERED,
  TRY_UNANSWERED,
  WAITS,
  GIVEN_UP,
  ALL_DELIVERED,
  SOME_WAIT,
  SOME_GIVEN_UP
}
