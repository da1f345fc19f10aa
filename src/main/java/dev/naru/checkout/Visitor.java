package dev.naru.checkout;

import dev.naru.connector.facts.PgFacts;
import dev.naru.connector.facts.Presentation;
import dev.naru.kernel.Failed;
import dev.naru.payment.Purchase;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page that asked for a window, and how it wants to learn the result.
 *
 * @param origin of the shop's page; {@code null} (the word) for pages that have none, such as local
 *     files in an app
 * @param top the page stands alone; a page in a frame of another cannot say whose that is
 * @param redirectUrl V1's m_redirect_url
 * @param everyField the page uses one of the historic scripts, which deliver every field with every
 *     PG
 */
public record Visitor(
    String origin,
    boolean top,
    @Nullable String redirectUrl,
    boolean mobile,
    String language,
    @Nullable String appScheme,
    boolean everyField) {

  /** What a browser sends for a page without an origin. */
  static final String OPAQUE = "null";

  /** A scheme, alone or with an address behind it. */
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)(:[^\\s\"<>\\\\\\p{Cc}]*)?");

  /** No blank and no control character anywhere: browsers would look behind them for a scheme. */
  private static final Pattern APP_ADDRESS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://[^\\s\"<>\\\\^`{|}\\p{Cc}]*");

  /** These are no apps: a browser that follows them runs or shows what somebody wrote. */
  private static final Set<String> NO_APPS =
      Set.of(
          "about",
          "blob",
          "content",
          "data",
          "file",
          "filesystem",
          "javascript",
          "vbscript",
          "view-source");

  /** How a window of this PG is shown. Without an address to come back to nothing can leave. */
  Presentation shown(PgFacts pg, Purchase purchase) {
    Presentation meant = pg.presentation(mobile, name -> sent(purchase, name));
    return meant == Presentation.REDIRECT && redirectUrl == null ? Presentation.IFRAME : meant;
  }

  private static @Nullable String sent(Purchase purchase, String name) {
    return switch (name) {
      case "customer_uid" -> purchase.customerUid();
      case "pay_method" -> purchase.method();
      case "popup" -> word(purchase.wishes().screen().popup());
      case "naverPopupMode" -> word(purchase.wishes().screen().naverPopup());
      case "kakaopayMobileAsPC" -> word(purchase.wishes().screen().asOnPc());
      default -> throw new IllegalStateException("no page is asked for " + name);
    };
  }

  private static @Nullable String word(@Nullable Boolean asked) {
    return asked == null ? null : asked.toString();
  }

  public static Visitor of(Fields envelope, Fields params, PayRequest.Headers headers) {
    return new Visitor(
        origin(envelope.text("page", 8_000), headers.origin()),
        envelope.isTrue("top"),
        redirectUrl(params),
        envelope.isTrue("mobile"),
        language(params.text("language", 10), headers.acceptLanguage()),
        appScheme(params),
        envelope.isTrue("every_field"));
  }

  /** A page of the shop's, or an address of its app: {@code myshop://done}. */
  private static @Nullable String redirectUrl(Fields params) {
    String url = params.text("m_redirect_url", 2_000);
    if (url == null || url.matches("(?i)\\s*https?:.*")) {
      return PayRequest.url(params, "m_redirect_url");
    }
    Matcher app = APP_ADDRESS.matcher(url);
    if (!app.matches() || NO_APPS.contains(app.group(1).toLowerCase(Locale.ROOT))) {
      throw Failed.invalid(Refusal.NO_REDIRECT_URL);
    }
    return url;
  }

  private static @Nullable String appScheme(Fields params) {
    String scheme = params.text("app_scheme", 255);
    if (scheme == null) {
      return null;
    }
    Matcher form = SCHEME.matcher(scheme);
    if (!form.matches() || NO_APPS.contains(form.group(1).toLowerCase(Locale.ROOT))) {
      throw Failed.invalid(Refusal.WRONG_FORM, "app_scheme");
    }
    return scheme;
  }

  /** The one site that may show the window in a frame; empty where that cannot be said. */
  Optional<String> framer() {
    // What a policy cannot name (apps' schemes, IPv6 addresses) it must not forbid.
    boolean sayable = top && origin.matches("https?://[a-z0-9._-]+(:\\d+)?");
    return sayable ? Optional.of(origin) : Optional.empty();
  }

  /** Browsers do not let a page write the Origin header: it wins, and the page may not differ. */
  private static String origin(@Nullable String page, @Nullable String header) {
    String ofPage = page == null ? OPAQUE : originOf(page);
    if (header == null || header.isBlank()) {
      return ofPage;
    }
    String origin = header.toLowerCase(Locale.ROOT);
    if (!origin.matches("[a-z][a-z0-9+.-]*://[^/\\s\"'<>;,]+")) {
      return OPAQUE;
    }
    if (!ofPage.equals(OPAQUE) && !ofPage.equals(origin)) {
      throw Failed.invalid(Refusal.UNKNOWN_PAGE);
    }
    return origin;
  }

  private static String originOf(String url) {
    try {
      // Only what names the origin: the rest of a page's address may hold anything.
      URI uri = URI.create(url.replaceFirst("[?#].*", "").replaceFirst("(//[^/]*)/.*", "$1"));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      boolean standard = scheme.equals("https") ? uri.getPort() == 443 : uri.getPort() == 80;
      if (host.isEmpty() || scheme.equals("file")) {
        return OPAQUE;
      }
      return scheme + "://" + host + (uri.getPort() < 0 || standard ? "" : ":" + uri.getPort());
    } catch (IllegalArgumentException notAnAddress) {
      return OPAQUE;
    }
  }

  private static String language(@Nullable String asked, @Nullable String accepted) {
    String wanted = asked != null ? asked : accepted == null ? "ko" : accepted;
    return wanted.toLowerCase(Locale.ROOT).startsWith("en") ? "en" : "ko";
  }
}
