/** What is told a PG about an order that was paid, and what it answers. */
@NullMarked
package dev.naru.connector.aftercare;

import org.jspecify.annotations.NullMarked;
