package dev.naru.console.home;

import dev.naru.account.Action;
import dev.naru.account.entry.Session;
import dev.naru.account.entry.Sessions;
import dev.naru.console.frame.Refusal;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Nudges;
import dev.naru.payment.list.PaymentNews;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells open pages that something happened to payments of the shops they show: which, and nothing
 * else of it; the page asks for what it may see. All is read from the database, so it does not
 * matter on which node something happened.
 *
 * <p>While anybody listens, one thread looks at the newest events of the shops that are listened
 * to. Each listener is served by its own request's thread, and left as soon as its session is over.
 */
@Component
class LiveFeed implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration BREATH = Duration.ofMillis(50);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final long RETRY_SECONDS = 5;

  /** How often it is asked whether the session still is. */
  private static final Duration CHECKED = Duration.ofSeconds(6);

  private static final String WELCOME = "retry: 3000\n\n";

  /** Begins an answer. */
  @FunctionalInterface
  interface Answer {
    OutputStream open() throws IOException;
  }

  private final Sessions sessions;
  private final Semaphore wake = new Semaphore(0);

  // Guarded by the lock
  private final ReentrantLock lock = new ReentrantLock();
  private final Listeners listeners;
  private @Nullable Thread thread;
  private volatile boolean running;

  LiveFeed(PaymentNews news, Sessions sessions, HubClock clock, Nudges nudges) {
    this.sessions = sessions;
    listeners = new Listeners(news, clock);
    nudges.onDelivery(wake::release);
  }

  /**
   * Writes until the listener is gone, or may not listen any more.
   *
   * @throws Failed busy, if the hub is ending
   */
  void tell(Viewer viewer, Answer answer) throws InterruptedException {
    Listener listener = join(viewer);
    try {
      OutputStream out = answer.open();
      write(out, WELCOME);
      long checked = System.nanoTime();
      while (true) {
        String frame = listener.frames().poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        if (Listener.END.equals(frame)) {
          return;
        }
        if (System.nanoTime() - checked >= CHECKED.toNanos()) {
          if (!mayListen(viewer)) {
            return;
          }
          checked = System.nanoTime();
        }
        write(out, frame == null ? ":\n\n" : frame);
      }
    } catch (IOException gone) {
      LOG.debug("a page is not open any more: {}", gone.getMessage());
    } finally {
      leave(listener);
    }
  }

  private static void write(OutputStream out, String frame) throws IOException {
    out.write(frame.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private boolean mayListen(Viewer viewer) {
    return sessions.of(viewer.account()).stream()
        .filter(one -> one.id().equals(viewer.session().id()))
        .map(Session::account)
        .anyMatch(now -> now.merchantId() == viewer.home().id() && now.may(Action.PAYMENTS_READ));
  }

  private Listener join(Viewer viewer) {
    Set<Long> merchants =
        viewer.shops().stream().map(Merchant::id).collect(Collectors.toUnmodifiableSet());
    Listener listener = Listener.of(viewer.session().id(), merchants);
    lock.lock();
    try {
      if (!running) {
        throw new Failed(new Failure.Busy(Refusal.OUT_OF_ORDER.with(), RETRY_SECONDS));
      }
      // What happened before is no news to who comes now, but may be to those who are here.
      listeners.look(merchants);
      listeners.add(listener);
      if (thread == null) {
        thread = Thread.ofVirtual().name("console-live").start(this::run);
      }
      return listener;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Listener listener) {
    lock.lock();
    try {
      listeners.remove(listener);
    } finally {
      lock.unlock();
    }
    wake.release();
  }

  private void run() {
    try {
      while (true) {
        var _ = wake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
        TimeUnit.NANOSECONDS.sleep(BREATH.toNanos());
        wake.drainPermits();
        if (!round()) {
          return;
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says whether there is anybody left to do it for. */
  private boolean round() {
    lock.lock();
    try {
      if (listeners.isEmpty() || !running) {
        thread = null;
        return false;
      }
      listeners.look(Set.of());
    } catch (RuntimeException e) {
      LOG.warn("what happens is not told to the console's pages", e);
    } finally {
      lock.unlock();
    }
    return true;
  }

  @Override
  public void start() {
    running = true;
  }

  /** Before the web server, which waits for its requests to end. */
  @Override
  public void stop() {
    lock.lock();
    try {
      running = false;
      listeners.end();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
