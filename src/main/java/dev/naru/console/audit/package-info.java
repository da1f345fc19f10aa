/** Who did what, and when. */
@NullMarked
package dev.naru.console.audit;

import org.jspecify.annotations.NullMarked;
