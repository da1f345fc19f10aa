/** Toss Pay. */
@NullMarked
package dev.naru.simulator.tosspay;

import org.jspecify.annotations.NullMarked;
