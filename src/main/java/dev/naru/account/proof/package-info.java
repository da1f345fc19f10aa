/** How people prove who they are: passwords, one-time codes, recovery codes. */
@NullMarked
package dev.naru.account.proof;

import org.jspecify.annotations.NullMarked;
