/** The payment aggregate, its use cases, the resolver of unknown outcomes and the ledger. */
@NullMarked
package dev.naru.payment;

import org.jspecify.annotations.NullMarked;
