@NullMarked
package dev.naru.billing;

import org.jspecify.annotations.NullMarked;
