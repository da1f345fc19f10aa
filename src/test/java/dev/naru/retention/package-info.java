/** What is forgotten, against a real PostgreSQL. */
@NullMarked
package dev.naru.retention;

import org.jspecify.annotations.NullMarked;
