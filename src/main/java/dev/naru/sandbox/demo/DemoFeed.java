package dev.naru.sandbox.demo;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.payment.Nudges;
import dev.naru.sandbox.Refusal;
import dev.naru.sandbox.SandboxOnly;
import dev.naru.sandbox.demo.DemoFeedStore.Item;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the demo page what happens, as server-sent events. All is read from the database: so it
 * does not matter on which node something happened, nor which node a page is connected to, nor
 * whether one was started anew in between.
 *
 * <p>While somebody listens, one thread looks at the newest events and their webhooks, and passes
 * on what it has not seen yet. It looks at some hundred that it knows already, too, since a
 * transaction may commit after a younger one. Each listener is served by its own request's thread
 * out of a queue, so that a slow one keeps nobody waiting.
 *
 * <p>A full house sends away who has listened longest: a browser comes again by itself and names
 * what it got last, so nobody is locked out by pages that are left open.
 */
@Component
@Conditional(SandboxOnly.class)
class DemoFeed implements SmartLifecycle {

  /** How many may listen on one node. */
  static final int MOST_LISTENERS = 50;

  /** The thread that looks, while there is one. */
  static final String THREAD = "demo-feed";

  private static final Logger LOG = LoggerFactory.getLogger(DemoFeed.class);

  /** So many events may be overtaken by a younger one. */
  private static final int WINDOW = 300;

  private static final int PAGE = 1_000;

  /** What a page that has just been opened gets of the past. */
  private static final int PAST = 40;

  private static final int QUEUE = 4_000;
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration BREATH = Duration.ofMillis(50);

  /** Who has gone is noticed by the second sign of life that cannot be written. */
  private static final Duration HEARTBEAT = Duration.ofMillis(700);

  /** Then the browser has to come again: a connection whose end nobody noticed ends too. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** Told again to whoever comes back: another node may have seen things in another order. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private static final long RETRY_SECONDS = 5;
  private static final String END = "";

  /** The first thing a page is told: come again so soon after the connection has ended. */
  private static final String WELCOME = "retry: 2000\n\n";

  /** Somebody who waits for events. */
  @FunctionalInterface
  interface Listener {
    /** Begins the answer. */
    OutputStream open() throws IOException;
  }

  private final DemoFeedStore store;
  private final JsonMapper json;
  private final Semaphore wake = new Semaphore(0);

  // Guarded by the lock
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Item> window = new LinkedHashMap<>();
  private final Set<BlockingQueue<String>> listeners = new LinkedHashSet<>();
  private long after;
  private @Nullable Thread thread;
  private boolean running;

  DemoFeed(DemoFeedStore store, JsonMapper json, Nudges nudges) {
    this.store = store;
    this.json = json;
    nudges.onDelivery(wake::release);
  }

  /**
   * Writes until the listener is gone, or has been there for long enough.
   *
   * @param last the id of the last event it got; null for one that has just come
   * @param listener asked for once there is a place
   * @throws Failed the hub is ending
   */
  void tell(@Nullable String last, Listener listener) throws IOException, InterruptedException {
    BlockingQueue<String> frames = join(last);
    try {
      OutputStream out = listener.open();
      write(out, WELCOME);
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < LONGEST.toNanos()) {
        String frame = frames.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        if (END.equals(frame)) {
          return;
        }
        write(out, frame == null ? ":\n\n" : frame);
      }
    } finally {
      leave(frames);
    }
  }

  private static void write(OutputStream out, String frame) throws IOException {
    out.write(frame.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** How many listen on this node. */
  int listeners() {
    lock.lock();
    try {
      return listeners.size();
    } finally {
      lock.unlock();
    }
  }

  private BlockingQueue<String> join(@Nullable String last) {
    lock.lock();
    try {
      if (!running) {
        throw new Failed(new Failure.TooMany(Refusal.STOPPING.with(), RETRY_SECONDS));
      }
      if (thread == null) {
        window.clear();
        after = store.before(WINDOW);
        boolean more = true;
        while (more) {
          more = look();
        }
        thread = Thread.ofPlatform().daemon().name(THREAD).start(this::run);
      }
      List<Item> past = past(last);
      BlockingQueue<String> frames = new LinkedBlockingQueue<>(past.size() + QUEUE);
      past.forEach(item -> frames.add(frame(item)));
      while (listeners.size() >= MOST_LISTENERS) {
        BlockingQueue<String> longest = listeners.iterator().next();
        listeners.remove(longest);
        sendAway(longest);
      }
      listeners.add(frames);
      return frames;
    } finally {
      lock.unlock();
    }
  }

  private List<Item> past(@Nullable String last) {
    List<Item> all = List.copyOf(window.values());
    if (last == null) {
      return all.subList(Math.max(0, all.size() - PAST), all.size());
    }
    Item known = window.get(last);
    if (known == null) {
      return all;
    }
    Instant from = known.at().minus(OVERLAP);
    return all.stream().filter(item -> !item.at().isBefore(from)).toList();
  }

  private void leave(BlockingQueue<String> frames) {
    lock.lock();
    try {
      listeners.remove(frames);
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
      if (look()) {
        wake.release();
      }
    } catch (RuntimeException e) {
      LOG.warn("the demo page's events wait", e);
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** Says whether there may be more at once. */
  private boolean look() {
    List<Item> happened = store.happened(after, PAGE);
    boolean more = happened.size() == PAGE;
    long until = more ? happened.getLast().eventId() : Long.MAX_VALUE;
    List<Item> found = new ArrayList<>(happened);
    found.addAll(store.sent(after, until));
    found.sort(Comparator.comparing(Item::at).thenComparing(Item::type));
    for (Item item : found) {
      if (window.putIfAbsent(item.id(), item) == null) {
        String frame = frame(item);
        listeners.removeIf(frames -> !offered(frames, frame));
      }
    }
    if (happened.size() > WINDOW) {
      after = happened.get(happened.size() - WINDOW - 1).eventId();
      window.values().removeIf(item -> item.eventId() <= after);
    }
    return more;
  }

  /** One that does not keep up has to come again: it names what it got last. */
  private static boolean offered(BlockingQueue<String> frames, String frame) {
    if (frames.offer(frame)) {
      return true;
    }
    sendAway(frames);
    return false;
  }

  private static void sendAway(BlockingQueue<String> frames) {
    frames.clear();
    frames.add(END);
  }

  private String frame(Item item) {
    return "id: %s\nevent: %s\ndata: %s\n\n"
        .formatted(item.id(), item.type(), json.writeValueAsString(item.data()));
  }

  @Override
  public void start() {
    lock.lock();
    try {
      running = true;
    } finally {
      lock.unlock();
    }
  }

  /** Before the web server, which waits for its requests to end. */
  @Override
  public void stop() {
    lock.lock();
    try {
      running = false;
      listeners.forEach(DemoFeed::sendAway);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isRunning() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }
}
