/** Books: what a PG has charged, written first and known afterwards, and how it is found again. */
@NullMarked
package dev.naru.simulator.kit.book;

import org.jspecify.annotations.NullMarked;
