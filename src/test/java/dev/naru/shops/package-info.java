@NullMarked
package dev.naru.shops;

import org.jspecify.annotations.NullMarked;
