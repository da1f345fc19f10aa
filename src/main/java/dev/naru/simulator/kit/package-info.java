/**
 * What every fake PG uses: it lives in a {@link dev.naru.simulator.kit.House}, which knows it as a
 * {@link dev.naru.simulator.kit.Fake}. The parts are below; none of them knows a PG.
 */
@NullMarked
package dev.naru.simulator.kit;

import org.jspecify.annotations.NullMarked;
