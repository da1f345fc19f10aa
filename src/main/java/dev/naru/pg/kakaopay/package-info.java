/** Kakao Pay: single and recurring payments through its window. */
@NullMarked
package dev.naru.pg.kakaopay;

import org.jspecify.annotations.NullMarked;
