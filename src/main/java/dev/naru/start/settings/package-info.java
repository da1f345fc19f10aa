/** Reads {@code NARU_*}. */
@NullMarked
package dev.naru.start.settings;

import org.jspecify.annotations.NullMarked;
