package dev.naru.payment.flow;

import dev.naru.connector.http.Lease;
import dev.naru.payment.Payment;

/**
 * Where a return led to.
 *
 * @param ours whether it is now up to the caller to make the call and to settle; otherwise the
 *     payment has its end, or someone else is at it
 * @param lease within which the call may be sent
 */
public record WindowStep(Payment payment, boolean ours, Lease lease) {}
