/** What only a sandbox has: the hook receiver, the books and the capability matrix. */
@NullMarked
package dev.naru.sandbox;

import org.jspecify.annotations.NullMarked;
