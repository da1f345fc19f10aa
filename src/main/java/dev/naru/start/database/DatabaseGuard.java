package dev.naru.start.database;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the embedded PostgreSQL again when it has ended by itself: killed for want of memory, say.
 * If it cannot be started, the hub ends too, so that whoever runs it learns of it and starts both.
 */
final class DatabaseGuard implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseGuard.class);

  private final Path folder;
  private final Path log;
  private final Runnable giveUp;
  private final Thread thread;
  private ProcessHandle server;

  /** Where its programs are. */
  private final Path control;

  private volatile boolean closing;

  /**
   * @param giveUp ends the hub
   * @throws IOException if there is no server on this folder
   */
  DatabaseGuard(Path folder, Path log, Runnable giveUp) throws IOException {
    this.folder = folder;
    this.log = log;
    this.giveUp = giveUp;
    server = running();
    String program =
        server.info().command().orElseThrow(() -> new IOException("PostgreSQL has ended at once"));
    control = Path.of(program).resolveSibling(program.endsWith(".exe") ? "pg_ctl.exe" : "pg_ctl");
    thread = Thread.ofPlatform().daemon().name("database-guard").start(this::watch);
  }

  /** From now on its end is meant. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProcessHandle running() throws IOException {
    Path pidFile = folder.resolve("postmaster.pid");
    String pid = Files.exists(pidFile) ? Files.readAllLines(pidFile).getFirst().strip() : "";
    if (!pid.matches("\\d{1,18}")) {
      throw new IOException("no PostgreSQL runs on " + folder);
    }
    return ProcessHandle.of(Long.parseLong(pid))
        .orElseThrow(() -> new IOException("PostgreSQL " + pid + " has ended"));
  }

  /** One that has ended and that nobody collects stays in the list, without a program. */
  private boolean hasEnded() {
    return !server.isAlive() || server.info().command().isEmpty();
  }

  private void watch() {
    try {
      while (!closing) {
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        if (hasEnded() && !closing) {
          LOG.error("PostgreSQL {} has ended by itself: starting it again", server.pid());
          revive();
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its sessions may outlive it for a moment; until they are gone no other starts. */
  private void revive() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!closing) {
      try {
        if (restart() == 0) {
          server = running();
          LOG.info("PostgreSQL runs again, process {}", server.pid());
          return;
        }
      } catch (IOException e) {
        LOG.warn("PostgreSQL cannot be started", e);
      }
      if (System.nanoTime() > end) {
        LOG.error("PostgreSQL does not start any more: the hub ends; its log is {}", log);
        giveUp.run();
        return;
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  /** With the options it was started with, its port among them, which PostgreSQL itself keeps. */
  private int restart() throws IOException, InterruptedException {
    Orphan.stopAny(folder);
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      // It refuses to run as root.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(
            control.toString(),
            "restart",
            "-D",
            folder.toString(),
            "-w",
            "-t",
            Long.toString(PATIENCE.toSeconds())));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .start()
        .waitFor();
  }
}
