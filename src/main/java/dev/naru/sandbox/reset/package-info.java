/** Puts a sandbox back to how it began. */
@NullMarked
package dev.naru.sandbox.reset;

import org.jspecify.annotations.NullMarked;
