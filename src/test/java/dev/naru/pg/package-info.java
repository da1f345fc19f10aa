@NullMarked
package dev.naru.pg;

import org.jspecify.annotations.NullMarked;
