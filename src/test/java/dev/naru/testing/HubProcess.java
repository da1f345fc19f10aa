package dev.naru.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A hub in a process of its own, which a test may kill. Closing it stops it. */
public final class HubProcess implements AutoCloseable {

  /** Of a machine that does five other things meanwhile. */
  private static final Duration START = Duration.ofMinutes(5);

  private static final Duration STOP = Duration.ofMinutes(2);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final Path data;
  private final int port;
  private final int simulatorPort;
  private final Path log;

  private HubProcess(Process process, Path data, int port, int simulatorPort, Path log) {
    this.process = process;
    this.data = data;
    this.port = port;
    this.simulatorPort = simulatorPort;
    this.log = log;
  }

  /** Starts a sandbox hub on this data folder and returns when it is ready. */
  public static HubProcess start(Path data, Map<String, String> environment) {
    return start(data, environment, LinkedClasses.found());
  }

  static HubProcess start(Path data, Map<String, String> environment, List<String> classes) {
    HubProcess hub = launch(data, environment, classes);
    try {
      hub.awaitReady();
    } catch (Throwable e) {
      hub.close();
      throw e;
    }
    return hub;
  }

  /** Starts one and returns at once. {@code environment} wins over the ports chosen here. */
  public static HubProcess launch(Path data, Map<String, String> environment) {
    return launch(data, environment, LinkedClasses.found());
  }

  private static HubProcess launch(
      Path data, Map<String, String> environment, List<String> classes) {
    try {
      Map<String, String> settings = new HashMap<>();
      settings.put("NARU_DATA", data.toString());
      settings.put("NARU_PORT", Integer.toString(freePort()));
      settings.put("NARU_MANAGEMENT_PORT", "0");
      settings.put("NARU_SIMULATOR_PORT", Integer.toString(freePort()));
      settings.put("NARU_STOP_GRACE", "0s");
      settings.putAll(environment);
      Path log = Files.createTempFile(Files.createDirectories(Path.of("target")), "hub-", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command("dev.naru.Naru", classes)).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("NARU_"));
      builder.environment().putAll(settings);
      builder.redirectOutput(log.toFile());
      return new HubProcess(
          builder.start(),
          data,
          portOf(settings.get("NARU_PORT")),
          portOf(settings.get("NARU_SIMULATOR_PORT")),
          log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port that was free a moment ago, below those that systems give to outgoing connections: one
   * of these could take it before the hub does, whose start takes seconds.
   */
  public static int freePort() throws IOException {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // Another will be free.
      }
    }
    throw new IOException("no port is free");
  }

  /** The command line that runs one of our programs with the class path of the build. */
  static List<String> command(String main) {
    return command(main, LinkedClasses.found());
  }

  private static List<String> command(String main, List<String> classes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dsun.net.httpserver.nodelay=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(classes);
    command.add(main);
    return command;
  }

  private static int portOf(@Nullable String setting) {
    return setting != null && setting.matches("\\d{1,5}") ? Integer.parseInt(setting) : 0;
  }

  /** Where the hub listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where its simulators listen. */
  public URI simulatorUrl() {
    return URI.create("http://127.0.0.1:" + simulatorPort);
  }

  public long pid() {
    return process.pid();
  }

  /** All it has printed. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the health page says so; fails with the hub's output if it ends, or is late. */
  public void awaitReady() {
    URI health = url().resolve("/actuator/health/readiness");
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      if (ended(Duration.ofMillis(100))) {
        throw new AssertionError("The hub ended with " + process.exitValue() + ":\n" + output());
      }
      if (answers(health)) {
        return;
      }
    }
    throw new AssertionError("The hub is not ready after " + START + ":\n" + output());
  }

  private static boolean answers(URI health) {
    try {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
      return HTTP.send(request, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The exit status of a hub that ends by itself. */
  public int awaitExit() {
    if (!ended(START)) {
      throw new AssertionError("The hub still runs after " + START + ":\n" + output());
    }
    return process.exitValue();
  }

  /**
   * {@code kill -9}: the hub gets no chance to tidy up. Its PostgreSQL outlives it, until the next
   * start on its folder, or until the folder is gone.
   */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** {@code kill -STOP}: the hub stands still, with all its connections open. */
  public void freeze() {
    signal("-STOP");
  }

  /** {@code kill -CONT}: the hub goes on where it stood. */
  public void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", name, Long.toString(pid()))
              .start()
              .onExit()
              .join()
              .exitValue();
      if (exit != 0) {
        throw new IllegalStateException("kill " + name + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -15}: the hub ends in good order. */
  public void stop() {
    process.destroy();
    if (!ended(STOP)) {
      throw new AssertionError("The hub does not stop:\n" + output());
    }
  }

  /** Kills it if it still runs, and then its PostgreSQL too. */
  @Override
  public void close() {
    boolean ran = process.isAlive();
    process.destroyForcibly();
    ended(STOP);
    Path pidFile = data.resolve("postgres").resolve("postmaster.pid");
    if (ran && Files.exists(pidFile)) {
      try {
        String pid = Files.readAllLines(pidFile).getFirst().strip();
        new ProcessBuilder("kill", "-INT", pid).start().onExit().join();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private boolean ended(Duration within) {
    try {
      process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
