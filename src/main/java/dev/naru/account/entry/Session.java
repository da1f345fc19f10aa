package dev.naru.account.entry;

import dev.naru.account.Account;
import java.time.Instant;

/**
 * A browser in which somebody is signed in, or about to be.
 *
 * @param id what it is known by to its own account; says nothing about its cookie
 * @param entered false while a second proof is still wanted
 * @param shop which shops its pages are about: {@code own}, {@code all}, or a sub-shop's code
 * @param provedAt when it was last proved who sits there
 */
public record Session(
    String id,
    Account account,
    boolean entered,
    String shop,
    String address,
    String agent,
    Instant createdAt,
    Instant seenAt,
    Instant provedAt) {}
