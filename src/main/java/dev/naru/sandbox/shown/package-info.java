/** The sandbox's lists as pages, for whoever opens them in a browser. */
@NullMarked
package dev.naru.sandbox.shown;

import org.jspecify.annotations.NullMarked;
