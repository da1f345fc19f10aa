/**
 * What magic cards make of charges, cancels, deposits and cash receipts, and the notices about
 * them.
 */
@NullMarked
package dev.naru.simulator.kit.till;

import org.jspecify.annotations.NullMarked;
