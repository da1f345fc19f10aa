package dev.naru.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.HubClock;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator is told: by webhook and by mail, once, then daily, until it is settled. */
@Apart
class AnnouncerTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void tellsOnceAndThenDailyUntilItIsSettled() throws Exception {
    try (Receiver slack = Receiver.start();
        Hub hub =
            Hub.start(
                Map.of(
                    "naru.attention.webhook",
                    slack.url("/slack"),
                    "naru.attention.mail",
                    "ops@example.com, money@example.com"))) {
      Attention attention = hub.bean(Attention.class);
      slack.answers("/slack", n -> n == 1 ? 500 : 200);
      attention.raise(7, What.PAID_OTHERWISE, "imp_1", "merchant_uid order-1");
      // The first was not taken, and is tried again.
      await().atMost(SOON).until(() -> slack.got("/slack").size() == 2);
      JsonNode told = JSON.readTree(slack.got("/slack").getLast().body());
      assertThat(told.path("text").asString()).contains("imp_1").contains("입금");
      assertThat(told.at("/matters/0/what").asString()).isEqualTo("paid_otherwise");
      await().atMost(SOON).until(() -> mails(hub).size() == 2);
      assertThat(mails(hub).getFirst().path("text").asString()).contains("imp_1");

      attention.raise(7, What.PAID_OTHERWISE, "imp_1", "seen again");
      attention.raise(7, What.JOB_FAILS, "other", "why");
      await().atMost(SOON).until(() -> slack.got("/slack").size() == 3);
      assertThat(JSON.readTree(slack.got("/slack").getLast().body()).path("matters")).hasSize(1);

      // Both are told of for the hub, too, before a day goes by.
      await().atMost(SOON).until(() -> untold(hub) == 0);
      hub.bean(HubClock.class).offset(Duration.ofHours(25));
      // A message that was on its way when time moved may come once more, before or after this.
      await().atMost(SOON).until(() -> matters(slack, 3).contains(List.of("imp_1", "other")));
      attention.settled(7, What.PAID_OTHERWISE, "imp_1");
      attention.settled(7, What.JOB_FAILS, "other");
      await().atMost(SOON).until(() -> attention.open(Place.START, 9).isEmpty());
      int before = slack.got("/slack").size();
      hub.bean(HubClock.class).offset(Duration.ofHours(50));
      attention.raise(7, What.JOB_FAILS, "last", "why");
      await().atMost(SOON).until(() -> matters(slack, before).contains(List.of("last")));
    }
  }

  private static int untold(Hub hub) {
    return JdbcClient.create(hub.database().dataSource())
        .sql("select count(*) from attention where hook_told_at is null")
        .query(Integer.class)
        .single();
  }

  /** What each message after the first so many is about. */
  private static List<List<String>> matters(Receiver slack, int first) {
    return slack.got("/slack").stream()
        .skip(first)
        .map(
            got ->
                JSON.readTree(got.body())
                    .path("matters")
                    .valueStream()
                    .map(one -> one.path("about").asString())
                    .sorted()
                    .toList())
        .toList();
  }

  private static List<JsonNode> mails(Hub hub) {
    return new Api(hub.url())
        .get("/sandbox/outbox")
        .body()
        .valueStream()
        .filter(mail -> mail.path("kind").asString().equals("MAIL"))
        .toList();
  }

  @Test
  void sendsMailsByTheServerThatIsSet() throws Exception {
    try (MailServer server = new MailServer();
        Hub hub =
            Hub.start(
                Map.of(
                    "naru.smtp.url",
                    "smtp://127.0.0.1:" + server.port(),
                    "naru.attention.mail",
                    "ops@example.com"))) {
      hub.bean(Attention.class).raise(7, What.CANCEL_REFUSED, "imp_9", "no");
      await().atMost(SOON).until(() -> server.said.stream().anyMatch(l -> l.startsWith("Subject")));
      assertThat(server.said).anyMatch(line -> line.contains("ops@example.com"));
    }
  }

  /** Takes mails, and keeps every line. */
  private static final class MailServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<String> said = new CopyOnWriteArrayList<>();

    MailServer() throws IOException {
      Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept();
            OutputStream out = client.getOutputStream();
            BufferedReader in =
                new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
          say(out, "220 here");
          boolean data = false;
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            if (line.equals(".")) {
              data = false;
            }
            if (line.equals("DATA")) {
              data = true;
              say(out, "354 go on");
            } else if (line.equals("QUIT")) {
              say(out, "221 bye");
            } else if (!data) {
              say(out, "250 fine");
            }
          }
        } catch (IOException closed) {
          // The next one, if any.
        }
      }
    }

    private static void say(OutputStream out, String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void isListedOnTheManagementPortAndNeverOnTheHubsOwn() {
    Hub hub = Hub.shared();
    Attention attention = hub.bean(Attention.class);
    attention.raise(9, What.CLOCK_DIFFERS, "first", "1");
    attention.raise(9, What.CLOCK_DIFFERS, "second", "2");
    String port = hub.bean(Environment.class).getProperty("local.management.port");
    Api management = new Api(java.net.URI.create("http://127.0.0.1:" + port));
    await()
        .atMost(SOON)
        .until(() -> get(management, "/actuator/attention?size=500").toString().contains("second"));
    JsonNode page = get(management, "/actuator/attention?size=1").path("body");
    assertThat(page.path("list")).hasSize(1);
    JsonNode next =
        get(management, "/actuator/attention?size=1&after=" + page.path("next").asString())
            .path("body");
    assertThat(next.at("/list/0/id")).isNotEqualTo(page.at("/list/0/id"));
    Api own = new Api(hub.url());
    for (String path : List.of("/actuator/attention", "/actuator/prometheus", "/actuator")) {
      assertThat(own.bare(request(own, path)).status()).as(path).isEqualTo(404);
    }
    assertThat(own.bare(request(own, "/actuator/health/readiness")).status()).isEqualTo(200);
    assertThat(own.bare(request(own, "/sandbox/attention")).body().toString()).contains("second");
    attention.settled(9, What.CLOCK_DIFFERS, "first");
    attention.settled(9, What.CLOCK_DIFFERS, "second");
  }

  private static java.net.http.HttpRequest.Builder request(Api api, String path) {
    return java.net.http.HttpRequest.newBuilder(api.at(path)).GET();
  }

  private static JsonNode get(Api api, String path) {
    return JSON.createObjectNode().set("body", api.bare(request(api, path)).body());
  }
}
