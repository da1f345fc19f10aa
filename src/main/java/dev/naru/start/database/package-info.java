/**
 * The database of a hub: its own or another's, which it belongs to, and whether it takes writes.
 */
@NullMarked
package dev.naru.start.database;

import org.jspecify.annotations.NullMarked;
