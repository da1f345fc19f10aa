/** What PGs tell by themselves. */
@NullMarked
package dev.naru.payment.notice;

import org.jspecify.annotations.NullMarked;
