package dev.naru.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A number of connections that ask again as soon as they are answered. */
final class Load {

  private static final int MOST = 2_000_000;

  private final URI hub;
  private final int connections;

  Load(URI hub, int connections) {
    this.hub = hub;
    this.connections = connections;
  }

  /** One request of connection {@code who}; false if it was not answered as it should be. */
  interface Request {
    boolean send(Wire wire, int who) throws IOException;
  }

  /** What came of it: per second, and in milliseconds. */
  record Result(long good, long bad, double perSecond, double p50, double p99, double worst) {}

  /** What one connection saw. */
  private record Seen(long bad, long[] nanos) {}

  Result run(Duration duration, Request request) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    List<Future<Seen>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int who = 0; who < connections; who++) {
        int number = who;
        running.add(threads.submit(() -> connection(number, end, request)));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long bad = 0;
    List<long[]> parts = new ArrayList<>();
    for (Future<Seen> connection : running) {
      bad += connection.get().bad();
      parts.add(connection.get().nanos());
    }
    long[] all = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Result(
        all.length, bad, all.length / seconds, at(all, 0.5), at(all, 0.99), at(all, 1));
  }

  private Seen connection(int who, long end, Request request) throws IOException {
    long[] nanos = new long[1024];
    int good = 0;
    long bad = 0;
    try (Wire wire = new Wire(hub)) {
      long before = System.nanoTime();
      while (before < end && good < MOST / connections && bad < 100) {
        boolean fine = request.send(wire, who);
        long after = System.nanoTime();
        if (fine) {
          if (good == nanos.length) {
            nanos = Arrays.copyOf(nanos, good * 2);
          }
          nanos[good++] = after - before;
        } else {
          bad++;
        }
        before = after;
      }
    }
    return new Seen(bad, Arrays.copyOf(nanos, good));
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
  }
}
