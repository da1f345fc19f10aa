/** Tests of this part of the simulators. */
@NullMarked
package dev.naru.simulator.kit.window;

import org.jspecify.annotations.NullMarked;
