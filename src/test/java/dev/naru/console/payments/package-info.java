/** The console's list of payments, over HTTP and in a browser. */
@NullMarked
package dev.naru.console.payments;

import org.jspecify.annotations.NullMarked;
