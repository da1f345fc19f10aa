/** What several tests need: a hub as a process, a database, and the rings that need a tool. */
@NullMarked
package dev.naru.testing;

import org.jspecify.annotations.NullMarked;
