/** Identity verification in a window. */
@NullMarked
package dev.naru.checkout.identity;

import org.jspecify.annotations.NullMarked;
