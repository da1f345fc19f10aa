@NullMarked
package dev.naru.pg.kcp;

import org.jspecify.annotations.NullMarked;
