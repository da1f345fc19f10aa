@NullMarked
package dev.naru.api;

import org.jspecify.annotations.NullMarked;
