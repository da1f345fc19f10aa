/** Brings what nobody knows to its end, by the PG's own books. */
@NullMarked
package dev.naru.payment.resolve;

import org.jspecify.annotations.NullMarked;
