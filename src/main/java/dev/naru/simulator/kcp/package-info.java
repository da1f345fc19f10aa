/** KCP's identity hub and identity window. */
@NullMarked
package dev.naru.simulator.kcp;

import org.jspecify.annotations.NullMarked;
