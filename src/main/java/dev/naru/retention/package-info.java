/** Retention: what is forgotten, and when. */
@NullMarked
package dev.naru.retention;

import org.jspecify.annotations.NullMarked;
