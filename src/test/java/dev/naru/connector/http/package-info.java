/** What calls to the outside may and may not reach. */
@NullMarked
package dev.naru.connector.http;

import org.jspecify.annotations.NullMarked;
