/** One's own account, and those of others. */
@NullMarked
package dev.naru.console.member;

import org.jspecify.annotations.NullMarked;
