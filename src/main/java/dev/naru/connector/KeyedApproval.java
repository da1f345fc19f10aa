package dev.naru.connector;

/** What a window came to that charged its buyer and issued a billing key in one call. */
public record KeyedApproval(Approval approval, PgKey key) {}
