package dev.naru.connector;

/** The PG's own id of a transaction (V1's {@code pg_tid}). */
public record PgRef(String tid) {}
