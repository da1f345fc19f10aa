/**
 * The part of the SPI that speaks HTTP: calls to PGs, which come to an outcome; calls to URLs that
 * a request names; the lease under which a PG may be called, and what is known of PGs' clocks.
 */
@NullMarked
package dev.naru.connector.http;

import org.jspecify.annotations.NullMarked;
