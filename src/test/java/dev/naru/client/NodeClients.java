package dev.naru.client;

import dev.naru.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The npm packages of src/test/node, installed once below target/, and the scripts there. */
public final class NodeClients {

  private static final Path SOURCES = Path.of("src/test/node");
  private static final Path INSTALLED = Path.of("target/npm-clients");
  private static final Duration INSTALL = Duration.ofMinutes(3);
  private static final Duration RUN = Duration.ofMinutes(2);

  private NodeClients() {}

  /** Installs what the lock file names, unless that is already there. */
  public static synchronized void install() {
    try {
      Files.createDirectories(INSTALLED);
      Path lock = INSTALLED.resolve("package-lock.json");
      Path complete = INSTALLED.resolve("node_modules/.package-lock.json");
      boolean there =
          Files.exists(complete)
              && Files.exists(lock)
              && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) < 0;
      try (Stream<Path> sources = Files.list(SOURCES)) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          Files.copy(
              source, INSTALLED.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      if (!there) {
        run(INSTALL, List.of(program("npm"), "ci", "--prefer-offline", "--loglevel=error"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of an installed package, such as {@code axe-core/axe.min.js}. */
  public static String file(String path) {
    install();
    try {
      return Files.readString(INSTALLED.resolve("node_modules").resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a script prints. */
  static JsonNode run(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program("node"), script));
    command.addAll(List.of(arguments));
    return new JsonMapper().readTree(run(RUN, command));
  }

  private static String program(String name) {
    return Tools.find(name)
        .orElseThrow(() -> new IllegalStateException("there is no " + name))
        .toString();
  }

  private static String run(Duration within, List<String> command) {
    try {
      Path output = Files.createTempFile(INSTALLED, "out-", ".txt");
      Path errors = Files.createTempFile(INSTALLED, "err-", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0) {
          throw new AssertionError(
              String.join(" ", command)
                  + (ended ? " failed:\n" : " takes too long:\n")
                  + Files.readString(errors));
        }
        return Files.readString(output);
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
