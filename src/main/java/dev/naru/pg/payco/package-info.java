/** PAYCO: payments in its window, virtual accounts of it, and billing keys. */
@NullMarked
package dev.naru.pg.payco;

import org.jspecify.annotations.NullMarked;
