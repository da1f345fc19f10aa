/** Webhooks against a real PostgreSQL and real HTTP. */
@NullMarked
package dev.naru.webhook;

import org.jspecify.annotations.NullMarked;
