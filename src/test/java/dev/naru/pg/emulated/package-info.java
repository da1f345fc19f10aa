@NullMarked
package dev.naru.pg.emulated;

import org.jspecify.annotations.NullMarked;
