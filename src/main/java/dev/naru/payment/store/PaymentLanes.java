package dev.naru.payment.store;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.work.Batcher;
import dev.naru.payment.Refusal;
import dev.naru.payment.store.PaymentWriter.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * The lanes on which payments are written. Each merchant's writes go by one, so that they share
 * statements; those of many merchants by several, so that their commits share the disk.
 */
final class PaymentLanes {

  private static final int LANES = 4;

  /** New payments are refused before they wait longer than a shop does. */
  private static final Batcher.Room NEW = new Batcher.Room(2_000, Duration.ofSeconds(5));

  /** What has happened at a PG is written if there is any way; new payments bound its number. */
  private static final Batcher.Room KNOWN =
      new Batcher.Room(Integer.MAX_VALUE, Duration.ofSeconds(30));

  private static final Duration OLD = Duration.ofSeconds(3);
  private static final long RETRY_AFTER_SECONDS = 5;

  private final List<Batcher<Write, Boolean>> inserts;
  private final List<Batcher<Write, Boolean>> updates;

  PaymentLanes(Batcher.Work<Write, Boolean> insert, Batcher.Work<Write, Boolean> update) {
    inserts = lanes("payment-insert-", insert, NEW);
    updates = lanes("payment-update-", update, KNOWN);
  }

  private static List<Batcher<Write, Boolean>> lanes(
      String name, Batcher.Work<Write, Boolean> work, Batcher.Room room) {
    return IntStream.range(0, LANES).mapToObj(n -> new Batcher<>(name + n, work, room)).toList();
  }

  private static Batcher<Write, Boolean> lane(
      List<Batcher<Write, Boolean>> lanes, long merchantId) {
    return lanes.get(Math.floorMod(Long.hashCode(merchantId * 0x9E3779B97F4A7C15L), LANES));
  }

  boolean insert(Write payment) {
    return lane(inserts, payment.key().merchantId()).run(payment);
  }

  boolean update(Write payment) {
    return lane(updates, payment.key().merchantId()).run(payment);
  }

  /**
   * Writes what comes before a call to a PG, which had better not be begun if it is not certain
   * that what comes of it can be written.
   *
   * @throws Failed busy if it cannot be written now: nothing was
   */
  <T> T unlessBusy(long merchantId, Supplier<T> write) {
    if (lane(inserts, merchantId).isOverloaded()
        || lane(updates, merchantId).age().compareTo(NEW.patience()) > 0) {
      throw busy();
    }
    try {
      return write.get();
    } catch (Batcher.Overloaded | CannotGetJdbcConnectionException proofThatNothingWasWritten) {
      throw busy();
    }
  }

  private static Failed busy() {
    return new Failed(new Failure.Busy(Refusal.TOO_BUSY.with(), RETRY_AFTER_SECONDS));
  }

  /** What is wrong with them; empty if all is well. */
  Optional<String> trouble() {
    return Stream.concat(inserts.stream(), updates.stream())
        .filter(lane -> lane.isFailing() || lane.age().compareTo(OLD) > 0)
        .findFirst()
        .map(
            lane ->
                lane.isFailing() ? "payments cannot be written" : "payments wait to be written");
  }

  void stop() throws InterruptedException {
    for (Batcher<Write, Boolean> lane : inserts) {
      lane.stop();
    }
    for (Batcher<Write, Boolean> lane : updates) {
      lane.stop();
    }
  }
}
