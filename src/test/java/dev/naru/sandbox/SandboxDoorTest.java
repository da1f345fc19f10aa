package dev.naru.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Hub;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages may ask {@code /sandbox}, and under which name. */
class SandboxDoorTest {

  private final URI url = Hub.shared().url();

  private int status(String method, String path, String host, String more) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n";
      socket
          .getOutputStream()
          .write((head + more + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/sandbox/clock", "/sandbox/outbox", "/sandbox/hooks/door", "/sandbox/gateways"})
  void anotherSitesPageIsSentAway(String path) throws IOException {
    String ours = url.getAuthority();
    assertThat(status("GET", path, ours, "")).isEqualTo(200);
    assertThat(status("GET", path, "localhost:" + url.getPort(), "")).isEqualTo(200);
    assertThat(status("GET", path, ours, "Origin: http://" + ours + "\r\n")).isEqualTo(200);
    assertThat(status("GET", path, ours, "Origin: https://evil.example\r\n")).isEqualTo(403);
    assertThat(status("GET", path, ours, "Origin: null\r\n")).isEqualTo(403);
    assertThat(status("GET", path, ours, "Origin: http://127.0.0.1:1\r\n")).isEqualTo(403);
    assertThat(status("GET", path, ours, "Sec-Fetch-Site: cross-site\r\n")).isEqualTo(403);
    assertThat(status("GET", path, "evil.example:" + url.getPort(), "")).isEqualTo(403);
    assertThat(status("GET", path, "127.0.0.1.evil.example", "")).isEqualTo(403);
  }

  @Test
  void theClockIsMovedByNoneOfThem() throws IOException {
    String move = "/sandbox/clock?by=0";
    assertThat(status("POST", move, url.getAuthority(), "Origin: https://evil.example\r\n"))
        .isEqualTo(403);
    assertThat(status("POST", move, "evil.example", "")).isEqualTo(403);
  }
}
