package dev.naru.console.home;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An open page that is told what happens.
 *
 * @param session whose it is
 * @param merchants whose payments it shows
 * @param frames what it has not been told yet
 */
record Listener(String session, Set<Long> merchants, BlockingQueue<String> frames) {

  static final String END = "";

  /** The page has to stop listening: it would only drive out another one. */
  static final String OVER = "event: over\ndata: \n\n";

  private static final int QUEUE = 200;

  static Listener of(String session, Set<Long> merchants) {
    return new Listener(session, merchants, new LinkedBlockingQueue<>(QUEUE));
  }

  /** One that does not keep up has enough to do: its page reads all anew with the next. */
  void offer(String frame) {
    var _ = frames.offer(frame);
  }

  void end(String last) {
    frames.clear();
    offer(last);
    offer(END);
  }
}
