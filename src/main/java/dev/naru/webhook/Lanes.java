package dev.naru.webhook;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many calls are on their way to whom, so that a slow endpoint keeps nobody else waiting. A
 * lane is one merchant's way to one endpoint: scheme, host and port, whatever the path. It begins
 * with two calls at a time and gets more only while it answers quickly. For the courier's one
 * thread.
 */
final class Lanes {

  /** How many calls may be on their way in a lane that is known to be quick. */
  static final int QUICK = 32;

  /** The same for all others. */
  static final int WARY = 2;

  /** How many of one merchant, whatever its lanes. */
  static final int PER_MERCHANT = 64;

  /** How many to one endpoint, of all merchants. */
  private static final int PER_ENDPOINT = 128;

  private static final long QUICK_MILLIS = 2_000;
  private static final int REMEMBERED = 256;

  /** A merchant's way to an endpoint, which is the same number for all merchants. */
  private record Lane(long merchantId, long endpoint) {
    static Lane of(Claimed claimed) {
      return new Lane(claimed.merchantId(), claimed.lane());
    }
  }

  private final Map<Lane, Integer> lanes = new HashMap<>();
  private final Map<Long, Integer> merchants = new HashMap<>();
  private final Map<Long, Integer> endpoints = new HashMap<>();
  private final Set<Lane> quick =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Lane, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * What a claim may take. Who is not named has nothing on its way: {@link #PER_MERCHANT}, {@link
   * #WARY}.
   *
   * @param full endpoints to which nothing more may go
   */
  record Room(List<Shop> merchants, List<Way> lanes, List<Long> full) {

    /** How many more of a merchant. */
    record Shop(long merchantId, int free) {}

    /**
     * How many more in a lane.
     *
     * @param idle whether nothing is on its way there
     */
    record Way(long merchantId, long lane, int free, boolean idle) {}
  }

  Room room() {
    Map<Lane, Integer> known = new HashMap<>(lanes);
    quick.forEach(lane -> known.putIfAbsent(lane, 0));
    return new Room(
        merchants.entrySet().stream()
            .map(one -> new Room.Shop(one.getKey(), Math.max(0, PER_MERCHANT - one.getValue())))
            .toList(),
        known.entrySet().stream().map(one -> way(one.getKey(), one.getValue())).toList(),
        endpoints.entrySet().stream()
            .filter(one -> one.getValue() >= PER_ENDPOINT)
            .map(Map.Entry::getKey)
            .toList());
  }

  private Room.Way way(Lane lane, int busy) {
    int most = quick.contains(lane) ? QUICK : WARY;
    return new Room.Way(lane.merchantId(), lane.endpoint(), Math.max(0, most - busy), busy == 0);
  }

  void out(Claimed claimed) {
    lanes.merge(Lane.of(claimed), 1, Integer::sum);
    merchants.merge(claimed.merchantId(), 1, Integer::sum);
    endpoints.merge(claimed.lane(), 1, Integer::sum);
  }

  void back(Claimed claimed, long millis) {
    less(lanes, Lane.of(claimed));
    less(merchants, claimed.merchantId());
    less(endpoints, claimed.lane());
    if (millis < QUICK_MILLIS) {
      quick.add(Lane.of(claimed));
    } else {
      quick.remove(Lane.of(claimed));
    }
  }

  private static <K> void less(Map<K, Integer> counts, K key) {
    counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }
}
