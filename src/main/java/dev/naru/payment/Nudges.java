package dev.naru.payment;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/**
 * Wakes the loops of this node that wait for work, so that a webhook or a first look at an unknown
 * outcome does not wait for the next tick. Losing a nudge loses nothing: the rows are there.
 */
@Component
public class Nudges {

  private final List<Runnable> resolvers = new CopyOnWriteArrayList<>();
  private final List<Runnable> couriers = new CopyOnWriteArrayList<>();

  /** To be called when webhooks wait to be delivered. Must return at once. */
  public void onDelivery(Runnable wake) {
    couriers.add(wake);
  }

  public void onUndecided(Runnable wake) {
    resolvers.add(wake);
  }

  /** Shops may want to hear of failures, and of cancels of their own, too. */
  private static boolean mayBeToldOf(Event event) {
    return event.announce()
        || event.kind() == Event.Kind.DECLINED
        || event.kind() == Event.Kind.CANCELED;
  }

  public void after(Change change) {
    if (change.events().stream().anyMatch(Nudges::mayBeToldOf)) {
      couriers.forEach(Runnable::run);
    }
    boolean due =
        change.events().stream()
            .map(Event::kind)
            .anyMatch(
                kind ->
                    kind == Event.Kind.UNKNOWN
                        || kind == Event.Kind.CANCEL_UNKNOWN
                        || kind == Event.Kind.LATE_APPROVAL);
    if (due) {
      resolvers.forEach(Runnable::run);
    }
  }
}
