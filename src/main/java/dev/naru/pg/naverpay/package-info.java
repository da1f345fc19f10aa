/** Naver Pay, payment type: payments in its window, and keys for recurring payments. */
@NullMarked
package dev.naru.pg.naverpay;

import org.jspecify.annotations.NullMarked;
