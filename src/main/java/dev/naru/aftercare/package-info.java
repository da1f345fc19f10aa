/** What may follow a payment: cash receipts, and the delivery of what was paid by escrow. */
@NullMarked
package dev.naru.aftercare;

import org.jspecify.annotations.NullMarked;
