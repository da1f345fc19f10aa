package dev.naru.aftercare.escrow;

import java.time.Instant;

/**
 * A registered delivery of what was paid by escrow.
 *
 * @param company V1's courier code
 * @param invoice the courier's number of the parcel
 * @param appliedAt when the PG took it
 */
public record EscrowDelivery(String company, String invoice, Instant sentAt, Instant appliedAt) {}
