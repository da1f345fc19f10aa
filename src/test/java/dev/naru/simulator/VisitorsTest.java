package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a web page of another origin may do to the simulators. */
@Apart
class VisitorsTest {

  @TempDir Path data;
  private Shop shop;

  @BeforeEach
  void start() {
    shop = new Shop(data);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  /** By hand: a client of the JDK sends no such headers. */
  private int ask(String method, String path, String host, String origin) throws IOException {
    URI at = URI.create(shop.url);
    String headers = origin.isEmpty() ? "" : "Origin: " + origin + "\r\n";
    String body = method.equals("GET") ? "" : "{}";
    try (Socket socket = new Socket(at.getHost(), at.getPort())) {
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(method, path, host, headers, body.length(), body)
                  .getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /_sim/clock",
    "PUT, /_sim/notices/tosspayments/tosstest",
    "POST, /_sim/vbanks/tosspayments/1/deposit",
    "DELETE, /_sim/outbox/messages",
    "GET, /_sim/books/tosspayments",
    "POST, /emulation/till",
    "POST, /emulation/buyer"
  })
  void a_foreign_page_controls_nothing(String method, String path) throws IOException {
    String host = URI.create(shop.url).getAuthority();

    assertThat(ask(method, path, host, "http://evil.example")).isEqualTo(403);
    assertThat(ask(method, path, host, "null")).isEqualTo(403);
    assertThat(ask(method, path, "evil.example", "http://evil.example")).isEqualTo(403);
    assertThat(ask(method, path, host, "http://" + host)).isNotEqualTo(403);
    assertThat(ask(method, path, host, "")).isNotEqualTo(403);
  }

  @Test
  void a_shop_of_any_origin_opens_windows() throws IOException {
    String host = URI.create(shop.url).getAuthority();

    for (String path :
        new String[] {
          "/html5_inicis/stdpay/payMain/pay", "/settle/ui/card/main.do", "/_sim/windows/settle/x"
        }) {
      assertThat(ask("POST", path, host, "http://shop.example")).isNotEqualTo(403);
      assertThat(ask("POST", path, "pay.example", "http://shop.example")).isNotEqualTo(403);
    }
  }
}
