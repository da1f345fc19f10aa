/**
 * The V1 wire: one controller per tag, the envelope and the views. V1's snake_case lives here
 * alone.
 */
@NullMarked
package dev.naru.api;

import org.jspecify.annotations.NullMarked;
