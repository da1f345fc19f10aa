package dev.naru.payment.story;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a payment.
 *
 * @param rank what comes first of what has the same time, and within the kind its number
 * @param detail names and values for whoever wants to know more: ids, bytes, amounts
 */
public record StoryEntry(
    Instant at, Kind kind, long rank, @Nullable Who who, Said what, Map<String, String> detail) {

  /** First what is the cause, then what came of it; {@link StoryEntry#ORDER} is by this. */
  public static final Comparator<StoryEntry> ORDER =
      Comparator.comparing(StoryEntry::at)
          .thenComparing(StoryEntry::kind)
          .thenComparingLong(StoryEntry::rank);

  /** What kind of thing, in the order of what happened at the same time. */
  public enum Kind {
    REQUEST,
    WINDOW,
    ATTEMPT,
    CANCEL,
    CALL,
    NOTICE,
    EVENT,
    LEDGER,
    AFTERCARE,
    WEBHOOK,
    ATTENTION
  }

  /** Who did it. */
  public enum Who {
    SHOP,
    BUYER,
    HUB,
    PG,
    OPERATOR
  }

  public StoryEntry {
    detail = Map.copyOf(detail);
  }

  public static StoryEntry of(Instant at, Kind kind, long rank, @Nullable Who who, Said what) {
    return new StoryEntry(at, kind, rank, who, what, Map.of());
  }

  /** The same with one more detail; without one that is not there. */
  public StoryEntry with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new TreeMap<>(detail);
    more.put(name, value.toString());
    return new StoryEntry(at, kind, rank, who, what, more);
  }
}
