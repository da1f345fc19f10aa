/** Sub-shops of a representative: made, renamed, given channels, closed. */
@NullMarked
package dev.naru.console.subshop;

import org.jspecify.annotations.NullMarked;
