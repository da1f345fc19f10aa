/** Tests of this part of the simulators. */
@NullMarked
package dev.naru.simulator.inicis;

import org.jspecify.annotations.NullMarked;
