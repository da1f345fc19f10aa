package dev.naru.simulator.kit.web;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may ask what testers and the hub ask: those of the simulators' own origin.
 * Otherwise any page that a developer has open could pay into accounts or move time. What PGs take
 * from shops' pages, their windows among it, is open to all, as it is at PGs.
 */
final class Visitors {

  private final boolean local;

  /**
   * @param bind on a loopback address only loopback's names count, whatever DNS says of others
   */
  Visitors(String bind) {
    this.local = bind.startsWith("127.") || bind.equals("::1") || isLocalhost(bind);
  }

  boolean mayAsk(Call call) {
    String host = call.header("Host");
    String origin = call.header("Origin");
    return (!local || host == null || isOurs(host))
        && (origin == null || isOf(origin, host))
        && (call.method().equals("GET") || !"cross-site".equals(call.header("Sec-Fetch-Site")));
  }

  private static boolean isOf(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    return host != null && scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
  }

  /** Names without a dot are of this machine or of its network; no page elsewhere can have one. */
  private static boolean isOurs(String host) {
    String name;
    try {
      name = URI.create("http://" + host).getHost();
    } catch (IllegalArgumentException _) {
      return false;
    }
    return name != null && (isLocalhost(name) || isAddress(name) || !name.contains("."));
  }

  private static boolean isLocalhost(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("localhost") || lower.endsWith(".localhost");
  }

  private static boolean isAddress(String name) {
    return name.startsWith("[") || name.contains(":") || name.matches("[0-9.]+");
  }
}
