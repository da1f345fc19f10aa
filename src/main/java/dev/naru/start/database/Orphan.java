package dev.naru.start.database;

import dev.naru.start.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that outlived its hub, which was killed. It still holds the data folder, and the
 * commits of the dead hub's connections may still be on their way; so it is stopped in good order.
 */
public record Orphan(ProcessHandle process, Path folder) {

  private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Stops the server that runs on this data folder, if there is one; call it with the lock held.
   */
  public static void stopAny(Path folder) {
    Path pidFile = folder.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    try {
      Optional<ProcessHandle> process = process(pidFile);
      if (process.isEmpty()) {
        return; // PostgreSQL itself clears up after a process that is gone.
      }
      Orphan orphan = new Orphan(process.get(), folder.toRealPath());
      if (orphan.isPostgres()) {
        orphan.stop();
      } else {
        // The number was given to some other process since, which PostgreSQL would take for a
        // server of this folder.
        LOG.info("Removing {}, whose process is no PostgreSQL of this folder", pidFile);
        Files.deleteIfExists(pidFile);
      }
    } catch (IOException e) {
      throw new StartRefused("The folder " + folder + " cannot be read: " + e);
    }
  }

  private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
  }

  /** True only if the process is a postgres, and works in this folder or was started for it. */
  private boolean isPostgres() throws IOException {
    String program = process.info().command().orElse("");
    if (!program.endsWith("postgres") && !program.endsWith("postgres.exe")) {
      return false;
    }
    Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
    if (Files.exists(workingFolder)) {
      return workingFolder.toRealPath().equals(folder);
    }
    Optional<String[]> arguments = process.info().arguments();
    return arguments.isEmpty() || List.of(arguments.get()).contains(folder.toString());
  }

  private void stop() throws IOException {
    LOG.info("Stopping PostgreSQL {}, left behind by a hub that was killed", process.pid());
    signal("INT"); // fast shutdown: ends the sessions, writes a checkpoint
    if (!gone()) {
      signal("QUIT"); // immediate shutdown: the next start recovers from the log
      if (!gone()) {
        throw new StartRefused(
            "A PostgreSQL left behind on %s does not stop: end process %d"
                .formatted(folder, process.pid()));
      }
    }
  }

  private void signal(String name) throws IOException {
    String program = process.info().command().orElse("");
    List<String> command =
        program.endsWith(".exe")
            ? List.of(pgCtl(program), "kill", name, Long.toString(process.pid()))
            : List.of("kill", "-" + name, Long.toString(process.pid()));
    new ProcessBuilder(command).redirectErrorStream(true).start().onExit().join();
  }

  private static String pgCtl(String postgres) {
    return Path.of(postgres).resolveSibling("pg_ctl.exe").toString();
  }

  /**
   * Waits for its end: the process is gone, or it has removed its pid file, which is the last thing
   * it does (a process whose parent does not collect it stays in the list).
   */
  private boolean gone() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (!Files.exists(folder.resolve("postmaster.pid"))) {
        return true;
      }
      try {
        var _ = process.onExit().get(20, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        // Looks again.
      } catch (ExecutionException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }
}
