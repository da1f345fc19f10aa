/** PayPal. */
@NullMarked
package dev.naru.simulator.paypal;

import org.jspecify.annotations.NullMarked;
