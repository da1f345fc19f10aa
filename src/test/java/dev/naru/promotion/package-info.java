@NullMarked
package dev.naru.promotion;

import org.jspecify.annotations.NullMarked;
