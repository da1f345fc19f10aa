package dev.naru.merchant.file;

import dev.naru.kernel.Failed;
import dev.naru.merchant.Refusal;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What files keep: whoever shows it says so, and nobody but the file changes it. */
@Component
public class FileKeeping {

  private final KeptStore store;

  FileKeeping(KeptStore store) {
    this.store = store;
  }

  /** All that a merchant has from a file. */
  public List<Kept> of(long merchantId) {
    return store.of(merchantId);
  }

  /** Whether a file keeps this one thing. */
  public Optional<Kept> find(Kept.Name name) {
    return store.find(name);
  }

  /** All that there is. */
  public List<Kept> all() {
    return store.all();
  }

  /** From now on a file keeps this, or it stands elsewhere in it. */
  public void keep(Kept kept) {
    store.put(kept);
  }

  /** From now on no file keeps this. */
  public void leave(Kept.Name name) {
    store.remove(name);
  }

  /** Held while a file is applied. */
  @FunctionalInterface
  public interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  /** Until this is closed no other node applies a file. */
  public Lock lock() {
    return store.lock()::close;
  }

  /**
   * Asked before each change.
   *
   * @throws Failed wrong state, naming file and line, if a file keeps what somebody else wants to
   *     change
   */
  public void require(Actor actor, long merchantId, Act act, String about) {
    Kept.Kind kind = kind(act);
    if (kind == null || actor.kind() == Actor.Kind.SHOP_FILE) {
      return;
    }
    boolean single =
        switch (kind) {
          case SHOP, CHANNEL_ORDER, ALLOW_LIST, WEBHOOK, WEBHOOK_KEY, RECOVERY_HOUR -> true;
          default -> false;
        };
    store
        .find(new Kept.Name(merchantId, kind, single ? "" : about))
        .ifPresent(
            kept -> {
              throw Failed.wrongState(Refusal.KEPT_IN_FILE, kept.file(), kept.line());
            });
  }

  /** Null for what no file keeps. */
  private static Kept.@Nullable Kind kind(Act act) {
    return switch (act) {
      case SHOP_RENAMED, SHOP_CLOSED -> Kept.Kind.SHOP;
      case KEY_SET, KEY_REISSUED, KEY_ENDED -> Kept.Kind.KEY;
      case CHANNEL_EDITED, CHANNEL_DISABLED, CHANNEL_ENABLED -> Kept.Kind.CHANNEL;
      case CHANNELS_ORDERED -> Kept.Kind.CHANNEL_ORDER;
      case CHANNEL_GIVEN, CHANNEL_TAKEN_BACK -> Kept.Kind.TIER_CHANNEL;
      case HOOK_ADDED, HOOK_EDITED, HOOK_ENDED, HOOK_NOTICE_FORM_SET -> Kept.Kind.WEBHOOK;
      case HOOK_KEY_ROTATED -> Kept.Kind.WEBHOOK_KEY;
      case RECOVERY_HOUR_SET -> Kept.Kind.RECOVERY_HOUR;
      case ALLOW_LIST_SET -> Kept.Kind.ALLOW_LIST;
      case TIER_RENAMED, TIER_CLOSED -> Kept.Kind.TIER;
      case GROUP_SAVED, GROUP_DELETED -> Kept.Kind.GROUP;
      case PROMOTION_MADE, PROMOTION_EDITED, PROMOTION_PAUSED, PROMOTION_RESUMED, PROMOTION_ENDED ->
          Kept.Kind.PROMOTION;
      default -> null;
    };
  }
}
