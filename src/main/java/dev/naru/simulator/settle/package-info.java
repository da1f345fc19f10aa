/** Hecto Financial (Settlebank). */
@NullMarked
package dev.naru.simulator.settle;

import org.jspecify.annotations.NullMarked;
