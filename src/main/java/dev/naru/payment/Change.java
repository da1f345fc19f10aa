package dev.naru.payment;

import java.util.ArrayList;
import java.util.List;

/** A payment after a transition, and what happened: both are written, or neither. */
public record Change(Payment after, List<Event> events) {

  public Change {
    events = List.copyOf(events);
  }

  static Change of(Payment after, Event... events) {
    return new Change(after, List.of(events));
  }

  /** Nothing to write. */
  static Change none(Payment same) {
    return new Change(same, List.of());
  }

  Change and(Change next) {
    List<Event> both = new ArrayList<>(events);
    both.addAll(next.events);
    return new Change(next.after, both);
  }
}
