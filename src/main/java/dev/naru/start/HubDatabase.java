package dev.naru.start;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Settings.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The database in use: the one the settings name, or the embedded one, which ends with this. */
final class HubDatabase implements AutoCloseable {

  private static final int OLDEST = 15;
  private static final int CONNECTIONS = 24;

  private final Database coordinates;
  private final @Nullable EmbeddedDatabase embedded;

  private HubDatabase(Database coordinates, @Nullable EmbeddedDatabase embedded) {
    this.coordinates = coordinates;
    this.embedded = embedded;
  }

  /** The caller holds the {@link DataLock}. */
  static HubDatabase of(Settings settings) {
    if (settings.database() != null) {
      return new HubDatabase(settings.database(), null);
    }
    EmbeddedDatabase embedded = EmbeddedDatabase.start(settings.data());
    return new HubDatabase(embedded.coordinates(), embedded);
  }

  /** One that somebody else runs. */
  static HubDatabase at(Database running) {
    return new HubDatabase(running, null);
  }

  @Override
  public void close() throws IOException {
    if (embedded != null) {
      embedded.close();
    }
  }

  /**
   * Opens the pool of connections.
   *
   * @throws StartRefused if the database is too old for this hub, or cannot be reached
   */
  HikariDataSource pool() {
    Properties driver = new Properties();
    driver.setProperty("user", coordinates.user());
    driver.setProperty("password", coordinates.password().reveal());
    driver.setProperty("ApplicationName", "naru");
    driver.setProperty("connectTimeout", "10");
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("prepareThreshold", "3");
    driver.setProperty("preparedStatementCacheQueries", "512");
    driver.setProperty("reWriteBatchedInserts", "true");
    check(driver);
    HikariConfig config = new HikariConfig();
    config.setPoolName("naru");
    config.setJdbcUrl(coordinates.url());
    config.setDataSourceProperties(driver);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(4);
    config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    return new HikariDataSource(config);
  }

  private void check(Properties driver) {
    try (Connection connection = DriverManager.getConnection(coordinates.url(), driver);
        Statement statement = connection.createStatement();
        ResultSet encoding = statement.executeQuery("SHOW server_encoding")) {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < OLDEST) {
        throw new StartRefused(
            "NARU_DB_URL is a PostgreSQL %d; Naru needs %d or newer".formatted(major, OLDEST));
      }
      if (!encoding.next() || !encoding.getString(1).equals("UTF8")) {
        throw new StartRefused("NARU_DB_URL is a database whose encoding is not UTF8");
      }
    } catch (SQLException e) {
      throw new StartRefused("NARU_DB_URL cannot be reached: " + e.getMessage());
    }
  }
}
