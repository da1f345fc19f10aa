@NullMarked
package dev.naru.look;

import org.jspecify.annotations.NullMarked;
