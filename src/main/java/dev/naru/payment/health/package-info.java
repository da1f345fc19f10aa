/** How payments fare at the channels they are made by. */
@NullMarked
package dev.naru.payment.health;

import org.jspecify.annotations.NullMarked;
