@NullMarked
package dev.naru.pg.nice;

import org.jspecify.annotations.NullMarked;
