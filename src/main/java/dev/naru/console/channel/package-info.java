/** Channels to PGs, and groups of them that share payments. */
@NullMarked
package dev.naru.console.channel;

import org.jspecify.annotations.NullMarked;
