package dev.naru.attention;

import java.time.Instant;
import java.util.Locale;

/**
 * A matter as it is told and listed.
 *
 * @param merchant whose it is, 0 for the hub itself
 * @param what its kind, in small letters
 * @param title its kind in words
 */
public record MatterView(
    String id, long merchant, String what, String title, String about, String why, Instant since) {

  /** The view of a matter. */
  public static MatterView of(Matter matter) {
    return new MatterView(
        Long.toString(matter.id()),
        matter.merchantId(),
        matter.what().name().toLowerCase(Locale.ROOT),
        matter.what().title(),
        matter.about(),
        matter.why(),
        matter.since());
  }
}
