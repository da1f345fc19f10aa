/** Toss Pay: payments in its window, and billing keys. */
@NullMarked
package dev.naru.pg.tosspay;

import org.jspecify.annotations.NullMarked;
