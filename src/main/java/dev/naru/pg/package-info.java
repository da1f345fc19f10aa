/** One package-private file per PG, and Gateways, the list of them. */
@NullMarked
package dev.naru.pg;

import org.jspecify.annotations.NullMarked;
