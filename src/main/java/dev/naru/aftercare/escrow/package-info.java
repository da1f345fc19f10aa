/** Delivery of what was paid by escrow. */
@NullMarked
package dev.naru.aftercare.escrow;

import org.jspecify.annotations.NullMarked;
