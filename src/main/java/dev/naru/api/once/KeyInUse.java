package dev.naru.api.once;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key in use.
 *
 * @param round how many requests have run with it; more than one if answers were lost
 * @param busyUntil null once there is an answer
 */
record KeyInUse(
    IdempotencyStore.Claimed id,
    String inputHash,
    Instant beganAt,
    int round,
    @Nullable Instant busyUntil,
    IdempotencyStore.@Nullable Answer answer) {}
