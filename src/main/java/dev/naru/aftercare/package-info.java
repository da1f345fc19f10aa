/**
 * What may follow a payment: cash receipts, the delivery of what was paid by escrow, word to the PG
 * about a sale.
 */
@NullMarked
package dev.naru.aftercare;

import org.jspecify.annotations.NullMarked;
