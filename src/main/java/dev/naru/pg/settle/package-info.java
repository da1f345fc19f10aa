/** Hecto Financial, V1's settle: windows that charge by themselves, and a JSON API. */
@NullMarked
package dev.naru.pg.settle;

import org.jspecify.annotations.NullMarked;
