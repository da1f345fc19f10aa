/** Identity checks: by a code or an app, or in a window; and the messages people would get. */
@NullMarked
package dev.naru.simulator.kit.people;

import org.jspecify.annotations.NullMarked;
