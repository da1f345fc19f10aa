@NullMarked
package dev.naru.pg.settle;

import org.jspecify.annotations.NullMarked;
