/** Tests of this part of the simulators. */
@NullMarked
package dev.naru.simulator.settle;

import org.jspecify.annotations.NullMarked;
