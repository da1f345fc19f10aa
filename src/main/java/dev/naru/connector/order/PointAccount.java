package dev.naru.connector.order;

import dev.naru.kernel.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Whose welfare points are meant, and the proof of it. Held for one request only.
 *
 * @param user the name to log in by
 * @param memberCode of the employer at the mall; null makes a test payment
 */
public record PointAccount(String user, Secret password, @Nullable String memberCode) {}
