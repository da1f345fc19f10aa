/** A small shop that pays through the SDK, and shows what happens. */
@NullMarked
package dev.naru.sandbox.demo;

import org.jspecify.annotations.NullMarked;
