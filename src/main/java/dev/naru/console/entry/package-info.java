/** How people come in: signing in, codes, links that were sent, the first owner. */
@NullMarked
package dev.naru.console.entry;

import org.jspecify.annotations.NullMarked;
