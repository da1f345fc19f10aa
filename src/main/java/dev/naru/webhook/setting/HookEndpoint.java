package dev.naru.webhook.setting;

import dev.naru.kernel.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a shop wants webhooks of payments that name no URL themselves.
 *
 * @param id its number
 * @param form whether bodies are forms rather than JSON
 * @param events what is sent there; null for what the shop wants anyway
 * @param active whether new payments are told of; older ones are in any case
 * @param position counts a shop's endpoints from one, in the order in which they were added
 * @param keys what signs
 * @param endedAt when it was removed: it is shown no more, and older payments still go there
 */
public record HookEndpoint(
    long merchantId,
    long id,
    String url,
    boolean form,
    @Nullable Set<HookEvent> events,
    Mode mode,
    boolean active,
    int position,
    Keys keys,
    Instant createdAt,
    @Nullable Instant endedAt) {

  public HookEndpoint {
    events = events == null ? null : HookEvent.copy(events);
  }

  /** Which payments it is for. */
  public enum Mode {
    LIVE,
    /** Of test channels and those of the sandbox. */
    TEST,
    BOTH;

    /** As the database has it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean takes(boolean test) {
      return this == BOTH || (this == TEST) == test;
    }
  }

  /**
   * What signs. A key that was replaced signs beside the new one for a day.
   *
   * @param present null for the shop's own key
   * @param former null if none was replaced lately
   * @param formerUntil until when that signs too
   */
  public record Keys(
      @Nullable Secret present, @Nullable Secret former, @Nullable Instant formerUntil) {

    static final Keys OF_SHOP = new Keys(null, null, null);

    /** What signs now, the newest first. */
    List<Secret> signing(Secret ofShop, Instant now) {
      Secret first = present == null ? ofShop : present;
      boolean both = former != null && formerUntil != null && now.isBefore(formerUntil);
      return both ? List.of(first, former) : List.of(first);
    }
  }

  boolean isOpen() {
    return endedAt == null;
  }
}
