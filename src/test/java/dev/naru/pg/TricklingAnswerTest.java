package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A PG that starts to answer and never ends must not hold a payment. */
@Execution(ExecutionMode.CONCURRENT)
final class TricklingAnswerTest {

  static Stream<Rig> charging() {
    return Rig.having(Capability.ChargeKey.class, Capability.Lookup.class);
  }

  @ParameterizedTest
  @MethodSource("charging")
  void isUnknownInBoundedTime(Rig rig) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CountDownLatch done = new CountDownLatch(1);
      Thread.startVirtualThread(() -> trickle(server, done));
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
      Capability.Lookup lookup = rig.at(url).as(Capability.Lookup.class).orElseThrow();
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(10), () -> World.unknown(lookup.find(rig.order(100), null, Map.of())));
      done.countDown();
    }
  }

  private static void trickle(ServerSocket server, CountDownLatch done) {
    try {
      while (answered(server, done)) {
        // A token has been given: the question comes next.
      }
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it was a token that was wanted. */
  private static boolean answered(ServerSocket server, CountDownLatch done)
      throws IOException, InterruptedException {
    try (Socket socket = server.accept()) {
      byte[] asked = new byte[1_000];
      int length = socket.getInputStream().read(asked);
      assertThat(length).isPositive();
      boolean token =
          new String(asked, 0, length, StandardCharsets.US_ASCII)
              .lines()
              .findFirst()
              .orElseThrow()
              .contains("/token ");
      String answer =
          token
              ? "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(Answering.TOKEN.length(), Answering.TOKEN)
              : "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\":";
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      if (!token) {
        done.await();
      }
      return token;
    }
  }
}
