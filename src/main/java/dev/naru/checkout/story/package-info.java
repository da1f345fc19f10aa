/** What windows have to tell of their payment. */
@NullMarked
package dev.naru.checkout.story;

import org.jspecify.annotations.NullMarked;
