/** What only a sandbox has. */
@NullMarked
package dev.naru.sandbox;

import org.jspecify.annotations.NullMarked;
