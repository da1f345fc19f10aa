@NullMarked
package dev.naru.attention;

import org.jspecify.annotations.NullMarked;
