/** Merchants and their sub-merchants (tiers), API keys and tokens, channels. */
@NullMarked
package dev.naru.merchant;

import org.jspecify.annotations.NullMarked;
