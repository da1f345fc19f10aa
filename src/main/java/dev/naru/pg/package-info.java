/**
 * A folder per PG, and Gateways, the list of them. A folder knows the connector's SPI and {@code
 * kit}, the tools that all may use, and nothing of its sisters.
 */
@NullMarked
package dev.naru.pg;

import org.jspecify.annotations.NullMarked;
