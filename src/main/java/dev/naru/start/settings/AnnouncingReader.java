package dev.naru.start.settings;

import dev.naru.attention.Announcing;
import dev.naru.connector.http.Outbound;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads how the operator is told of what needs a person. */
final class AnnouncingReader {

  private AnnouncingReader() {}

  /**
   * @param text looks a setting up
   * @param problem takes the name of a setting, and what is wrong with it; never the value, which
   *     may hold a password
   */
  static Announcing read(
      Function<String, Optional<String>> text, BiConsumer<String, String> problem) {
    Optional<String> webhook = text.apply("naru.attention.webhook");
    if (webhook.filter(url -> !Outbound.takes(url)).isPresent()) {
      problem.accept("naru.attention.webhook", "must be an http or https URL");
    }
    Optional<String> smtp = text.apply("naru.smtp.url");
    if (smtp.filter(url -> !isSmtp(url)).isPresent()) {
      problem.accept("naru.smtp.url", "must look like smtp://user:password@host:587 or smtps://…");
    }
    List<String> to =
        Arrays.stream(text.apply("naru.attention.mail").orElse("").split(","))
            .map(String::strip)
            .filter(address -> !address.isEmpty())
            .toList();
    if (to.stream().anyMatch(address -> !address.matches("[^\\s@<>;]+@[^\\s@<>;]+"))) {
      problem.accept("naru.attention.mail", "must be mail addresses with commas between them");
    }
    return new Announcing(
        webhook.map(Secret::new).orElse(null), smtp.map(Secret::new).orElse(null), to);
  }

  private static boolean isSmtp(String text) {
    try {
      URI url = new URI(text);
      return String.valueOf(url.getScheme()).matches("smtps?") && url.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
