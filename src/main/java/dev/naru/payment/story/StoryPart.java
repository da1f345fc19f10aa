package dev.naru.payment.story;

import dev.naru.payment.Payment;
import java.util.List;
import java.util.Optional;

/** What those that payments do not know have to tell of one: webhooks, what follows a sale. */
public interface StoryPart {

  /** In any order. */
  List<StoryEntry> entries(Payment payment);

  /** What belongs into the sentence about a payment; empty if there is nothing to say. */
  default Optional<Said> summary(Payment payment) {
    return Optional.empty();
  }
}
