/** Work that goes on by itself: loops, what is due, and whether they still beat. */
@NullMarked
package dev.naru.kernel.work;

import org.jspecify.annotations.NullMarked;
