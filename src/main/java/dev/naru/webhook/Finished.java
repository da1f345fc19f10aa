package dev.naru.webhook;

import java.time.Instant;

/**
 * A try that came to an end.
 *
 * @param status the HTTP status, 0 if there was no answer
 */
record Finished(
    Claimed claimed, Instant at, long millis, int status, String answer, Retry.Verdict verdict) {}
