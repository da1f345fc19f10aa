/** The pages of payment links. */
@NullMarked
package dev.naru.console.link;

import org.jspecify.annotations.NullMarked;
