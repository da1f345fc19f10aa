/** PAYCO. */
@NullMarked
package dev.naru.simulator.payco;

import org.jspecify.annotations.NullMarked;
