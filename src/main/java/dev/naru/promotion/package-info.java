/** Promotions: instant discounts of one card company out of a budget. */
@NullMarked
package dev.naru.promotion;

import org.jspecify.annotations.NullMarked;
