package dev.naru.webhook;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many calls are on their way to whom, so that a slow endpoint keeps nobody else waiting. An
 * endpoint is a URL without its query. It begins with two calls at a time and gets more only while
 * it answers quickly. For the courier's one thread.
 */
final class Lanes {

  /** How many deliveries one claim may take for an endpoint that is known to be quick. */
  static final int QUICK = 16;

  /** The same for all others. */
  static final int WARY = 2;

  private static final int PER_HOST = 128;
  private static final long QUICK_MILLIS = 2_000;
  private static final int REMEMBERED = 256;

  private final Map<String, Integer> endpoints = new HashMap<>();
  private final Map<String, Integer> hosts = new HashMap<>();
  private final Set<String> quick =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** Who must not be claimed for now, and who may get many at once. */
  record Taken(String[] endpoints, String[] hosts, String[] quick) {}

  Taken taken() {
    return new Taken(
        endpoints.entrySet().stream()
            .filter(lane -> lane.getValue() >= (quick.contains(lane.getKey()) ? QUICK : WARY))
            .map(Map.Entry::getKey)
            .toArray(String[]::new),
        hosts.entrySet().stream()
            .filter(host -> host.getValue() >= PER_HOST)
            .map(Map.Entry::getKey)
            .toArray(String[]::new),
        quick.toArray(String[]::new));
  }

  void out(String url) {
    endpoints.merge(endpoint(url), 1, Integer::sum);
    hosts.merge(host(url), 1, Integer::sum);
  }

  void back(String url, long millis) {
    endpoints.computeIfPresent(endpoint(url), (key, count) -> count == 1 ? null : count - 1);
    hosts.computeIfPresent(host(url), (key, count) -> count == 1 ? null : count - 1);
    if (millis < QUICK_MILLIS) {
      quick.add(endpoint(url));
    } else {
      quick.remove(endpoint(url));
    }
  }

  // Both as split_part does in the claim: what cannot be parsed must count the same in both.

  private static String endpoint(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private static String host(String url) {
    String[] parts = url.split("/", 4);
    return parts.length < 3 ? "" : parts[2];
  }
}
