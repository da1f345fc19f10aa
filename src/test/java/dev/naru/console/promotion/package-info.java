/** The pages of promotions. */
@NullMarked
package dev.naru.console.promotion;

import org.jspecify.annotations.NullMarked;
