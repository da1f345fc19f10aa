@NullMarked
package dev.naru.pg.toss;

import org.jspecify.annotations.NullMarked;
