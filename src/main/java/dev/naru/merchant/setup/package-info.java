/** What an operator enters of a channel: its form, by which it is read, and whether it works. */
@NullMarked
package dev.naru.merchant.setup;

import org.jspecify.annotations.NullMarked;
