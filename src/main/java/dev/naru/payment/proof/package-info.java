/** Proves the books, every night and on demand. */
@NullMarked
package dev.naru.payment.proof;

import org.jspecify.annotations.NullMarked;
