/** Tests of this part of the simulators. */
@NullMarked
package dev.naru.simulator.kit.people;

import org.jspecify.annotations.NullMarked;
