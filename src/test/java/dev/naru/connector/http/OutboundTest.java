package dev.naru.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.naru.connector.http.Outbound.Call;
import dev.naru.connector.http.Outbound.Patience;
import dev.naru.connector.http.Outbound.Reply;
import dev.naru.testing.Receiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
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
  private final Outbound sandbox = new Outbound(false);

  @AfterEach
  void close() throws IOException {
    live.close();
    sandbox.close();
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
      Reply reply = post(live, "http://" + host + ":" + here.port() + "/");
      assertThat(reply).isNotInstanceOf(Reply.Answered.class);
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
    assertThat(post(live, "https://" + host + "/")).isInstanceOf(Reply.Blocked.class);
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
    assertThat(post(live, url)).isInstanceOf(Reply.Blocked.class);
    assertThat(post(sandbox, url)).isInstanceOf(Reply.Blocked.class);
    assertThat(Outbound.takes(url)).isFalse();
  }

  @Test
  void aSandboxReachesThisMachine() {
    try (Receiver here = Receiver.start()) {
      String korean = "http://localhost:" + here.port() + "/결제?q=완료";
      assertThat(post(sandbox, korean)).isEqualTo(new Reply.Answered(200, "answer 200"));
      Receiver.Got got = here.got().getFirst();
      assertThat(got.path()).isEqualTo("/%EA%B2%B0%EC%A0%9C?q=%EC%99%84%EB%A3%8C");
      assertThat(got.body()).isEqualTo("{}");
      assertThat(got.header("X-Own")).isEqualTo("yes");
      assertThat(got.header("User-Agent")).isEqualTo("Naru");
      assertThat(got.header("Upgrade")).isNull();
      assertThat(got.header("Accept-Encoding")).isNull();
    }
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
    assertThat(post(sandbox, url)).isEqualTo(new Reply.Answered(307, ""));
    assertThat(post(sandbox, url)).isEqualTo(new Reply.Answered(307, ""));
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
    Reply reply = post(sandbox, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
    assertThat(reply).isEqualTo(new Reply.Answered(200, "x".repeat(Outbound.KEPT)));
    server.stop(0);
  }

  @Test
  void whoDoesNotAnswerInTimeFails() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
      Duration brief = Duration.ofMillis(100);
      Duration ample = Duration.ofSeconds(10);
      assertThat(post(sandbox, url, new Patience(brief, ample))).isInstanceOf(Reply.Failed.class);
      assertThat(post(sandbox, url, new Patience(ample, brief))).isInstanceOf(Reply.Failed.class);
    }
    assertThat(post(sandbox, "http://no-such-host.invalid/")).isInstanceOf(Reply.Failed.class);
  }

  private static HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private static Reply post(Outbound outbound, String url) {
    return post(outbound, url, PATIENCE);
  }

  private static Reply post(Outbound outbound, String url, Patience patience) {
    return outbound.post(new Call(url, "application/json", "{}", Map.of("X-Own", "yes"), patience));
  }
}
