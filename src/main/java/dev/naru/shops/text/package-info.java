/** A YAML file as a person wrote it: what stands where, and all that is wrong with it. */
@NullMarked
package dev.naru.shops.text;

import org.jspecify.annotations.NullMarked;
