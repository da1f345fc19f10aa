package dev.naru.merchant.setup;

import dev.naru.connector.Pg;
import org.jspecify.annotations.Nullable;

/**
 * A channel as whoever sets it up sees it.
 *
 * @param mid V1's pg_id
 * @param enabled whether it may be used for something new
 * @param acceptsUnknown see {@code Channel}
 * @param givenBy the representative whose channel it is; null for the merchant's own
 * @param givenTo the sub-merchant that uses it now
 */
public record SetUp(
    String key,
    String name,
    Pg<?> pg,
    String mid,
    Pg.Mode mode,
    boolean enabled,
    boolean acceptsUnknown,
    @Nullable Long givenBy,
    @Nullable Long givenTo) {}
