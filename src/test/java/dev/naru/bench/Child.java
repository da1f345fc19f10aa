package dev.naru.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of our programs in a process of its own, with the JVM's defaults. Closing it stops it. */
final class Child implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx512m",
          "-Dsun.net.httpserver.nodelay=true",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it, and returns when {@code ready} answers 200. */
  static Child start(String main, Map<String, String> environment, Path log, URI ready)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    Stream<String> extra =
        Arrays.stream(System.getProperty("naru.bench.jvm", "").split(" ", -1))
            .filter(option -> !option.isEmpty());
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                OPTIONS.stream(),
                extra,
                Stream.of("-cp", classPath, main))
            .flatMap(part -> part)
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("NARU_"));
    builder.environment().putAll(environment);
    Child child = new Child(builder.redirectOutput(log.toFile()).start(), log);
    try {
      child.await(ready);
    } catch (Throwable e) {
      child.close();
      throw e;
    }
    return child;
  }

  private void await(URI ready) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest ask = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
      while (System.nanoTime() < end && !process.waitFor(20, TimeUnit.MILLISECONDS)) {
        try {
          if (http.send(ask, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // It does not listen yet.
        }
      }
    }
    throw new IllegalStateException("it does not start, see " + log);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends it in good order; kills it if it takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
