package dev.naru.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.naru.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The hub's own PostgreSQL, reached beside the hub. */
final class Postgres {

  private static final String SCRATCH = "bench";
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
  private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+)");

  private final String password;
  private final long pid;
  private final String port;

  private Postgres(String password, long pid, String port) {
    this.password = password;
    this.pid = pid;
    this.port = port;
  }

  /** The server of the hub that runs on this data folder. */
  static Postgres of(Path data) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"));
    return new Postgres(
        Files.readString(data.resolve("postgres.password")).strip(),
        Long.parseLong(lines.get(0).strip()),
        lines.get(3).strip());
  }

  ProcessHandle handle() {
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** How many payments the hub has committed as paid. */
  long paid() throws SQLException {
    try (Connection connection = connect("naru");
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "select count(*) from payment where merchant_id = 1 and state = 'paid'")) {
      count.next();
      return count.getLong(1);
    }
  }

  /**
   * Lets every sub-shop of the demo shop use its channel to Toss Payments, which the hub lets one.
   *
   * @param keyset the hub's: what a sub-shop's row says of its own is sealed for that row
   */
  void lendChannel(Path keyset) throws IOException, GeneralSecurityException, SQLException {
    Aead aead = aead(keyset);
    try (Connection connection = connect("naru");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select m.merchant_id, c.channel_key
                from merchant m join channel c on c.merchant_id = m.parent_id
                where m.parent_id = 1 and c.pg_provider = 'tosspayments'
                """);
        PreparedStatement lend =
            connection.prepareStatement(
                """
                insert into channel (merchant_id, channel_key, pg_provider, pg_id, name, mode,
                  position, config, created_at, given_by)
                select ?, c.channel_key, c.pg_provider, c.pg_id, c.name, c.mode, c.position, ?,
                  c.created_at, c.merchant_id
                from channel c where c.merchant_id = 1 and c.channel_key = ?
                """)) {
      while (rows.next()) {
        long shop = rows.getLong(1);
        String key = rows.getString(2);
        String place = "channel.config/" + shop + "/" + key;
        lend.setLong(1, shop);
        lend.setBytes(2, aead.encrypt("{}".getBytes(UTF_8), place.getBytes(UTF_8)));
        lend.setString(3, key);
        lend.executeUpdate();
      }
    }
  }

  private static Aead aead(Path keyset) throws IOException, GeneralSecurityException {
    AeadConfig.register();
    return TinkJsonProtoKeysetFormat.parseKeyset(
            new JsonMapper().readTree(Files.readString(keyset)).path("aead").toString(),
            RegistryConfiguration.get(),
            InsecureSecretKeyAccess.get())
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  /** How many transactions the hub's database has committed. */
  long commits() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "select xact_commit from pg_stat_database where datname = 'naru'")) {
      count.next();
      return count.getLong(1);
    }
  }

  /** What makes a commit durable, as the server says. */
  String durability() throws SQLException {
    try (Connection connection = connect("naru");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select version(), current_setting('fsync'), current_setting('synchronous_commit')
                """)) {
      row.next();
      return "%s, fsync %s, synchronous_commit %s"
          .formatted(
              row.getString(1).replaceFirst(" on .*", ""), row.getString(2), row.getString(3));
    }
  }

  /** Payments per second of pgbench, and the average milliseconds of one; empty without it. */
  record Paced(double perSecond, double average) {}

  Optional<Paced> pgbench(Path script, int clients, int seconds)
      throws IOException, InterruptedException, SQLException {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    scratch();
    List<String> command =
        Stream.of(
                "%s -n -h 127.0.0.1 -p %s -U postgres -M prepared -c %d -j 2 -T %d -f"
                    .formatted(program.get(), port, clients, seconds)
                    .split(" "),
                new String[] {script.toString(), SCRATCH})
            .flatMap(Stream::of)
            .toList();
    Path log = Path.of("target", "bench", "pgbench.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", password);
    Process process = builder.redirectOutput(log.toFile()).start();
    process.waitFor();
    String printed = Files.readString(log);
    Matcher tps = TPS.matcher(printed);
    Matcher latency = LATENCY.matcher(printed);
    if (process.exitValue() != 0 || !tps.find() || !latency.find()) {
      throw new IllegalStateException("pgbench failed:\n" + printed);
    }
    return Optional.of(
        new Paced(Double.parseDouble(tps.group(1)), Double.parseDouble(latency.group(1))));
  }

  /** A database like the hub's, and empty. */
  private void scratch() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + SCRATCH);
      statement.execute("create database " + SCRATCH);
    }
    if (LoggerFactory.getLogger("org.flywaydb") instanceof Logger log) {
      log.setLevel(Level.WARN);
    }
    Flyway.configure().dataSource(url(SCRATCH), "postgres", password).load().migrate();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("checkpoint");
    }
  }

  /** In the PATH, or where Debian keeps those that belong to one version. */
  private static Optional<Path> program() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(versions)) {
      try (Stream<Path> folders = Files.list(versions)) {
        Optional<Path> newest =
            folders
                .map(folder -> folder.resolve("bin").resolve("pgbench"))
                .filter(Files::isExecutable)
                .max(Path::compareTo);
        if (newest.isPresent()) {
          return newest;
        }
      }
    }
    return Tools.find("pgbench");
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "postgres", password);
  }

  /** Connections that are kept. */
  HikariDataSource pool(String database, int most) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url(database));
    pool.setUsername("postgres");
    pool.setPassword(password);
    pool.setMaximumPoolSize(most);
    return pool;
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
