package dev.naru.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * An empty database of the hub's schema, one per test class, on one PostgreSQL per test process.
 * That server does not wait for the disk (no {@code fsync}); tests of durability start a {@link
 * HubProcess}.
 */
public final class TestDatabase implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Starts with its first use, is migrated once, and ends with the process. */
  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        Path data = Files.createTempDirectory("naru-test-postgres");
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setServerConfig("max_connections", "300")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, data)));
        execute(server, "CREATE DATABASE migrated");
        Flyway.configure().dataSource(server.getDatabase("postgres", "migrated")).load().migrate();
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void end(EmbeddedPostgres server, Path data) {
      try (server;
          Stream<Path> files = Files.walk(data)) {
        server.close();
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final String name;
  private final HikariDataSource pool;

  private TestDatabase(String name) {
    this.name = name;
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(Shared.SERVER.getJdbcUrl("postgres", name));
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(0);
    pool = new HikariDataSource(config);
  }

  /** A new one, migrated and empty. */
  public static TestDatabase fresh() {
    String name = "test_" + COUNT.incrementAndGet();
    execute(Shared.SERVER, "CREATE DATABASE " + name + " TEMPLATE migrated");
    return new TestDatabase(name);
  }

  /** A pool of up to 16 connections, closed with this. */
  public DataSource dataSource() {
    return pool;
  }

  /** For {@code naru.db.url}; with {@link #user()} and no password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + Shared.SERVER.getPort() + "/" + name;
  }

  public String user() {
    return "postgres";
  }

  @Override
  public void close() {
    pool.close();
    execute(Shared.SERVER, "DROP DATABASE " + name + " WITH (FORCE)");
  }

  private static void execute(EmbeddedPostgres server, String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
