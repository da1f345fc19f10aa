/**
 * Toss Payments: payments through its window and by API, billing keys, virtual accounts, receipts.
 */
@NullMarked
package dev.naru.pg.toss;

import org.jspecify.annotations.NullMarked;
