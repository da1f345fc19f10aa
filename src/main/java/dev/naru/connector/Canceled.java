package dev.naru.connector;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A cancel that the PG has done. */
public record Canceled(PgRef ref, Instant at, @Nullable String receiptUrl) {}
