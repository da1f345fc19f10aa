/** Tests of merchants and what they have. */
@NullMarked
package dev.naru.merchant;

import org.jspecify.annotations.NullMarked;
