package dev.naru.connector.window;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The buyer's browser, and where the PG shall send it back to.
 *
 * @param back the return URL; bears a single-use state
 * @param close where the window goes when the buyer closes it
 * @param notice where the PG posts what happens later
 * @param language ko or en
 */
public record Visit(
    boolean mobile, URI back, URI close, URI notice, String language, @Nullable String appScheme) {}
