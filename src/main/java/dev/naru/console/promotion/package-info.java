/**
 * Promotions: made, changed as far as their state permits, paused, ended, and taken away as files.
 */
@NullMarked
package dev.naru.console.promotion;

import org.jspecify.annotations.NullMarked;
