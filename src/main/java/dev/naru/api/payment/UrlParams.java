package dev.naru.api.payment;

import dev.naru.api.Refusal;
import dev.naru.api.wire.Params;
import dev.naru.kernel.Failed;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Reads the addresses at which a shop wants to be told or asked. */
final class UrlParams {

  private UrlParams() {}

  /** Where the shop is asked before the money is taken, null if it does not want to be. */
  static @Nullable String confirmUrl(Params params) {
    String url = params.text("confirm_url", 2_000);
    if (url != null) {
      checkUrl("confirm_url", url);
    }
    return url;
  }

  static void checkUrl(String name, String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return;
      }
    } catch (IllegalArgumentException malformed) {
      // falls through to the refusal
    }
    throw Failed.invalid(Refusal.WRONG_HOOK_URL, name);
  }
}
