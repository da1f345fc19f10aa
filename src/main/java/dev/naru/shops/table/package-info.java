/** What may stand in a shop file, as one table that the reader and the editors' schema follow. */
@NullMarked
package dev.naru.shops.table;

import org.jspecify.annotations.NullMarked;
