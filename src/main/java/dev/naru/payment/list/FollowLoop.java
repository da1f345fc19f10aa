package dev.naru.payment.list;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.list.FollowStore.Follower;
import dev.naru.payment.list.FollowStore.Found;
import dev.naru.payment.list.FollowStore.News;
import dev.naru.payment.store.PaymentListStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows the events of payments, so that payments themselves are written as quickly as ever: makes
 * the terms that they are found by, and adds up days and hours. A merchant is followed by one node
 * at a time, from its mark; the mark moves in the commit of what was made, so that each event
 * counts once. A hub that has none of it yet begins with the first event there is.
 */
@Component
class FollowLoop implements SmartLifecycle, Pulse {

  /**
   * Nobody commits an event that is older: who waits for a lane, a lock and an answer of the
   * database has given up by then.
   */
  static final Duration SETTLED = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int BATCH = 500;
  private static final int SUMMED = 5_000;

  /** Then the loop shows that it goes on. */
  private static final Duration ROUND = Duration.ofSeconds(10);

  /** Of so many batches of a merchant in a row others have a turn. */
  private static final int TURNS = 20;

  private final FollowStore store;
  private final SumStore sums;
  private final PaymentListStore payments;
  private final Terms terms;
  private final HubClock clock;
  private final WorkLoop loop = new WorkLoop("payment-list", 1, this::round);
  private boolean hungry;
  private long last = System.nanoTime() - PAUSE.toNanos();

  FollowLoop(
      FollowStore store, SumStore sums, PaymentListStore payments, Terms terms, HubClock clock) {
    this.store = store;
    this.sums = sums;
    this.payments = payments;
    this.terms = terms;
    this.clock = clock;
  }

  private void round() {
    if (hungry || System.nanoTime() - last >= PAUSE.toNanos()) {
      hungry = round(clock.instant().minus(SETTLED));
      last = System.nanoTime();
    }
  }

  /** Follows all that happened before this time. */
  void follow(Instant until) {
    boolean more;
    do {
      more = round(until);
    } while (more);
  }

  /** Whether more is left than fits into a round. */
  private boolean round(Instant until) {
    long horizon = Ids.firstRowAt(until);
    long end = System.nanoTime() + ROUND.toNanos();
    boolean more = false;
    for (Follower follower : Follower.values()) {
      for (long merchant : store.behind(follower, horizon)) {
        more |= turns(merchant, follower, horizon, end);
      }
    }
    return more;
  }

  private boolean turns(long merchantId, Follower follower, long horizon, long end) {
    for (int turn = 0; turn < TURNS; turn++) {
      if (System.nanoTime() > end) {
        return true;
      }
      if (!store.together(merchantId, () -> batch(merchantId, follower, horizon))) {
        return false;
      }
    }
    return true;
  }

  private boolean batch(long merchantId, Follower follower, long horizon) {
    Optional<Long> mark = store.take(merchantId, follower);
    if (mark.isEmpty()) {
      return false;
    }
    Optional<Long> reached =
        follower == Follower.TERMS
            ? terms(merchantId, mark.get(), horizon)
            : sums(merchantId, mark.get(), horizon);
    reached.ifPresent(event -> store.move(merchantId, follower, event));
    return reached.isPresent();
  }

  private Optional<Long> terms(long merchantId, long after, long horizon) {
    List<News> news = store.next(merchantId, after, horizon, BATCH);
    if (news.isEmpty()) {
      return Optional.empty();
    }
    List<String> uids = news.stream().map(News::impUid).map(ImpUid::value).distinct().toList();
    List<Found> found =
        payments.bulk(merchantId, uids, List.of()).stream()
            .filter(FollowLoop::isBegun)
            .map(payment -> new Found(payment, terms.of(payment)))
            .toList();
    store.insert(merchantId, found);
    return Optional.of(news.getLast().eventId());
  }

  /** Nothing stays of windows in which nobody ever began to pay: they are forgotten. */
  private static boolean isBegun(Payment payment) {
    return payment.attempts().size() > 1 || payment.attempt().state() != Attempt.State.OPEN;
  }

  private Optional<Long> sums(long merchantId, long after, long horizon) {
    Optional<Long> reached = store.last(merchantId, after, horizon, SUMMED);
    if (reached.isPresent()) {
      Instant hours = PaymentStatistics.hoursFrom(clock.instant());
      sums.add(merchantId, reached.get() + 1, SUMMED, hours);
      sums.forget(merchantId, hours);
    }
    return reached;
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public int getPhase() {
    return DueWork.PHASE;
  }

  @Override
  public Optional<String> trouble() {
    return loop.trouble();
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }
}
