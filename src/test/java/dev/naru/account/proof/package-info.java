/** What only a sandbox has. */
@NullMarked
package dev.naru.account.proof;

import org.jspecify.annotations.NullMarked;
