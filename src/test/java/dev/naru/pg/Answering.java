package dev.naru.pg;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A PG that answers always the same, whatever it is asked, but gives a token to whoever wants one.
 */
final class Answering implements AutoCloseable {

  static final String TOKEN = "{\"access_token\":\"anything\",\"expires_in\":3600}";

  private final HttpServer server;
  private volatile int status = 200;
  private volatile String body = "";

  Answering() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean token = exchange.getRequestURI().getPath().endsWith("/token");
          byte[] bytes = (token ? TOKEN : body).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(token ? 200 : status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  /** From now on. */
  Answering with(int newStatus, String text) {
    status = newStatus;
    body = text;
    return this;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
