package dev.naru.connector;

import org.jspecify.annotations.Nullable;

/**
 * What a PG tells about a card, in V1's codes (KFTC institution codes).
 *
 * @param number masked
 * @param type 0 credit, 1 debit, null if the PG does not say
 */
public record CardInfo(
    @Nullable String code,
    @Nullable String name,
    @Nullable String issuerCode,
    @Nullable String issuerName,
    @Nullable String publisherCode,
    @Nullable String publisherName,
    @Nullable String number,
    @Nullable Integer type) {}
