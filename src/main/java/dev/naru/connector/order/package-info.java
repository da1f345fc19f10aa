/** What a PG is asked for: charges, accounts, keys and cancels, and for whom. */
@NullMarked
package dev.naru.connector.order;

import org.jspecify.annotations.NullMarked;
