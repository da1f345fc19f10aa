/**
 * The SPI between Naru and the PGs: capabilities, outcomes and the one way to speak HTTP to a PG.
 */
@NullMarked
package dev.naru.connector;

import org.jspecify.annotations.NullMarked;
