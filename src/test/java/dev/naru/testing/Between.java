package dev.naru.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Somebody between a hub and the PGs who reads what is said, and may answer in their place: a PG
 * that says no and charges all the same, or whose answers never come.
 */
public final class Between implements AutoCloseable {

  /** About one connection alone. The host stays: PGs name themselves by it in what they answer. */
  private static final Set<String> OWN =
      Set.of(
          "connection", "keep-alive", "content-length", "transfer-encoding", "upgrade", "expect");

  /** A request to a PG. */
  public record Asked(String method, String path, Map<String, List<String>> headers, byte[] body) {

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The first header of this name, empty if there is none. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  /** What becomes of a request. */
  public sealed interface Fate {

    /** It reaches the PG, and the answer the hub. */
    record Passes() implements Fate {}

    /** Nobody answers; it reaches the PG when {@link Between#release} says so. */
    record Held() implements Fate {}

    /** It is answered so, and reaches the PG when {@link Between#release} says so. */
    record Answered(int status, String type, String body) implements Fate {}
  }

  private final HttpServer server;
  private final CloseableHttpClient http =
      HttpClients.custom()
          .disableRedirectHandling()
          .disableAutomaticRetries()
          .disableContentCompression()
          .disableCookieManagement()
          .build();
  private final List<Asked> all = new CopyOnWriteArrayList<>();
  private final Queue<Asked> held = new ConcurrentLinkedQueue<>();
  private volatile Function<Asked, Fate> judge = asked -> new Fate.Passes();
  private volatile @Nullable URI target;

  public Between() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Where it leads to; before that nobody is answered. */
  public void leadTo(URI simulators) {
    target = simulators;
  }

  /** Decides about each request from now on. */
  public void judge(Function<Asked, Fate> by) {
    judge = by;
  }

  /** Everything that was asked for so far. */
  public List<Asked> asked() {
    return List.copyOf(all);
  }

  /** What was held reaches the PG now; nobody hears its answers. How many there were. */
  public int release() {
    int released = 0;
    for (Asked asked = held.poll(); asked != null; asked = held.poll()) {
      var _ = pass(asked);
      released++;
    }
    return released;
  }

  /** The same of what was held first, if anything was. */
  public boolean releaseFirst() {
    Asked first = held.poll();
    return first != null && pass(first).status() > 0;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Asked asked =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody().readAllBytes());
      all.add(asked);
      switch (judge.apply(asked)) {
        case Fate.Passes() when target != null -> answer(exchange, pass(asked));
        case Fate.Passes() -> {}
        case Fate.Held() -> held.add(asked);
        case Fate.Answered(int status, String type, String body) -> {
          held.add(asked);
          exchange.getResponseHeaders().set("Content-Type", type);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
        }
      }
    }
  }

  /** An answer of a PG. */
  private record Made(int status, Header[] headers, byte[] body) {}

  private static void answer(HttpExchange exchange, Made made) throws IOException {
    for (Header header : made.headers()) {
      if (!OWN.contains(header.getName().toLowerCase(Locale.ROOT))) {
        exchange.getResponseHeaders().add(header.getName(), header.getValue());
      }
    }
    exchange.sendResponseHeaders(made.status(), made.body().length == 0 ? -1 : made.body().length);
    if (made.body().length > 0) {
      exchange.getResponseBody().write(made.body());
    }
  }

  private Made pass(Asked asked) {
    HttpUriRequestBase request =
        new HttpUriRequestBase(asked.method(), URI.create(target + asked.path()));
    asked
        .headers()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.addHeader(name, value));
              }
            });
    if (asked.body().length > 0) {
      request.setEntity(new ByteArrayEntity(asked.body(), null));
    }
    try {
      return http.execute(
          request,
          made ->
              new Made(
                  made.getCode(),
                  made.getHeaders(),
                  made.getEntity() == null
                      ? new byte[0]
                      : EntityUtils.toByteArray(made.getEntity())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close(CloseMode.IMMEDIATE);
  }
}
