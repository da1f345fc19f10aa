package dev.naru.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is ours until its lease ends, with what its message says.
 *
 * @param lane the number of its endpoint
 * @param endpoint the shop's endpoint it is for; null for a URL that the payment named
 * @param tries this one included
 */
record Claimed(
    long merchantId,
    long eventId,
    int no,
    String url,
    @Nullable Long endpoint,
    long lane,
    int tries,
    Instant createdAt,
    String impUid,
    String merchantUid,
    String status,
    @Nullable String cancellationId) {}
