/**
 * The one door to stored payments: what arrives while others write shares their statement and
 * commit.
 */
@NullMarked
package dev.naru.payment.store;

import org.jspecify.annotations.NullMarked;
