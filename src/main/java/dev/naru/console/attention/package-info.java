/** What needs a person: the list, and what is done about each. */
@NullMarked
package dev.naru.console.attention;

import org.jspecify.annotations.NullMarked;
