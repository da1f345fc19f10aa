package dev.naru.payment.flow;

import dev.naru.kernel.Settings;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentStore;
import java.time.Duration;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Lets a request wait for what the resolver, on this node or another, finds out. Bounded: a caller
 * gets a truthful answer in the end, even if that is "not known yet".
 */
@Component
public class Waiter {

  private static final Duration STEP = Duration.ofMillis(100);

  private final PaymentStore store;
  private final Settings settings;

  Waiter(PaymentStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** The payment when {@code decided} holds, or as it stands when patience is over. */
  public Payment await(Payment payment, Predicate<Payment> decided) {
    long deadline = System.nanoTime() + settings.pgTimes().answer().toNanos();
    Payment current = payment;
    while (!decided.test(current) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return current;
      }
      current = store.get(payment.merchantId(), payment.impUid());
    }
    return current;
  }
}
