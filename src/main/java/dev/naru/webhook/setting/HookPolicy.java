package dev.naru.webhook.setting;

import dev.naru.webhook.Retries;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a shop wants of its webhooks and of the confirm process.
 *
 * @param events what is told of; null for what V1 announces
 * @param first V1's "webhook first": the buyer goes back only when the first try was made, or after
 *     a moment
 * @param confirm whether the shop is asked before a charge in a window
 * @param confirmUrl where, if the payment names no confirm_url; null for nowhere
 */
public record HookPolicy(
    @Nullable Set<HookEvent> events,
    Retries retries,
    boolean first,
    boolean confirm,
    @Nullable String confirmUrl) {

  /** What counts where nothing was set. */
  public static final HookPolicy DEFAULT = new HookPolicy(null, Retries.DAYS, false, true, null);

  public HookPolicy {
    events = events == null ? null : HookEvent.copy(events);
  }
}
