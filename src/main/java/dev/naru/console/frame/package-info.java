/** What all pages of the console have in common. */
@NullMarked
package dev.naru.console.frame;

import org.jspecify.annotations.NullMarked;
