package dev.naru.api.wire;

import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts wrong key pairs, and says so in the log: one line for all within a few seconds, so that
 * nobody fills the log. Neither keys nor secrets are in it: people mix them up.
 */
public final class WrongKeys {

  private static final Duration TOGETHER = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(WrongKeys.class);

  private static final AtomicLong UNTOLD = new AtomicLong();

  private WrongKeys() {}

  /** One came from this address. */
  public static void tell(String address) {
    Metrics.counter("naru.wrong.keys").increment();
    if (UNTOLD.incrementAndGet() == 1) {
      Thread.ofVirtual().name("wrong-keys").start(() -> log(address));
    }
  }

  private static void log(String address) {
    try {
      Thread.sleep(TOGETHER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.warn(
        "{} wrong key pairs at getToken within {} s, the first from {}",
        UNTOLD.getAndSet(0),
        TOGETHER.toSeconds(),
        address);
  }
}
