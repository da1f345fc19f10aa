/**
 * The vocabulary: money, identifiers, secrets, refusals and their words, and time. Knows no Spring
 * and no SQL.
 */
@NullMarked
package dev.naru.kernel;

import org.jspecify.annotations.NullMarked;
