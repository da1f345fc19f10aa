/** How a buyer's browser comes to a PG's window and back. */
@NullMarked
package dev.naru.connector.window;

import org.jspecify.annotations.NullMarked;
