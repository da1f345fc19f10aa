package dev.naru.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.Settings;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the demo page is told as it happens, on two nodes with one database. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("browser")
class DemoFeedTest {

  private static final Hub HUB = Hub.start(Map.of());
  private static final Hub OTHER = secondNode();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Api api = new Api(HUB.url());

  private static Hub secondNode() {
    return Hub.start(
        Map.of(
            "naru.db.url", HUB.database().url(),
            "naru.db.user", HUB.database().user(),
            "naru.keyset", Objects.requireNonNull(HUB.bean(Settings.class).keyset()).toString(),
            "naru.simulator.url", HUB.simulatorUrl().toString()));
  }

  @AfterAll
  static void end() {
    OTHER.close();
    HUB.close();
  }

  private record Told(String id, String type, JsonNode data) {
    String order() {
      return data.path("merchant_uid").asString();
    }
  }

  /** A page's connection. */
  private static final class Ear implements AutoCloseable {

    final List<Told> told = new CopyOnWriteArrayList<>();
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final InputStream in;
    private final Thread thread;

    Ear(URI hub, @Nullable String last) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve("/demo/events"));
      if (last != null) {
        request.header("Last-Event-ID", last);
      }
      HttpResponse<InputStream> answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      in = answer.body();
      thread = Thread.ofVirtual().start(this::read);
    }

    private void read() {
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      String id = "";
      String type = "";
      try {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line);
          if (line.startsWith("id: ")) {
            id = line.substring(4);
          } else if (line.startsWith("event: ")) {
            type = line.substring(7);
          } else if (line.startsWith("data: ")) {
            told.add(new Told(id, type, JsonMapper.shared().readTree(line.substring(6))));
          }
        }
      } catch (IOException closed) {
        lines.add("closed");
      }
    }

    List<Told> of(String order) {
      return told.stream().filter(one -> one.order().equals(order)).toList();
    }

    /** Waits until the webhook of this order's charge was told. */
    List<Told> awaitPaid(String order) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> of(order).stream().anyMatch(one -> one.type().equals("webhook")));
      return of(order);
    }

    @Nullable String last() {
      return told.isEmpty() ? null : told.getLast().id();
    }

    boolean isOver() throws InterruptedException {
      return thread.join(Duration.ofMillis(1));
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String charge(Hub node) {
    String order = Api.newOrder();
    Api.Answer answer =
        new Api(node.url())
            .post("/subscribe/payments/onetime", Api.keyIn(order, "tosspayments", Api.GOOD_CARD));
    assertThat(answer.code()).as(answer.message()).isZero();
    return order;
  }

  @Test
  void tellsWhatHappensOnEitherNodeTheSame() throws Exception {
    try (Ear here = new Ear(HUB.url(), null);
        Ear there = new Ear(OTHER.url(), null)) {
      for (Hub node : List.of(HUB, OTHER)) {
        String order = charge(node);
        List<Told> told = here.awaitPaid(order);
        assertThat(told).extracting(Told::type).contains("payment", "webhook");
        assertThat(told)
            .filteredOn(one -> one.data().path("kind").asString("").equals("approved"))
            .singleElement()
            .satisfies(
                one -> {
                  assertThat(one.data().path("status").asString()).isEqualTo("paid");
                  assertThat(one.data().path("amount").asInt()).isEqualTo(10_000);
                });
        assertThat(told)
            .filteredOn(one -> one.type().equals("webhook"))
            .singleElement()
            .satisfies(
                one -> {
                  assertThat(one.data().path("http").asInt()).isEqualTo(200);
                  assertThat(one.data().path("url").asString()).endsWith("/sandbox/hooks/demo");
                });
        assertThat(there.awaitPaid(order))
            .extracting(Told::id)
            .containsExactlyInAnyOrderElementsOf(told.stream().map(Told::id).toList())
            .doesNotHaveDuplicates();
      }
    }
  }

  /** A page that has just been opened gets what was before, and nothing falls between. */
  @Test
  void beginsWithThePast() throws Exception {
    String before = charge(HUB);
    try (Ear first = new Ear(HUB.url(), null)) {
      first.awaitPaid(before);
      try (Ear second = new Ear(HUB.url(), null)) {
        await().until(() -> second.of(before).size() == first.of(before).size());
      }
    }
  }

  @Test
  void loosesNothingWhileNobodyListensNorBetweenNodes() throws Exception {
    String last;
    try (Ear ear = new Ear(HUB.url(), null)) {
      ear.awaitPaid(charge(HUB));
      last = ear.told.getLast().id();
    }
    List<String> missed = new ArrayList<>();
    for (int n = 0; n < 25; n++) {
      missed.add(charge(HUB));
    }
    for (Hub node : List.of(HUB, OTHER)) {
      try (Ear ear = new Ear(node.url(), last)) {
        missed.forEach(ear::awaitPaid);
        assertThat(ear.told).extracting(Told::id).doesNotHaveDuplicates();
      }
    }
    // An id of another life: then all there is.
    try (Ear ear = new Ear(HUB.url(), "e1")) {
      missed.forEach(ear::awaitPaid);
    }
  }

  @Test
  void tellsFailedTriesOfWebhooks() throws Exception {
    String order = Api.newOrder();
    try (Ear ear = new Ear(HUB.url(), null)) {
      Map<String, Object> charge = Api.keyIn(order, "tosspayments", Api.GOOD_CARD);
      charge.put("notice_url", HUB.url() + "/sandbox/hooks/down?status=503");
      api.post("/subscribe/payments/onetime", charge);
      assertThat(ear.awaitPaid(order))
          .filteredOn(one -> one.type().equals("webhook"))
          .first()
          .satisfies(one -> assertThat(one.data().path("http").asInt()).isEqualTo(503));
    }
  }

  /** Nothing needs to happen for it: pages come and go where nobody pays. */
  @Test
  void noticesWhoHasGone() throws Exception {
    DemoFeed feed = HUB.bean(DemoFeed.class);
    List<Ear> ears = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      ears.add(new Ear(HUB.url(), null));
    }
    await().until(() -> feed.listeners() >= 5);
    ears.forEach(Ear::close);
    await().atMost(Duration.ofSeconds(10)).until(() -> feed.listeners() == 0);
    await().until(() -> threads() == 0);
    try (Ear again = new Ear(HUB.url(), null)) {
      again.awaitPaid(charge(HUB));
    }
  }

  @Test
  void aFullHouseSendsAwayWhoHasListenedLongest() throws Exception {
    DemoFeed feed = HUB.bean(DemoFeed.class);
    List<Ear> ears = new ArrayList<>();
    try {
      for (int n = 0; n < DemoFeed.MOST_LISTENERS + 3; n++) {
        ears.add(new Ear(HUB.url(), null));
      }
      await().until(() -> ears.get(0).isOver() && ears.get(1).isOver() && ears.get(2).isOver());
      assertThat(feed.listeners()).isEqualTo(DemoFeed.MOST_LISTENERS);
      await().until(() -> threads() == 1);
      String order = charge(HUB);
      ears.subList(3, ears.size()).forEach(ear -> ear.awaitPaid(order));
      // It comes again, as browsers do, and misses nothing.
      try (Ear again = new Ear(HUB.url(), ears.getFirst().last())) {
        again.awaitPaid(order);
      }
    } finally {
      ears.forEach(Ear::close);
    }
  }

  /** Those of both nodes, which are in one process here. */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(DemoFeed.THREAD))
        .count();
  }

  @Test
  void whoDoesNotReadKeepsNobodyWaiting() throws Exception {
    try (Socket deaf = new Socket(HUB.url().getHost(), HUB.url().getPort());
        Ear ear = new Ear(HUB.url(), null)) {
      deaf.setReceiveBufferSize(1_024);
      deaf.getOutputStream()
          .write(
              ("GET /demo/events HTTP/1.1\r\nHost: " + HUB.url().getAuthority() + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      for (int n = 0; n < 20; n++) {
        ear.awaitPaid(charge(HUB));
      }
    }
  }

  @Test
  void givesASignOfLife() throws Exception {
    try (Ear ear = new Ear(OTHER.url(), null)) {
      await().atMost(Duration.ofSeconds(25)).until(() -> ear.lines.contains(":"));
      assertThat(ear.lines).contains("retry: 2000");
    }
  }

  @Test
  void theHubEndsWithoutWaitingForListeners() throws Exception {
    Hub ending = Hub.start(Map.of());
    try (Ear ear = new Ear(ending.url(), null)) {
      await().until(() -> ending.bean(DemoFeed.class).listeners() == 1);
      long begun = System.nanoTime();
      ending.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      await().until(ear::isOver);
    }
  }
}
