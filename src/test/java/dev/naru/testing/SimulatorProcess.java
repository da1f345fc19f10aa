package dev.naru.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The simulators in a process of their own, which lives on when a hub is killed. */
public final class SimulatorProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(1);

  private final Process process;
  private final URI url;

  private SimulatorProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * @param late when a card that is approved after the hub's timeout is approved
   */
  public static SimulatorProcess start(Path data, Duration late) {
    try {
      int port = HubProcess.freePort();
      ProcessBuilder builder =
          new ProcessBuilder(HubProcess.command("dev.naru.simulator.Simulators"))
              .redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("NARU_"));
      builder
          .environment()
          .putAll(
              Map.of(
                  "NARU_SIMULATOR_PORT", Integer.toString(port),
                  "NARU_DATA", data.toString(),
                  "NARU_SIMULATOR_LATE", late.toString(),
                  "NARU_SIMULATOR_SLOW", "PT1S"));
      Path log = Files.createTempFile(Files.createDirectories(Path.of("target")), "sim-", ".log");
      builder.redirectOutput(log.toFile());
      SimulatorProcess started =
          new SimulatorProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
      started.awaitReady();
      return started;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady() throws InterruptedException {
    HttpRequest health = HttpRequest.newBuilder(url.resolve("/_sim/health")).build();
    long end = System.nanoTime() + START.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("the simulators ended with " + process.exitValue());
        }
        try {
          if (client.send(health, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException notYet) {
          // asked again below
        }
      }
    }
    throw new IllegalStateException("the simulators did not start in time");
  }
}
