package dev.naru.webhook.setting;

import dev.naru.connector.http.Outbound;
import dev.naru.kernel.Failed;
import dev.naru.webhook.Refusal;
import org.springframework.stereotype.Component;

/** Which URLs shops may set. */
@Component
class HookAddress {

  private static final int LONGEST = 2_000;

  private final Outbound outbound;

  HookAddress(Outbound outbound) {
    this.outbound = outbound;
  }

  /**
   * The URL without blanks around it. May have to look up its host.
   *
   * @throws Failed invalid, if it cannot be called
   */
  String checked(String url) {
    String stripped = url.strip();
    if (stripped.length() > LONGEST) {
      throw Failed.invalid(Refusal.URL_TOO_LONG, LONGEST);
    }
    if (!Outbound.takes(stripped)) {
      throw Failed.invalid(Refusal.NO_URL);
    }
    if (!outbound.reaches(stripped)) {
      throw Failed.invalid(Refusal.PRIVATE_URL);
    }
    return stripped;
  }
}
