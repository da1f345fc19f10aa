package dev.naru.start.database;

import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings.Database;
import dev.naru.start.OwnerOnly;
import dev.naru.start.StartRefused;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL under the data folder, for who has none elsewhere: durable, on the loopback
 * interface alone, behind a password that only the owner of the data folder can read.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

  private static final String NAME = "naru";

  /** Long enough to recover from the log of a large database after a crash. */
  private static final Duration START = Duration.ofMinutes(2);

  private final EmbeddedPostgres server;
  private final DatabaseGuard guard;
  private final String password;

  private EmbeddedDatabase(EmbeddedPostgres server, DatabaseGuard guard, String password) {
    this.server = server;
    this.guard = guard;
    this.password = password;
  }

  /**
   * Starts it, making it if there is none yet; the caller holds the {@link DataLock}.
   *
   * @param data the data folder
   */
  static EmbeddedDatabase start(Path data) {
    Path folder = data.resolve("postgres");
    Path log = data.resolve("postgres.log");
    try {
      Orphan.stopAny(folder);
      Path passwordFile = data.resolve("postgres.password");
      if (!Files.exists(folder)) {
        make(data, passwordFile);
      }
      String password = Files.readString(passwordFile).strip();
      EmbeddedPostgres server = run(folder, log, passwordFile, password);
      LOG.info("PostgreSQL runs on port {}, data in {}", server.getPort(), folder);
      // Exits in the ordinary way: what the hub holds is closed.
      DatabaseGuard guard = new DatabaseGuard(folder, log, () -> System.exit(1));
      return new EmbeddedDatabase(server, guard, password);
    } catch (IOException | SQLException | RuntimeException e) {
      if (e instanceof StartRefused refused) {
        throw refused;
      }
      LOG.debug("PostgreSQL", e);
      throw new StartRefused(
          "The embedded PostgreSQL does not start: %s; its log, %s, ends with: %s"
              .formatted(e.getMessage(), log, lastLine(log)));
    }
  }

  /**
   * Makes it under another name first, so that a folder with the final name is always complete,
   * wherever the first start was cut short.
   */
  private static void make(Path data, Path passwordFile) throws IOException, SQLException {
    Path unfinished = data.resolve("postgres.new");
    Orphan.stopAny(unfinished);
    delete(unfinished);
    String password = HexFormat.of().formatHex(new SecureRandom().generateSeed(24));
    OwnerOnly.write(passwordFile, password);
    try (EmbeddedPostgres server =
            run(unfinished, data.resolve("postgres.log"), passwordFile, password);
        Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE naru LOGIN PASSWORD '" + password + "'");
      statement.execute("CREATE DATABASE naru OWNER naru");
    }
    Files.move(unfinished, data.resolve("postgres"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static EmbeddedPostgres run(Path folder, Path log, Path passwordFile, String password)
      throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(programs(folder.resolveSibling("postgres-programs")).toFile())
        // Spring closes it, after everything that still writes.
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START)
        .setOutputRedirector(Redirect.appendTo(log.toFile()))
        .setErrorRedirector(Redirect.appendTo(log.toFile()))
        // Options of initdb; the last of two counts.
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", passwordFile.toString())
        .setConnectConfig("password", password)
        // The library's own defaults would trade durability for speed.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "120")
        .setServerConfig("shared_buffers", "128MB")
        .setServerConfig("log_checkpoints", "off")
        .start();
  }

  /** The programs are unpacked once per user; where that has no home, under the data folder. */
  private static Path programs(Path fallback) {
    Path home = Path.of(System.getProperty("user.home", ""));
    return home.isAbsolute() && Files.isWritable(home)
        ? home.resolve(".cache").resolve("naru").resolve("postgres")
        : fallback;
  }

  /** How to reach it. */
  Database coordinates() {
    return new Database(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + NAME, NAME, new Secret(password));
  }

  @Override
  public void close() throws IOException {
    guard.close();
    server.close();
  }

  /** The one that a hub runs on this folder now; null if there is none. */
  public static @Nullable Database running(Path data) throws IOException {
    Path pidFile = data.resolve("postgres").resolve("postmaster.pid");
    Path password = data.resolve("postgres.password");
    if (DataLock.isFree(data) || !Files.exists(pidFile) || !Files.exists(password)) {
      return null;
    }
    // The fourth line is the port.
    List<String> lines = Files.readAllLines(pidFile);
    return lines.size() < 4
        ? null
        : new Database(
            "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/" + NAME,
            NAME,
            new Secret(Files.readString(password).strip()));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String lastLine(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "(nothing)" : lines.getLast();
    } catch (IOException e) {
      return "(unreadable)";
    }
  }
}
