/** What only a sandbox has. */
@NullMarked
package dev.naru.account;

import org.jspecify.annotations.NullMarked;
