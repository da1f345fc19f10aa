/** What only a sandbox has. */
@NullMarked
package dev.naru.console;

import org.jspecify.annotations.NullMarked;
