package dev.naru.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Outcome;
import dev.naru.connector.http.PgHttp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that misbehaves by the byte. */
final class PgHttpTest {

  private static final Duration READ = Duration.ofMillis(700);
  private static final Charset EUC_KR = Charset.forName("EUC-KR");
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final List<WireLog.Entry> log = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;

  PgHttpTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void readsAnAnswerAndKeepsTheConnection() {
    serve(socket -> answerEach(socket, OK));
    PgHttp pg = pg();
    for (int i = 0; i < 3; i++) {
      assertThat(post(pg, "{\"a\":1}")).isInstanceOfSatisfying(Reply.Answer.class, this::isOk);
    }
    assertThat(connections).hasValue(1);
    assertThat(log).hasSize(3).allSatisfy(entry -> assertThat(entry.status()).isEqualTo(200));
  }

  @Test
  void aRefusedConnectionSentNothing() throws IOException {
    server.close();
    assertThat(post(pg(), "{}")).isInstanceOf(Reply.NotSent.class);
  }

  @Test
  void whatComesAfterTheEndOfItsLeaseIsNotSent() {
    List<String> arrived = new CopyOnWriteArrayList<>();
    serve(
        socket -> {
          arrived.add(request(socket));
          write(socket, OK);
        });
    PgHttp pg = pg();
    AtomicLong nanos = new AtomicLong();
    AtomicReference<Instant> wall = new AtomicReference<>(Instant.EPOCH);
    Lease lease = new Lease(wall::get, nanos::get, Duration.ofSeconds(5));
    assertThat(lease.call(() -> post(pg, "{}"))).isInstanceOf(Reply.Answer.class);

    // The process stood still, and the wall clock was set back meanwhile.
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThatThrownBy(() -> lease.call(() -> post(pg, "{}"))).isInstanceOf(Lease.Ended.class);

    // The machine was suspended, and its monotonic clock with it.
    nanos.set(0);
    wall.set(Instant.EPOCH.plusSeconds(5));
    assertThatThrownBy(() -> lease.call(() -> post(pg, "{}"))).isInstanceOf(Lease.Ended.class);
    assertThat(lease.ask(() -> new Outcome.Ok<>(post(pg, "{}"))))
        .isInstanceOf(Outcome.Unknown.class);

    assertThat(arrived).hasSize(1);
    assertThat(log).hasSize(4);
    assertThat(log.getLast().answer()).isEqualTo("not sent: the lease had ended");
    assertThat(post(pg, "{}")).isInstanceOf(Reply.Answer.class);
  }

  @Test
  void anUnknownHostWasSentNothing() {
    Reply reply = pg().call("o1", "GET", URI.create("http://no-such-host.invalid/")).send();
    assertThat(reply).isInstanceOf(Reply.NotSent.class);
  }

  @Test
  void aHandshakeThatFailsSentNothing() {
    serve(
        socket -> {
          write(socket, "this is not TLS\r\n\r\n");
          socket.close();
        });
    URI https = URI.create("https://localhost:" + server.getLocalPort() + "/pay");
    assertThat(pg().call("o1", "POST", https).json("{}").send()).isInstanceOf(Reply.NotSent.class);
  }

  @Test
  void aConnectionClosedUponTheRequestLeavesItOpen() {
    serve(
        socket -> {
          request(socket);
          socket.close();
        });
    assertThat(post(pg(), "{}")).isInstanceOf(Reply.NoAnswer.class);
    assertThat(connections).as("a charge is never sent twice").hasValue(1);
  }

  @Test
  void silenceEndsWithTheReadTimeout() {
    serve(PgHttpTest::request);
    assertThat(post(hasty(), "{}")).isInstanceOf(Reply.NoAnswer.class);
  }

  @Test
  void anAnswerThatTricklesEnds() {
    serve(
        socket -> {
          request(socket);
          write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
          while (!socket.isClosed()) {
            write(socket, "x");
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
          }
        });
    long begin = System.nanoTime();
    assertThat(post(hasty(), "{}")).isInstanceOf(Reply.NoAnswer.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(READ.multipliedBy(10));
  }

  @Test
  void anAnswerCutShortIsNone() {
    serve(
        socket -> {
          request(socket);
          write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\":");
          socket.close();
        });
    assertThat(post(pg(), "{}")).isInstanceOf(Reply.NoAnswer.class);
  }

  @Test
  void anAnswerTooLongIsNone() {
    String body = "x".repeat(2 << 20);
    serve(
        socket ->
            answerEach(
                socket, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));
    assertThat(post(pg(), "{}")).isInstanceOf(Reply.NoAnswer.class);
  }

  @Test
  void whatIsNotHttpIsNoAnswer() {
    serve(socket -> answerEach(socket, "한글이 깨진 답\r\n\r\n"));
    assertThat(post(pg(), "{}")).isInstanceOf(Reply.NoAnswer.class);
  }

  /** The server's own idle limit must not cost a charge its answer. */
  @Test
  void aKeptConnectionThatTheServerClosedCostsNoCall() {
    serve(
        socket -> {
          request(socket);
          write(socket, OK);
          socket.close();
        });
    PgHttp pg = pg();
    for (int i = 1; i <= 3; i++) {
      assertThat(post(pg, "{}")).isInstanceOfSatisfying(Reply.Answer.class, this::isOk);
      assertThat(connections).hasValue(i);
    }
  }

  /** Such a request meets the closing half-way; only not keeping the connection prevents it. */
  @Test
  void aServerThatNamesItsIdleTimeIsBelieved() {
    serve(
        socket -> {
          request(socket);
          write(socket, OK.replace("\r\n\r\n", "\r\nKeep-Alive: timeout=1\r\n\r\n"));
          request(socket);
          socket.close();
        });
    PgHttp pg = pg();
    assertThat(post(pg, "{}")).isInstanceOfSatisfying(Reply.Answer.class, this::isOk);
    await().pollDelay(Duration.ofMillis(1_100)).until(() -> true);
    assertThat(post(pg, "{}")).isInstanceOfSatisfying(Reply.Answer.class, this::isOk);
  }

  @Test
  void followsNoRedirect() {
    serve(
        socket ->
            answerEach(
                socket, "HTTP/1.1 302 Found\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n"));
    assertThat(post(pg(), "{}"))
        .isInstanceOfSatisfying(
            Reply.Answer.class, answer -> assertThat(answer.status()).isEqualTo(302));
    assertThat(connections).hasValue(1);
  }

  @Test
  void sendsWhatItWasGiven() {
    List<String> seen = new ArrayList<>();
    serve(
        socket -> {
          seen.add(request(socket));
          write(socket, OK);
        });
    pg().call("o1", "POST", url())
        .header("Authorization", "Basic abc")
        .form(Map.of("이름", "홍길동"), java.nio.charset.Charset.forName("EUC-KR"))
        .send();
    assertThat(seen)
        .singleElement()
        .asString()
        .startsWith("POST /pay?x=1 HTTP/1.1\r\n")
        .contains("Authorization: Basic abc\r\n")
        .contains("Content-Type: application/x-www-form-urlencoded; charset=euc-kr\r\n")
        .doesNotContain("Accept-Encoding")
        .endsWith("\r\n\r\n%C0%CC%B8%A7=%C8%AB%B1%E6%B5%BF");
  }

  @Test
  void theHeadersOfAnAnswerAreToldWhateverTheirCase() {
    serve(
        socket ->
            answerEach(
                socket,
                "HTTP/1.1 200 OK\r\nSignature: abc\r\nX-Part: 1\r\nx-part: 2\r\n"
                    + "Content-Length: 2\r\n\r\nok"));
    assertThat(post(pg(), "{}"))
        .isInstanceOfSatisfying(
            Reply.Answer.class,
            answer -> {
              assertThat(answer.header("signature")).contains("abc");
              assertThat(answer.header("SIGNATURE")).contains("abc");
              assertThat(answer.header("X-Part")).contains("1, 2");
              assertThat(answer.header("date")).isEmpty();
            });
    assertThat(log.getLast().toString()).doesNotContain("abc");
  }

  /** The answer names its own charset, which need not be that of the call. */
  @ParameterizedTest
  @CsvSource({
    "application/json;charset=EUC-KR, EUC-KR",
    "application/json; Charset=\"euc-kr\", EUC-KR",
    "application/json, UTF-8",
    "application/json;charset=no-such, UTF-8",
    "application/json;charset=?!, UTF-8",
  })
  void jsonInAnotherCharsetIsSentReadAndLogged(String contentType, Charset theirs) {
    List<byte[]> sent = new CopyOnWriteArrayList<>();
    byte[] answer = "{\"name\":\"홍길동\",\"card\":\"9410\"}".getBytes(theirs);
    serve(
        socket -> {
          sent.add(request(socket).getBytes(StandardCharsets.ISO_8859_1));
          write(
              socket,
              "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                  .formatted(contentType, answer.length));
          socket.getOutputStream().write(answer);
        });
    Reply reply =
        pg().call("o1", "POST", url())
            .hide(Set.of("card"))
            .json("{\"name\":\"홍길동\",\"card\":\"9410\"}", EUC_KR)
            .send();
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Answer.class, told -> assertThat(told.textAsNamed()).contains("홍길동"));
    assertThat(new String(sent.getFirst(), EUC_KR))
        .contains("Content-Type: application/json;charset=EUC-KR\r\n")
        .endsWith("{\"name\":\"홍길동\",\"card\":\"9410\"}");
    assertThat(log.getLast().request()).contains("홍길동").doesNotContain("9410");
    if (contentType.contains("charset=EUC-KR")) {
      assertThat(log.getLast().answer()).contains("홍길동").doesNotContain("9410");
    }
  }

  private void isOk(Reply.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("ok");
  }

  private PgHttp pg() {
    return pg(Duration.ofSeconds(30));
  }

  /** Of little patience, for answers that do not come. */
  private PgHttp hasty() {
    return pg(READ);
  }

  private PgHttp pg(Duration read) {
    return PgHttp.create(
        new PgHttp.Timeouts(Duration.ofSeconds(1), read), log::add, InstantSource.system());
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/pay?x=1");
  }

  private Reply post(PgHttp pg, String json) {
    return pg.call("o1", "POST", url()).json(json).send();
  }

  /** What the server does with one connection. */
  private interface Manners {
    void treat(Socket socket) throws IOException;
  }

  private void serve(Manners manners) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket socket = server.accept();
                  open.add(socket);
                  connections.incrementAndGet();
                  Thread.ofVirtual().start(() -> treat(manners, socket));
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
  }

  private static void treat(Manners manners, Socket socket) {
    try {
      manners.treat(socket);
    } catch (IOException gone) {
      // The client hung up, or the test is over.
    }
  }

  private static void answerEach(Socket socket, String answer) throws IOException {
    while (!request(socket).isEmpty()) {
      write(socket, answer);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Head and body of the next request; empty when the client is gone. */
  private static String request(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring(16)))
            .findFirst()
            .orElse(0);
    return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }
}
