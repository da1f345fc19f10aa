package dev.naru.connector;

import dev.naru.kernel.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A billing key at a PG.
 *
 * @param key what the PG charges by
 * @param owner the id of the buyer it is bound to, if the PG binds it
 */
public record PgKey(Secret key, @Nullable String owner, @Nullable CardInfo card) {}
