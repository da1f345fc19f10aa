@NullMarked
package dev.naru;

import org.jspecify.annotations.NullMarked;
