package dev.naru.merchant.file;

/**
 * Something that a file keeps.
 *
 * @param file the file's name
 * @param line where it stands in the file
 * @param fingerprint a keyed hash of what was applied last
 */
public record Kept(Name name, String file, int line, String fingerprint) {

  /** What it is. The order is that in which they end: what uses others first. */
  public enum Kind {
    GROUP,
    PROMOTION,
    TIER_CHANNEL,
    WEBHOOK_KEY,
    WEBHOOK,
    TIER,
    CHANNEL_ORDER,
    CHANNEL,
    ALLOW_LIST,
    RECOVERY_HOUR,
    KEY,
    SHOP
  }

  /**
   * Which thing it is.
   *
   * @param id which of its kind: a channel's key, a tier's code; empty where a shop has one of them
   */
  public record Name(long merchantId, Kind kind, String id) {}
}
