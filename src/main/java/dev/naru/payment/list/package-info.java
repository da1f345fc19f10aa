/** What is read about many payments: lists with filters, search, and sums of days. */
@NullMarked
package dev.naru.payment.list;

import org.jspecify.annotations.NullMarked;
