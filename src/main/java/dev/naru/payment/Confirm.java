package dev.naru.payment;

import dev.naru.connector.Decline;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** V1's confirm process: the shop is asked just before a charge, and may veto it. */
@Component
class Confirm {

  /** Why the charge must not be made; empty if the shop agrees, or does not want to be asked. */
  Optional<Decline> ask(Payment payment) {
    return Optional.empty();
  }
}
