/** Whose identity is verified, and what comes of it. */
@NullMarked
package dev.naru.connector.identity;

import org.jspecify.annotations.NullMarked;
