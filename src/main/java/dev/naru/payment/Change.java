package dev.naru.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A payment after a transition, and what happened: both are written, or neither. */
public record Change(Payment after, List<Event> events) {

  public Change {
    events = List.copyOf(events);
  }

  public static Change of(Payment after, Event... events) {
    return new Change(after, List.of(events));
  }

  /** Nothing to write. */
  public static Change none(Payment same) {
    return new Change(same, List.of());
  }

  /** The same, and each event says more. */
  public Change telling(Map<String, String> more) {
    return new Change(after, events.stream().map(event -> event.with(more)).toList());
  }

  public Change and(Change next) {
    List<Event> both = new ArrayList<>(events);
    both.addAll(next.events);
    return new Change(next.after, both);
  }
}
