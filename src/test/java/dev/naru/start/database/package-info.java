@NullMarked
package dev.naru.start.database;

import org.jspecify.annotations.NullMarked;
