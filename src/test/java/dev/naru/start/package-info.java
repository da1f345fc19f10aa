@NullMarked
package dev.naru.start;

import org.jspecify.annotations.NullMarked;
