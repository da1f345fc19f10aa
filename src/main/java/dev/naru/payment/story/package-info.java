/** What became of one payment: everything in order, and in one sentence. */
@NullMarked
package dev.naru.payment.story;

import org.jspecify.annotations.NullMarked;
