/** What the program does instead of serving: keysets, and the proof of the books. */
@NullMarked
package dev.naru.start.command;

import org.jspecify.annotations.NullMarked;
