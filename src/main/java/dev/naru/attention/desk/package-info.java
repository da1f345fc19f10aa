/** What a person does about matters. */
@NullMarked
package dev.naru.attention.desk;

import org.jspecify.annotations.NullMarked;
