/** What a shop charges again and again: a key on one channel, or on several. */
@NullMarked
package dev.naru.billing.key;

import org.jspecify.annotations.NullMarked;
