package dev.naru.payment.proof;

import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a payment must be by its events alone. */
public final class Replay {

  /**
   * A stored event.
   *
   * @param proved false if it is not what was written
   */
  public record Told(
      long eventId, String kind, String status, @Nullable String cancellationId, boolean proved) {}

  private final Payment payment;
  private final List<Told> events;

  Replay(Payment payment, List<Told> events) {
    this.payment = payment;
    this.events = events;
  }

  /** What is wrong; empty if all is as it must be. */
  List<String> problems(String state) {
    List<String> problems = new ArrayList<>();
    if (events.isEmpty()) {
      return List.of("has no events");
    }
    events.stream()
        .filter(event -> !event.proved())
        .forEach(event -> problems.add("event %d was changed".formatted(event.eventId())));
    String told = state();
    if (!told.equals(state)) {
      problems.add("its state is %s, by its events %s".formatted(state, told));
    }
    String last = events.getLast().status();
    if (!last.equals(Statuses.of(payment))) {
      problems.add("its status is %s, by its last event %s".formatted(Statuses.of(payment), last));
    }
    Set<String> done = new TreeSet<>();
    payment.cancellations().stream()
        .filter(Cancellation::isDone)
        .forEach(cancel -> done.add(cancel.id()));
    Set<String> toldDone = canceled();
    if (!done.equals(toldDone)) {
      problems.add("its cancels are %s, by its events %s".formatted(done, toldDone));
    }
    return problems;
  }

  private String state() {
    String state = "ready";
    for (Told event : events) {
      state =
          switch (event.kind()) {
            case "vbank_opened", "barcode_issued", "deposit_reversed" -> "waiting";
            case "approved", "key_issued", "deposited" -> "paid";
            case "declined", "revoked", "expired" -> "failed";
            case "late_approval" -> state.equals("paid") ? state : "failed";
            default -> state;
          };
    }
    return state;
  }

  private Set<String> canceled() {
    Set<String> done = new TreeSet<>();
    for (Told event : events) {
      if (event.kind().equals("canceled")) {
        done.add(String.valueOf(event.cancellationId()));
      }
    }
    return done;
  }
}
