package dev.naru.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.naru.connector.http.Outbound.Patience;
import dev.naru.testing.Receiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10));

  private final Outbound live = new Outbound(true);
  private final Outbound rehearsing = new Outbound(true, Set.of("127.0.0.1"));
  private final Outbound sandbox = new Outbound(false);

  @AfterEach
  void close() throws IOException {
    live.close();
    sandbox.close();
    rehearsing.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "127。0。0。1"
      })
  void liveModeNeverReachesThisMachine(String host) {
    try (Receiver here = Receiver.start()) {
      OutboundReply reply = post(live, "http://" + host + ":" + here.port() + "/");
      assertThat(reply).isNotInstanceOf(OutboundReply.Answered.class);
      assertThat(here.got()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "0.0.0.0",
        "[::1]",
        "[::ffff:10.0.0.1]",
        "[fe80::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:7f00:1::]",
        "[2001:db8::1]"
      })
  void liveModeRefusesByAddress(String host) {
    assertThat(post(live, "https://" + host + "/")).isInstanceOf(OutboundReply.Blocked.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "223.255.255.255", "2606:4700::1111"})
  void publicAddressesArePublic(String address) {
    assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no url",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "gopher://a/",
        "http:",
        "http://",
        "//host/",
        "http://user:password@127.0.0.1/",
        "jar:http://a!/b",
        "http://a\r\nX: y/"
      })
  void otherUrlsAreNotCalledInEitherMode(String url) {
    assertThat(post(live, url)).isInstanceOf(OutboundReply.Blocked.class);
    assertThat(post(sandbox, url)).isInstanceOf(OutboundReply.Blocked.class);
    assertThat(Outbound.takes(url)).isFalse();
  }

  @Test
  void aSandboxReachesThisMachine() {
    try (Receiver here = Receiver.start()) {
      String korean = "http://localhost:" + here.port() + "/결제?q=완료";
      assertThat(post(sandbox, korean)).isEqualTo(new OutboundReply.Answered(200, "answer 200"));
      Receiver.Got got = here.got().getFirst();
      assertThat(got.path()).isEqualTo("/%EA%B2%B0%EC%A0%9C?q=%EC%99%84%EB%A3%8C");
      assertThat(got.body()).isEqualTo("{}");
      assertThat(got.header("X-Own")).isEqualTo("yes");
      assertThat(got.header("User-Agent")).isEqualTo("Naru");
      assertThat(got.header("Upgrade")).isNull();
      assertThat(got.header("Accept-Encoding")).isNull();
    }
  }

  /** Where simulators stand in for PGs, shops that are rehearsed are there as well. */
  @Test
  void aRehearsalReachesItsHostAndNoOther() {
    try (Receiver here = Receiver.start()) {
      String there = "http://127.0.0.1:" + here.port() + "/hook";
      assertThat(post(rehearsing, there)).isEqualTo(new OutboundReply.Answered(200, "answer 200"));
      assertThat(rehearsing.reaches(there)).isTrue();
      assertThat(post(rehearsing, "http://127.0.0.2:" + here.port() + "/hook"))
          .isInstanceOf(OutboundReply.Blocked.class);
      assertThat(post(live, there)).isInstanceOf(OutboundReply.Blocked.class);
    }
  }

  @Test
  void whatIsKeptOfAnAnswerHoldsNoCardAndNoNul() {
    assertThat(Outbound.shown("no\0: 4111111111111111"))
        .startsWith("no: ")
        .doesNotContain("4111111111111111");
  }

  @Test
  void redirectsAreAnswersAndCookiesAreForgotten() throws IOException {
    AtomicInteger elsewhere = new AtomicInteger();
    AtomicInteger cookies = new AtomicInteger();
    HttpServer server = server();
    server.createContext("/elsewhere", exchange -> elsewhere.incrementAndGet());
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Cookie")) {
            cookies.incrementAndGet();
          }
          exchange.getResponseHeaders().add("Set-Cookie", "a=b; Path=/");
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    assertThat(post(sandbox, url)).isEqualTo(new OutboundReply.Answered(307, ""));
    assertThat(post(sandbox, url)).isEqualTo(new OutboundReply.Answered(307, ""));
    assertThat(elsewhere).hasValue(0);
    assertThat(cookies).hasValue(0);
    server.stop(0);
  }

  @Test
  @Timeout(20)
  void anEndlessAnswerIsCutAndItsConnectionDropped() throws IOException {
    HttpServer server = server();
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = "x".repeat(8_192).getBytes(StandardCharsets.US_ASCII);
          try (OutputStream stream = exchange.getResponseBody()) {
            while (!Thread.currentThread().isInterrupted()) {
              stream.write(block);
            }
          }
        });
    OutboundReply reply = post(sandbox, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
    assertThat(reply).isEqualTo(new OutboundReply.Answered(200, "x".repeat(Outbound.KEPT)));
    server.stop(0);
  }

  @Test
  void whoDoesNotAnswerInTimeFails() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
      Duration brief = Duration.ofMillis(100);
      Duration ample = Duration.ofSeconds(10);
      assertThat(post(sandbox, url, new Patience(brief, ample)))
          .isInstanceOf(OutboundReply.Failed.class);
      assertThat(post(sandbox, url, new Patience(ample, brief)))
          .isInstanceOf(OutboundReply.Failed.class);
    }
    assertThat(post(sandbox, "http://no-such-host.invalid/"))
        .isInstanceOf(OutboundReply.Failed.class);
  }

  private static HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private static OutboundReply post(Outbound outbound, String url) {
    return post(outbound, url, PATIENCE);
  }

  private static OutboundReply post(Outbound outbound, String url, Patience patience) {
    return outbound.post(
        new OutboundCall(url, "application/json", "{}", Map.of("X-Own", "yes"), patience));
  }
}
