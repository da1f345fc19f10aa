/** Danal's identity verification. */
@NullMarked
package dev.naru.simulator.danal;

import org.jspecify.annotations.NullMarked;
