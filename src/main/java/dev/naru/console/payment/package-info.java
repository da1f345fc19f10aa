/** The page of one payment, and what a person may do about it. */
@NullMarked
package dev.naru.console.payment;

import org.jspecify.annotations.NullMarked;
