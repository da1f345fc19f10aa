/** NICE Payments. */
@NullMarked
package dev.naru.simulator.nice;

import org.jspecify.annotations.NullMarked;
