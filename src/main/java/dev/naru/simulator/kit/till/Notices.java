package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.facts.Form;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sends PGs' notices to merchants, again and again until they are acknowledged. The schedule is a
 * short one: a test should not wait for days.
 */
public final class Notices implements AutoCloseable {

  /** A notice in the PG's form, and what the PG takes for an acknowledgement. */
  public record Notice(
      String url,
      Map<String, String> headers,
      String body,
      Charset charset,
      Predicate<HttpResponse<String>> acknowledged) {

    /** A form POST, repeated until the body of the answer is OK and nothing else. */
    public static Notice form(String url, Map<String, String> fields, Charset charset) {
      return new Notice(
          url,
          Map.of("Content-Type", "application/x-www-form-urlencoded"),
          Form.encode(fields, charset),
          StandardCharsets.US_ASCII,
          answer -> answer.statusCode() == 200 && answer.body().strip().equals("OK"));
    }

    /** A POST of JSON with these headers, repeated until it is answered by status 200. */
    public static Notice json(String url, Map<String, String> headers, String body) {
      Map<String, String> all = new HashMap<>(headers);
      all.put("Content-Type", "application/json;charset=UTF-8");
      return new Notice(
          url, all, body, StandardCharsets.UTF_8, answer -> answer.statusCode() == 200);
    }
  }

  private static final System.Logger LOG = System.getLogger(Notices.class.getName());
  private static final List<Integer> PAUSES =
      List.of(2, 3, 5, 8, 10, 10, 15, 15, 30, 30, 30, 60, 60, 60, 120, 120);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Sends one without waiting for it. */
  public void send(Notice notice) {
    send(() -> notice);
  }

  /** The same of one that takes its time to be made. */
  public void send(Supplier<Notice> made) {
    threads.execute(() -> deliver(made.get()));
  }

  private void deliver(Notice notice) {
    try {
      for (int pause : PAUSES) {
        if (attempt(notice)) {
          return;
        }
        Thread.sleep(Duration.ofSeconds(pause));
      }
      LOG.log(System.Logger.Level.WARNING, "gave up a notice to {0}", notice.url());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean attempt(Notice notice) throws InterruptedException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(notice.url()))
              .timeout(Duration.ofSeconds(10))
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(notice.body().getBytes(notice.charset())));
      notice.headers().forEach(request::header);
      return notice
          .acknowledged()
          .test(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException | IllegalArgumentException _) {
      return false;
    }
  }

  /** Returns when none is made or sent any more, and the books may be closed. */
  @Override
  public void close() {
    threads.shutdownNow();
    http.shutdownNow();
    threads.close();
  }
}
