/**
 * The simulators: fake PGs that speak the PGs' own protocols over HTTP and keep a book of what they
 * charged.
 *
 * <p>A program of its own. It knows nothing of the hub, so that a test of the two proves something.
 * {@link Fakes} is the list; each fake is a folder, which knows the {@code kit} and none of its
 * sisters.
 */
@NullMarked
package dev.naru.simulator;

import org.jspecify.annotations.NullMarked;
