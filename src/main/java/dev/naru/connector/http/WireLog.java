package dev.naru.connector.http;

import java.time.Instant;

/** Keeps what was said to PGs, scrubbed, by the order id it was about. Must not block for long. */
@FunctionalInterface
public interface WireLog {

  void keep(Entry entry);

  /**
   * One exchange.
   *
   * @param answer the answer's body, or why there is none
   * @param status HTTP status, 0 if there was no answer
   */
  record Entry(
      String orderId,
      Instant at,
      long millis,
      String method,
      String url,
      String request,
      int status,
      String answer) {}
}
