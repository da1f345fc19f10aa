package dev.naru.sandbox.reset;

import dev.naru.sandbox.SandboxOnly;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Behind it are the requests under way. Closed, it lets those end and has new ones wait, so that
 * none writes half of something before the tables are emptied, and half of it after.
 */
@Component
@Conditional(SandboxOnly.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestGate extends OncePerRequestFilter {

  /** A request may wait for one that waits here: a shop asks back before it agrees. */
  private static final Duration ENDING = Duration.ofMillis(1_500);

  private static final Duration WAITING = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;
  private int inside;

  /** What a sandbox is operated by goes on, and webhooks arrive. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.startsWith("/sandbox/") || path.startsWith("/actuator/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    enter();
    try {
      chain.doFilter(request, response);
    } finally {
      leave();
    }
  }

  private void enter() {
    lock.lock();
    try {
      await(WAITING, true);
      inside++;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      inside--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets nobody in, and returns when all are out. What takes long is not waited for: it hangs on a
   * PG, and whatever it writes then finds nothing that it is about.
   */
  public void close() {
    lock.lock();
    try {
      closed = true;
      await(ENDING, false);
    } finally {
      lock.unlock();
    }
  }

  /** Lets them in again. */
  public void open() {
    lock.lock();
    try {
      closed = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration most, boolean opening) {
    long left = most.toNanos();
    try {
      while (left > 0 && (opening ? closed : inside > 0)) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
