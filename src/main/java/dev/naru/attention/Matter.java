package dev.naru.attention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person has to look at.
 *
 * @param merchantId whose it is, {@link Attention#HUB} for what concerns the hub itself
 * @param about see {@link What}
 * @param why the last reason
 * @param since when it was first raised, after it had last been settled
 * @param seenAt when it was last raised
 * @param settledAt null while it is open
 */
public record Matter(
    long merchantId,
    long id,
    What what,
    String about,
    String why,
    Instant since,
    Instant seenAt,
    @Nullable Instant settledAt) {}
