/**
 * V1's operations on what was paid: receipts, deliveries, orders at Naver Pay, Kakao Pay and PAYCO.
 */
@NullMarked
package dev.naru.api.aftercare;

import org.jspecify.annotations.NullMarked;
