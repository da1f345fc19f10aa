package dev.naru.connector.aftercare;

import dev.naru.connector.PgRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cash receipt that was issued.
 *
 * @param ref what the PG knows it by (V1's {@code receipt_tid})
 * @param applyNum the tax office's approval number
 */
public record Receipted(PgRef ref, String applyNum, Instant at, @Nullable String url) {}
