/** Naver Pay, payment type. */
@NullMarked
package dev.naru.simulator.naverpay;

import org.jspecify.annotations.NullMarked;
