/** Tests of this part of the simulators. */
@NullMarked
package dev.naru.simulator.kit.book;

import org.jspecify.annotations.NullMarked;
