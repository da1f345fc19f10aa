/** The pages of identity checks. */
@NullMarked
package dev.naru.console.identity;

import org.jspecify.annotations.NullMarked;
