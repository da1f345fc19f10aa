package dev.naru.kernel;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes ids that sort by time and never repeat within a process. Safe for concurrent use. */
public final class Ids {

  /** How many slots the merchants are spread over. */
  public static final int SLOTS = 1024;

  private static final int TAIL = 1_000_000;
  private static final int ROW_BITS = 20;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong lastTail = new AtomicLong();
  private final AtomicLong lastRow = new AtomicLong();

  public Ids(InstantSource clock) {
    this.clock = clock;
  }

  /** A new imp_uid; {@code byApi} gives the {@code imps_} of payments made without a window. */
  public ImpUid impUid(boolean byApi, int slot) {
    long unique = next(lastTail, TAIL);
    return ImpUid.of(byApi, unique / TAIL, slot, (int) (unique % TAIL));
  }

  /**
   * The order id one attempt is known by at the PG: 20 characters of 0-9 A-Z, which every PG takes;
   * the slot stands at its characters 10 and 11.
   */
  public String orderId(int slot) {
    String time = base36(clock.millis(), 9);
    return "N" + time + base36(slot, 2) + base36(random.nextLong(2_821_109_907_456L), 8);
  }

  /** The id of a row in a merchant's table: sorts by time, positive. */
  public long row() {
    return next(lastRow, 1L << ROW_BITS);
  }

  /** No row that was made at this time or later has a smaller id. */
  public static long firstRowAt(Instant time) {
    return time.toEpochMilli() << ROW_BITS;
  }

  /** An id a merchant sees that says nothing: {@code prefix-<uuid>}. */
  public String opaque(String prefix) {
    return prefix + "-" + new UUID(random.nextLong(), random.nextLong());
  }

  /** 32 random hexadecimal digits: single-use states in URLs. */
  public String state() {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }

  /** Time times {@code size} plus a random tail, one more than the last if that is larger. */
  private long next(AtomicLong last, long size) {
    long candidate = clock.millis() * size + random.nextLong(size);
    return last.updateAndGet(before -> candidate > before ? candidate : before + 1);
  }

  private static String base36(long number, int width) {
    String digits = Long.toString(number, 36).toUpperCase(Locale.ROOT);
    return "0".repeat(width - digits.length()) + digits;
  }
}
