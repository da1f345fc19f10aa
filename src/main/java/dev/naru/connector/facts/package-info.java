/** What V1 does differently from PG to PG: tables, a line per PG. */
@NullMarked
package dev.naru.connector.facts;

import org.jspecify.annotations.NullMarked;
