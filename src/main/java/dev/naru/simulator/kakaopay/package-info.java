/** Kakao Pay. */
@NullMarked
package dev.naru.simulator.kakaopay;

import org.jspecify.annotations.NullMarked;
