@NullMarked
package dev.naru.merchant.reach;

import org.jspecify.annotations.NullMarked;
