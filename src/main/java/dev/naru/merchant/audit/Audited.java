package dev.naru.merchant.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change as it was written down.
 *
 * @param id the larger the later
 * @param merchantId whose settings; {@link Audit#HUB} for the hub's own
 * @param about what was changed: a channel's key, a code, an id
 * @param before JSON, null if there was nothing; secrets are masked
 * @param after JSON, null if there is nothing any more
 */
public record Audited(
    long id,
    long merchantId,
    Instant at,
    Actor actor,
    Act act,
    String about,
    @Nullable String before,
    @Nullable String after) {}
