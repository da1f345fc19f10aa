@NullMarked
package dev.naru.pg.inicis;

import org.jspecify.annotations.NullMarked;
