/** Identity verification: who somebody is, proved by their mobile phone. */
@NullMarked
package dev.naru.certification;

import org.jspecify.annotations.NullMarked;
