/** Requests that come twice: the {@code Idempotency-Key} header, beyond V1. */
@NullMarked
package dev.naru.api.once;

import org.jspecify.annotations.NullMarked;
