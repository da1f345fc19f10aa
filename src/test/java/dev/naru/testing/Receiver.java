package dev.naru.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A shop's web server: keeps what it gets, answers as it is told to, per path. */
public final class Receiver implements AutoCloseable {

  /** A call as it came in. */
  public record Got(String method, String path, Map<String, List<String>> headers, byte[] bytes) {

    public String body() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The only header of this name, null if there is none. */
    public @Nullable String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse(null);
    }
  }

  private final HttpServer server;
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final Map<String, IntUnaryOperator> answers = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> doors = new ConcurrentHashMap<>();

  private Receiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  public static Receiver start() {
    return start(0);
  }

  public static Receiver start(int port) {
    try {
      return new Receiver(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** Answers the calls of a path, counted from one, with these statuses. */
  public void answers(String path, IntUnaryOperator status) {
    answers.put(path, status);
  }

  /** Calls of this path are not answered before the latch is open. */
  public CountDownLatch hold(String path) {
    return doors.computeIfAbsent(path, key -> new CountDownLatch(1));
  }

  public List<Got> got() {
    return List.copyOf(got);
  }

  public List<Got> got(String path) {
    return got.stream().filter(one -> one.path().equals(path)).toList();
  }

  @Override
  public void close() {
    doors.values().forEach(CountDownLatch::countDown);
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      got.add(
          new Got(
              exchange.getRequestMethod(),
              path,
              Map.copyOf(exchange.getRequestHeaders()),
              exchange.getRequestBody().readAllBytes()));
      CountDownLatch door = doors.get(path);
      if (door != null) {
        door.await();
      }
      int status = answers.getOrDefault(path, n -> 200).applyAsInt(got(path).size());
      byte[] answer = ("answer " + status).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, status == 204 ? -1 : answer.length);
      if (status != 204) {
        exchange.getResponseBody().write(answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
