package dev.naru.start.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Settings.Database;
import dev.naru.start.StartRefused;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database in use: the one the settings name, or the embedded one, which ends with this. */
public final class HubDatabase implements AutoCloseable {

  private static final int OLDEST = 15;
  private static final int CONNECTIONS = 24;
  private static final int WRITERS = 16;

  private final Database coordinates;
  private final @Nullable EmbeddedDatabase embedded;

  private HubDatabase(Database coordinates, @Nullable EmbeddedDatabase embedded) {
    this.coordinates = coordinates;
    this.embedded = embedded;
  }

  /** The caller holds the {@link DataLock}. */
  public static HubDatabase of(Settings settings) {
    if (settings.database() != null) {
      return new HubDatabase(settings.database(), null);
    }
    EmbeddedDatabase embedded = EmbeddedDatabase.start(settings.data());
    return new HubDatabase(embedded.coordinates(), embedded);
  }

  /** One that somebody else runs. */
  public static HubDatabase at(Database running) {
    return new HubDatabase(running, null);
  }

  @Override
  public void close() throws IOException {
    if (embedded != null) {
      embedded.close();
    }
  }

  /**
   * Opens the pool of connections for everything but what {@link #writers} and {@link #patient} do.
   *
   * @throws StartRefused if the database is too old for this hub, or cannot be reached
   */
  public HikariDataSource pool() {
    check(driver(Duration.ZERO));
    return pool("naru", CONNECTIONS, new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15)));
  }

  /**
   * Opens the pool for what all payments wait for: there nobody waits long, neither for a lock nor
   * for an answer on a line that has gone silent.
   */
  public HikariDataSource writers() {
    return pool("naru-writers", WRITERS, new Limits(Duration.ofMillis(200), Duration.ofSeconds(6)));
  }

  /** Connections without any limit, for work on whole tables, and for locks that are kept. */
  public DataSource patient() {
    DriverManagerDataSource each = new DriverManagerDataSource(coordinates.url());
    each.setConnectionProperties(driver(Duration.ZERO));
    return each;
  }

  /**
   * How long a statement may wait for a lock, and take in all.
   *
   * @param statement the line may be silent for two seconds longer; then it counts as lost
   */
  private record Limits(Duration lock, Duration statement) {}

  private HikariDataSource pool(String name, int size, Limits limits) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(coordinates.url());
    config.setDataSourceProperties(driver(limits.statement().plusSeconds(2)));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(4);
    config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
    config.setKeepaliveTime(Duration.ofSeconds(30).toMillis());
    config.setConnectionInitSql(
        """
        set lock_timeout = %d; set statement_timeout = %d;
        set idle_in_transaction_session_timeout = '60s';
        set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5;
        set tcp_keepalives_count = 3; set tcp_user_timeout = '30s'
        """
            .formatted(limits.lock().toMillis(), limits.statement().toMillis()));
    return new HikariDataSource(config);
  }

  /**
   * @param silence after which a line counts as lost; zero for never
   */
  private Properties driver(Duration silence) {
    Properties driver = new Properties();
    driver.setProperty("user", coordinates.user());
    driver.setProperty("password", coordinates.password().reveal());
    driver.setProperty("ApplicationName", "naru");
    driver.setProperty("connectTimeout", "5");
    driver.setProperty("loginTimeout", "5");
    driver.setProperty("cancelSignalTimeout", "2");
    driver.setProperty("socketTimeout", Long.toString(silence.toSeconds()));
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("prepareThreshold", "3");
    driver.setProperty("preparedStatementCacheQueries", "512");
    driver.setProperty("reWriteBatchedInserts", "true");
    return driver;
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
