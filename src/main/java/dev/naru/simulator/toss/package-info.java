/** Toss Payments. */
@NullMarked
package dev.naru.simulator.toss;

import org.jspecify.annotations.NullMarked;
