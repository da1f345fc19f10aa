/** The pages of sub-shops. */
@NullMarked
package dev.naru.console.subshop;

import org.jspecify.annotations.NullMarked;
