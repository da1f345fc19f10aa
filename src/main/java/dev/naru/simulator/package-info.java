/**
 * The simulators: fake PGs that speak the PGs' own protocols over HTTP and keep a book of what they
 * charged.
 *
 * <p>A program of its own. It knows nothing of the hub, so that a test of the two proves something.
 */
@NullMarked
package dev.naru.simulator;

import org.jspecify.annotations.NullMarked;
