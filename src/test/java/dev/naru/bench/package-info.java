/** How fast the hub is, beside PostgreSQL alone. Run by bench/run, never by the build. */
@NullMarked
package dev.naru.bench;

import org.jspecify.annotations.NullMarked;
