package dev.naru.start.command;

import dev.naru.kernel.HubClock;
import dev.naru.start.database.Installation;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether a database is this hub's, keeps what it is told, and has room. */
final class DatabaseCheck {

  private static final String ABOUT = "database";

  /** Pools of one node, and some that look on. */
  private static final int NODE = 44;

  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final JdbcClient jdbc;
  private final Flyway flyway;
  private final Findings findings;

  DatabaseCheck(DataSource pool, Findings findings) {
    jdbc = JdbcClient.create(pool);
    flyway = Flyway.configure().dataSource(pool).load();
    this.findings = findings;
  }

  /** Looks at everything; whether the hub's tables are there and may be read. */
  boolean run(Installation installation, boolean live) {
    findings.good(ABOUT, "PostgreSQL " + setting("server_version"));
    List<String> strange = installation.problems(flyway);
    strange.forEach(problem -> findings.bad(ABOUT, problem));
    int pending = flyway.info().pending().length;
    if (pending > 0) {
      findings.warn(
          ABOUT, "the next start will bring the schema up to date: %d steps".formatted(pending));
    }
    durability(live);
    room();
    clock();
    return strange.isEmpty() && pending == 0;
  }

  /** What was promised to a shop must survive a power cut; a sandbox promises nothing. */
  private void durability(boolean live) {
    for (String name : List.of("fsync", "full_page_writes", "synchronous_commit")) {
      String off = name + " is off: payments are lost when the machine fails";
      if (setting(name).equals("off") && live) {
        findings.bad(ABOUT, off);
      } else if (setting(name).equals("off")) {
        findings.warn(ABOUT, off);
      }
    }
  }

  private void room() {
    int most = Integer.parseInt(setting("max_connections"));
    if (most < NODE) {
      findings.warn(ABOUT, "max_connections is %d; one node wants up to %d".formatted(most, NODE));
    }
  }

  private void clock() {
    Instant before = new HubClock().machine().instant();
    Instant theirs =
        Objects.requireNonNull(jdbc.sql("select clock_timestamp()").query(Timestamp.class).single())
            .toInstant();
    Duration apart = Duration.between(before, theirs).abs();
    if (apart.compareTo(CLOSE) > 0) {
      findings.warn(
          "clock",
          String.format(
              Locale.ROOT,
              "the database's clock and this machine's are %.1f s apart",
              apart.toMillis() / 1_000.0));
    } else {
      findings.good("clock", "agrees with the database's");
    }
  }

  private String setting(String name) {
    return Objects.requireNonNull(
        jdbc.sql("select current_setting(:name)").param("name", name).query(String.class).single());
  }
}
