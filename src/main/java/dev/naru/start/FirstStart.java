package dev.naru.start;

import dev.naru.account.entry.FirstOwner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells whoever starts a live hub that nobody owns where to begin; once, and not in the log. */
@Component
class FirstStart {

  private final FirstOwner first;

  FirstStart(FirstOwner first) {
    this.first = first;
  }

  @EventListener(ApplicationReadyEvent.class)
  void print() {
    first
        .address()
        .ifPresent(
            address ->
                System.out.println(
                    "\n  Nobody owns this hub yet. Whoever opens this address first does; it is"
                        + " good once, for three days:\n  "
                        + address.reveal()
                        + "\n"));
  }
}
