package dev.naru.start;

import dev.naru.start.settings.SettingsReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first part of a stop: readiness says no already, and requests are still served for a while,
 * until whoever spreads them has noticed. Each answer asks its caller to hang up, so that nobody
 * has a connection that ends under a request. After this the server closes its door and serves what
 * it has.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class GracefulStop extends OncePerRequestFilter implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

  private final Duration grace;
  private volatile boolean running;
  private volatile boolean stopping;

  @Autowired
  GracefulStop(SettingsReader.Read read) {
    this.grace = read.stopGrace();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (stopping) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    chain.doFilter(request, response);
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    stopping = true;
    running = false;
    if (grace.isPositive()) {
      LOG.info("stopping: requests are still served for {} s", grace.toSeconds());
      try {
        TimeUnit.NANOSECONDS.sleep(grace.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The last to start, the first to stop. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
