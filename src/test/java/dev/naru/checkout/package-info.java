@NullMarked
package dev.naru.checkout;

import org.jspecify.annotations.NullMarked;
