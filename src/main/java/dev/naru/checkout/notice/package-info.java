/** Where PGs post what happened later. */
@NullMarked
package dev.naru.checkout.notice;

import org.jspecify.annotations.NullMarked;
