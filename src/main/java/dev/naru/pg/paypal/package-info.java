/** PayPal: orders, refunds and its vault for billing keys. */
@NullMarked
package dev.naru.pg.paypal;

import org.jspecify.annotations.NullMarked;
