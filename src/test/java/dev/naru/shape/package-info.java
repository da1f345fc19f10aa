/** Rules about the code itself, each of which can fail. */
@NullMarked
package dev.naru.shape;

import org.jspecify.annotations.NullMarked;
