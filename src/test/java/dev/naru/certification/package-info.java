@NullMarked
package dev.naru.certification;

import org.jspecify.annotations.NullMarked;
