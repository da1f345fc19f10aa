package dev.naru.simulator.kit.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.naru.simulator.kit.facts.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The HTTP server: finds who answers a path, and breaks answers the way a fault card asks for. */
public final class Web implements AutoCloseable {

  static {
    // The JDK's server reads them once. Without the first, small answers wait for the caller's
    // delayed ACK; beyond the second (200 by default) it closes each connection right after its
    // answer, without having said so, and a hub under load would meet the closing.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    System.setProperty("sun.net.httpserver.idleInterval", "300");
  }

  private static final System.Logger LOG = System.getLogger(Web.class.getName());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** The longest prefix comes first. */
  private final Map<String, Door> doors = new TreeMap<>(Comparator.reverseOrder());

  /** Whoever is kept waiting is let go. */
  private volatile CountDownLatch going = new CountDownLatch(1);

  private final Duration late;
  private final Duration slow;
  private final Visitors visitors;

  /**
   * @param port 0 picks a free one
   */
  public Web(String bind, int port, Pace pace) {
    this.late = pace.late();
    this.slow = pace.slow();
    this.visitors = new Visitors(bind);
    try {
      server = HttpServer.create(new InetSocketAddress(bind, port), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + bind + ":" + port, e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
  }

  /** Has it answered from now on. */
  public void open(Door door) {
    doors.put(door.prefix(), door);
  }

  /** From now on it listens. */
  public void start() {
    server.start();
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(Call.read(exchange));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "failed on " + exchange.getRequestURI().getPath(), e);
        answer = Answer.Reply.text(500, "text/plain;charset=UTF-8", "simulator error\n");
      }
      switch (answer) {
        case Answer.Reply reply -> send(exchange, reply);
        case Answer.Silence() -> hold(late);
        case Answer.Lost(Answer.Reply _) -> {}
        case Answer.Garbled(Answer.Reply made) -> sendBroken(exchange, made);
        case Answer.Slow(Answer.Reply made) -> {
          hold(slow);
          send(exchange, made);
        }
      }
    }
  }

  private Answer answer(Call call) {
    for (Door door : doors.values()) {
      if (call.path().startsWith(door.prefix() + "/")) {
        return door.testers() && !visitors.mayAsk(call)
            ? Answer.Reply.json(
                403, Map.of("error", "this page is of another origin: it may not ask that"))
            : door.handler().handle(call.below(door.prefix()));
      }
    }
    return Answer.Reply.notFound();
  }

  private void hold(Duration time) {
    try {
      boolean _ = going.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Answer.Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(reply.charset());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("X-Naru-Simulator", "test only: no money moves");
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Half of the answer, then bytes that are no text in any charset. */
  private static void sendBroken(HttpExchange exchange, Answer.Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(reply.charset());
    byte[] broken = Arrays.copyOf(body, body.length / 2 + 4);
    Arrays.fill(broken, body.length / 2, broken.length, (byte) 0xFF);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(200, broken.length);
    exchange.getResponseBody().write(broken);
  }

  /** Ends all waiting: who was to get no answer gets none at once. */
  public void letGo() {
    CountDownLatch before = going;
    going = new CountDownLatch(1);
    before.countDown();
  }

  @Override
  public void close() {
    going.countDown();
    server.stop(0);
    threads.close();
  }
}
