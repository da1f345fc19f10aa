package dev.naru.webhook.setting;

import dev.naru.payment.Event;
import dev.naru.payment.Payment;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a shop may want to hear of. Who chooses nothing gets what V1 announces: all but failures
 * that no schedule waits for, and cancels by the API that did not ask for a webhook.
 */
public enum HookEvent {
  PAID,
  /** An account to pay into was issued. */
  READY,
  /** Any failure, not those of schedules alone. */
  FAILED,
  /** A cancel at the PG, in the console, or by the API with {@code enable_webhook}. */
  CANCELLED,
  /** Any cancel by the API, whether it asks for a webhook or not. */
  CANCELLED_BY_API;

  /** As the database has it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One that the database has. */
  public static HookEvent of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** A copy in their order. */
  static Set<HookEvent> copy(Set<HookEvent> some) {
    return some.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(some));
  }

  /**
   * Whether an event is told of.
   *
   * @param chosen null for what V1 announces
   */
  static boolean isWanted(@Nullable Set<HookEvent> chosen, Payment after, Event event) {
    if (chosen == null) {
      return event.announce();
    }
    if (event.kind() == Event.Kind.CANCELED) {
      return chosen.contains(CANCELLED_BY_API) || (event.announce() && chosen.contains(CANCELLED));
    }
    if (event.kind() == Event.Kind.DECLINED) {
      return after.state() instanceof Payment.State.Failed && chosen.contains(FAILED);
    }
    return event.announce() && kind(event).map(chosen::contains).orElse(true);
  }

  private static Optional<HookEvent> kind(Event event) {
    return switch (event.kind()) {
      case APPROVED, DEPOSITED, KEY_ISSUED -> Optional.of(PAID);
      case VBANK_OPENED, BARCODE_ISSUED -> Optional.of(READY);
      default -> Optional.empty();
    };
  }
}
