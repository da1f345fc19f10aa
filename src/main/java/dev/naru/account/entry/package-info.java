/** How people come in: signing in, sessions, and the addresses they are sent. */
@NullMarked
package dev.naru.account.entry;

import org.jspecify.annotations.NullMarked;
