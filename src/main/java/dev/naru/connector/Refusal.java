package dev.naru.connector;

import dev.naru.kernel.Cause;

/** What Naru says in a PG's place. */
enum Refusal implements Cause {
  UNREACHABLE
}
