/** The shop file: shops, keys and channels that somebody keeps in a file, made at every start. */
@NullMarked
package dev.naru.shops;

import org.jspecify.annotations.NullMarked;
