/** The list of payments: filters, files, and webhooks that failed. */
@NullMarked
package dev.naru.console.payments;

import org.jspecify.annotations.NullMarked;
