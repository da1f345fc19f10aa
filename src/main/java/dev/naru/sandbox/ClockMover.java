package dev.naru.sandbox;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.work.DueWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/**
 * Moves the sandbox's time on, for all nodes and the simulators. It goes from one due time to the
 * next, and on only when all that was due is done, so that nothing is skipped; and moves only while
 * nobody works, so that no job that runs looks dead.
 */
@Component
@Conditional(SandboxOnly.class)
class ClockMover {

  private static final Duration LOOK = Duration.ofMillis(8);
  private static final Logger LOG = LoggerFactory.getLogger(ClockMover.class);

  private final ClockStore store;
  private final ClockFollower follower;
  private final HubClock clock;
  private final SimulatorTime simulators;
  private final List<DueWork> works;
  private final AtomicReference<@Nullable Move> current = new AtomicReference<>();

  ClockMover(
      ClockStore store,
      ClockFollower follower,
      HubClock clock,
      SimulatorTime simulators,
      List<DueWork> works) {
    this.store = store;
    this.follower = follower;
    this.clock = clock;
    this.simulators = simulators;
    this.works = works;
  }

  /**
   * A way from one time to another.
   *
   * @param done tells the number of stops on the way when the target is reached
   */
  record Move(Instant target, CompletableFuture<Integer> done) {}

  /** The way this node is on. */
  Optional<Move> current() {
    return Optional.ofNullable(current.get());
  }

  /**
   * Sets out; who calls may wait or not.
   *
   * @throws Failed conflict if somebody moves the clock already
   */
  Move to(Instant target) {
    Move move = new Move(target, new CompletableFuture<>());
    ClockStore.Session session = store.session();
    if (!session.mayMove()) {
      session.close();
      throw Failed.conflict(Refusal.CLOCK_MOVING);
    }
    current.set(move);
    Thread.ofVirtual().name("clock-mover").start(() -> run(session, move));
    return move;
  }

  private void run(ClockStore.Session session, Move move) {
    try {
      int stops = goAndLetOthers(session, move);
      // Only now: whoever hears of it may move on at once.
      move.done().complete(stops);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(move, e);
    } catch (RuntimeException e) {
      LOG.error("time stays where it is", e);
      fail(move, e);
    }
  }

  private int goAndLetOthers(ClockStore.Session session, Move move) throws InterruptedException {
    try (session) {
      return go(session, move.target());
    } finally {
      current.compareAndSet(move, null);
    }
  }

  private static void fail(Move move, Exception e) {
    move.done().completeExceptionally(e);
  }

  private int go(ClockStore.Session session, Instant target) throws InterruptedException {
    int stops = 0;
    boolean arrived = false;
    while (true) {
      awaitNothingDue();
      session.stopAll();
      try {
        Instant now = clock.instant();
        Instant next = nextDue().orElse(Instant.MAX);
        // What was done has made more to do, or a request is under way: once again.
        if (next.isAfter(now) && !store.isCalling()) {
          if (arrived || !now.isBefore(target)) {
            return stops;
          }
          arrived = !next.isBefore(target);
          move(arrived ? target : next);
          stops++;
        }
      } finally {
        session.letAllGo();
      }
    }
  }

  private void awaitNothingDue() throws InterruptedException {
    follower.look();
    while (nextDue().filter(due -> !due.isAfter(clock.instant())).isPresent()
        || store.isCalling()) {
      Thread.sleep(LOOK);
    }
    follower.look();
  }

  private Optional<Instant> nextDue() {
    return works.stream().flatMap(work -> work.nextDue().stream()).min(Instant::compareTo);
  }

  /** First the PGs, so that none is behind the hub. */
  private void move(Instant to) {
    Duration ahead = Duration.between(clock.machine().instant(), to);
    simulators.follow(ahead);
    store.ahead(ahead);
    // This node follows with the others; whoever asks it meanwhile gets the new time too.
    clock.offset(ahead);
  }
}
