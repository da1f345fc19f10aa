@NullMarked
package dev.naru.api.once;

import org.jspecify.annotations.NullMarked;
