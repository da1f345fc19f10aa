package dev.naru.webhook;

import java.time.Instant;

/**
 * A try that came to an end.
 *
 * @param status the HTTP status, 0 if there was no answer
 * @param silent whether nobody was there: no answer, or a gateway that says so
 */
record Finished(
    Claimed claimed,
    Instant at,
    long millis,
    int status,
    String answer,
    boolean silent,
    Retries retries,
    Retry.Verdict verdict) {}
