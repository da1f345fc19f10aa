/** Identity checks: listed with masked persons, shown whole after a fresh proof, deleted. */
@NullMarked
package dev.naru.console.identity;

import org.jspecify.annotations.NullMarked;
