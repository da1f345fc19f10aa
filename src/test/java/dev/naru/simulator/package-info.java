/** Tests of the simulators, over real HTTP. */
@NullMarked
package dev.naru.simulator;

import org.jspecify.annotations.NullMarked;
