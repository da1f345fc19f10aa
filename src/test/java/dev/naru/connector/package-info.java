@NullMarked
package dev.naru.connector;

import org.jspecify.annotations.NullMarked;
