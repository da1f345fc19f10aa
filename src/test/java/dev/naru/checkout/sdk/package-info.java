@NullMarked
package dev.naru.checkout.sdk;

import org.jspecify.annotations.NullMarked;
