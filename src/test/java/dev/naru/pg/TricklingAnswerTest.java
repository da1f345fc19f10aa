package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability;
import dev.naru.connector.Pg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A PG that starts to answer and never ends must not hold a payment. */
final class TricklingAnswerTest {

  private static final World WORLD = World.get();

  static Stream<Pg<?>> charging() {
    return World.having(List.of(Capability.ChargeKey.class, Capability.Lookup.class));
  }

  @ParameterizedTest
  @MethodSource("charging")
  void isUnknownInBoundedTime(Pg<?> pg) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CountDownLatch done = new CountDownLatch(1);
      Thread.startVirtualThread(() -> trickle(server, done));
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
      Capability.Lookup lookup =
          pg.connect(pg.demo(), WORLD.http(pg, url)).as(Capability.Lookup.class).orElseThrow();
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> World.unknown(lookup.find(WORLD.order(100), null, java.util.Map.of())));
      done.countDown();
    }
  }

  private static void trickle(ServerSocket server, CountDownLatch done) {
    try (Socket socket = server.accept()) {
      int first = socket.getInputStream().read();
      assertThat(first).isPositive();
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\":"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      done.await();
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
