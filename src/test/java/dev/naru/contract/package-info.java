/** The table of V1, and whether the hub answers as it says. */
@NullMarked
package dev.naru.contract;

import org.jspecify.annotations.NullMarked;
