/** What a shop's page meets: the browser SDK, hosted pages, returns and notices of the PGs. */
@NullMarked
package dev.naru.checkout;

import org.jspecify.annotations.NullMarked;
