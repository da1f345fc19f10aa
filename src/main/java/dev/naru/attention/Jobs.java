package dev.naru.attention;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.naru.kernel.work.WorkLoop;
import org.springframework.stereotype.Component;

/**
 * Notices work that fails whenever it is done: what threw a few times in a row becomes a matter,
 * and is settled by its first success.
 */
@Component
public class Jobs {

  private static final int FAILS = 3;
  private static final int MOST = 10_000;

  private record Job(long merchantId, String name) {}

  private final Attention attention;
  private final Cache<Job, Integer> failed = Caffeine.newBuilder().maximumSize(MOST).build();

  Jobs(Attention attention) {
    this.attention = attention;
  }

  /**
   * Does a job, and passes on what it throws.
   *
   * @param name says which it is: the same job always has the same
   */
  public void run(long merchantId, String name, Runnable job) {
    try {
      job.run();
    } catch (RuntimeException e) {
      failed(merchantId, name, e);
      throw e;
    }
    succeeded(merchantId, name);
  }

  /** The same for the rounds of a loop. */
  public void round(String name, WorkLoop.Round round) throws InterruptedException {
    try {
      round.run();
    } catch (RuntimeException e) {
      failed(Attention.HUB, name, e);
      throw e;
    }
    succeeded(Attention.HUB, name);
  }

  /** A job has thrown. */
  public void failed(long merchantId, String name, RuntimeException e) {
    int times = failed.asMap().merge(new Job(merchantId, name), 1, Integer::sum);
    if (times >= FAILS) {
      attention.raise(merchantId, What.JOB_FAILS, name, where(e));
    }
  }

  private void succeeded(long merchantId, String name) {
    Job job = new Job(merchantId, name);
    if (failed.getIfPresent(job) == null) {
      return;
    }
    Integer times = failed.asMap().remove(job);
    if (times != null && times >= FAILS) {
      attention.settled(merchantId, What.JOB_FAILS, name);
    }
  }

  /** Its kind and place, not its text: that may quote what belongs to somebody. */
  private static String where(Throwable e) {
    StackTraceElement[] stack = e.getStackTrace();
    return e.getClass().getSimpleName() + (stack.length == 0 ? "" : " at " + stack[0]);
  }
}
