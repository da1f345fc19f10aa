/** The browser SDK, and what it asks beside windows. */
@NullMarked
package dev.naru.checkout.sdk;

import org.jspecify.annotations.NullMarked;
