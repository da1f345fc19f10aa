package dev.naru.attention;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Shards;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes what needs a person. Raising and settling never wait and never throw: what is told is kept
 * in memory, newest word per matter, until a thread of its own has written it; what cannot be
 * written is tried again.
 */
@Component
public class Attention implements DisposableBean {

  /** The merchant id of what concerns the hub itself. */
  public static final long HUB = 0;

  private static final int MOST_WAITING = 10_000;
  private static final int LONGEST = 500;
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Attention.class);

  private record Key(long merchantId, What what, String about) {
    Matter raised(long id, String why, Instant at) {
      return new Matter(merchantId, id, what, about, why, at, at, null, null, null);
    }
  }

  /** A null reason settles. */
  private record Word(@Nullable String why, Instant at) {}

  private final AttentionStore store;
  private final HubClock clock;
  private final Ids ids;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Key, Word> waiting = new LinkedHashMap<>();
  private final Thread writer;
  private boolean closing;

  Attention(Shards shards, HubClock clock, Ids ids) {
    store = new AttentionStore(shards);
    this.clock = clock;
    this.ids = ids;
    writer = Thread.ofVirtual().name("attention").start(this::write);
  }

  /**
   * Something needs a person. Raised again it stays one matter, since when it was.
   *
   * @param merchantId whose it is, or {@link #HUB}
   * @param about see {@link What}
   * @param why what is known; no secrets, nothing about a person
   */
  public void raise(long merchantId, What what, String about, String why) {
    tell(new Key(merchantId, what, cut(about)), new Word(cut(why), clock.instant()));
  }

  /** It does not need anybody any more. Nothing happens if it never did. */
  public void settled(long merchantId, What what, String about) {
    tell(new Key(merchantId, what, cut(about)), new Word(null, clock.instant()));
  }

  /** What is open after a place of the list, newest first. */
  public List<Matter> open(Place after, int most) {
    return store.open(after, most);
  }

  /**
   * A person says that it is settled. Raised again, it opens again.
   *
   * @return false if it was not open any more
   */
  public boolean close(Matter matter, String by, String why) {
    return store.close(matter, by, cut(why), clock.instant());
  }

  /** How many are open, by kind; kinds without any are left out. */
  public Map<What, Long> counts() {
    return store.counts();
  }

  private void tell(Key key, Word word) {
    lock.lock();
    try {
      if (waiting.size() >= MOST_WAITING && !waiting.containsKey(key)) {
        LOG.error("{} of {} is not written: too much waits", key.what(), key.about());
        return;
      }
      waiting.put(key, word);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    while (true) {
      Map<Key, Word> batch = next();
      if (batch.isEmpty()) {
        return;
      }
      for (Map.Entry<Key, Word> one : batch.entrySet()) {
        if (!written(one.getKey(), one.getValue())) {
          rest();
          break;
        }
      }
    }
  }

  /** What waits, in the order it came; empty when all is written and no more comes. */
  private Map<Key, Word> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      return new LinkedHashMap<>(waiting);
    } finally {
      lock.unlock();
    }
  }

  private boolean written(Key key, Word word) {
    try {
      if (word.why() == null) {
        store.settle(key.merchantId(), key.what(), key.about(), word.at());
      } else {
        store.raise(key.raised(ids.row(), word.why(), word.at()));
      }
    } catch (DataIntegrityViolationException e) {
      LOG.error("{} of {} cannot be written", key.what(), key.about(), e);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("{} of {} is not written yet", key.what(), key.about(), e);
      return false;
    }
    lock.lock();
    try {
      // A newer word about it stays.
      waiting.remove(key, word);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** After a failure: rests a moment. Only a hub that ends gives up what it could not write. */
  private void rest() {
    lock.lock();
    try {
      long left = AFTER_TROUBLE.toNanos();
      while (!closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (closing) {
        waiting.keySet().forEach(key -> LOG.error("{} of {} is lost", key.what(), key.about()));
        waiting.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void destroy() throws InterruptedException {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    writer.join(5_000);
  }

  private static String cut(String text) {
    String clean = text.replace("\0", "");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
  }
}
