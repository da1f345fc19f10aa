package dev.naru.attention;

import dev.naru.kernel.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the operator is told of matters.
 *
 * @param webhook a URL that takes what Slack takes; null for none
 * @param smtp {@code smtp://user:password@host:port}, or {@code smtps://…}; null for none
 * @param mailTo addresses; empty for no mail
 */
public record Announcing(@Nullable Secret webhook, @Nullable Secret smtp, List<String> mailTo) {

  public static final Announcing NONE = new Announcing(null, null, List.of());

  public Announcing {
    mailTo = List.copyOf(mailTo);
  }
}
