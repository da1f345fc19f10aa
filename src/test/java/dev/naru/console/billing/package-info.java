/** The pages of subscriptions. */
@NullMarked
package dev.naru.console.billing;

import org.jspecify.annotations.NullMarked;
