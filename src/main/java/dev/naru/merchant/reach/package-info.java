/** Where PGs are and how they answer: addresses, breakers, the wire log. */
@NullMarked
package dev.naru.merchant.reach;

import org.jspecify.annotations.NullMarked;
