@NullMarked
package dev.naru.crash;

import org.jspecify.annotations.NullMarked;
