/** Danal's identity verification in a window. */
@NullMarked
package dev.naru.pg.danal;

import org.jspecify.annotations.NullMarked;
