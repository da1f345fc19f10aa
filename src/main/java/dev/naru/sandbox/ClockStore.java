package dev.naru.sandbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Conditional;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How far the sandbox is ahead of the machine, and the two locks by which its nodes move on
 * together. The locks belong to connections, so that those of a node that dies are free at once.
 */
@Repository
@Conditional(SandboxOnly.class)
class ClockStore {

  /** Both numbers name our locks among all of the database: ours, and which of the two. */
  private static final int OURS = 0x6e617275;

  private static final int WORKING = 1;
  private static final int MOVING = 2;
  private static final int PATIENCE_SECONDS = 180;
  private static final Logger LOG = LoggerFactory.getLogger(ClockStore.class);

  private final JdbcClient jdbc;
  private final DataSource connections;

  ClockStore(JdbcClient jdbc, @Qualifier("patient") DataSource connections) {
    this.jdbc = jdbc;
    this.connections = connections;
  }

  Duration ahead() {
    return Duration.of(
        jdbc.sql("select ahead from hub_clock").query(Long.class).single(), ChronoUnit.MICROS);
  }

  /** Never less than before. */
  void ahead(Duration ahead) {
    jdbc.sql("update hub_clock set ahead = greatest(ahead, :ahead)")
        .param("ahead", ahead.toNanos() / 1_000)
        .update();
  }

  /** Whether somebody waits for all nodes to stop working. */
  boolean isStopWanted() {
    return jdbc.sql(
            """
            select exists (
              select 1 from pg_locks
              where locktype = 'advisory' and classid = :ours and objid = :working
                and objsubid = 2 and mode = 'ExclusiveLock' and not granted
                and database = (select oid from pg_database where datname = current_database()))
            """)
        .param("ours", OURS)
        .param("working", WORKING)
        .query(Boolean.class)
        .single();
  }

  /**
   * Whether calls of this moment may be under way: those that no resolver has looked at, of a
   * request, of a job, or of a node that has died and whose lease has not ended.
   */
  boolean isCalling() {
    return jdbc.sql(
            """
            select exists (
              select 1 from attempt where merchant_id is not null and due_at is not null
                and state = 'calling' and tries = 0)
              or exists (
              select 1 from cancellation where merchant_id is not null and due_at is not null
                and state = 'calling' and tries = 0)
            """)
        .query(Boolean.class)
        .single();
  }

  Session session() {
    try {
      return new Session(connections.getConnection());
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("no connection for the clock's locks", e);
    }
  }

  /** A connection of its own, which keeps the locks until it is closed. */
  static final class Session implements AutoCloseable {

    private final Connection connection;

    private Session(Connection connection) throws SQLException {
      this.connection = connection;
      ask("select set_config('lock_timeout', '" + PATIENCE_SECONDS + "s', false)");
    }

    /** This node works; waits as long as somebody moves the clock. */
    void work() {
      ask("select pg_advisory_lock_shared(%d, %d)".formatted(OURS, WORKING));
    }

    /** This node has stopped working. */
    void rest() {
      ask("select pg_advisory_unlock_shared(%d, %d)".formatted(OURS, WORKING));
    }

    /** Makes all nodes stop working, and waits until they have. */
    void stopAll() {
      ask("select pg_advisory_lock(%d, %d)".formatted(OURS, WORKING));
    }

    void letAllGo() {
      ask("select pg_advisory_unlock(%d, %d)".formatted(OURS, WORKING));
    }

    /** Only one moves the clock at a time; says whether this is the one. */
    boolean mayMove() {
      return "t".equals(ask("select pg_try_advisory_lock(%d, %d)".formatted(OURS, MOVING)));
    }

    private String ask(String sql) {
      try (PreparedStatement statement = connection.prepareStatement(sql);
          ResultSet answer = statement.executeQuery()) {
        answer.next();
        return String.valueOf(answer.getString(1));
      } catch (SQLException e) {
        throw new DataAccessResourceFailureException("the clock's locks are out of reach", e);
      }
    }

    /**
     * It has no pool, which would hand the connection on with its locks. They are given back first:
     * a server notices the end of a connection a moment after it was closed.
     */
    @Override
    public void close() {
      try (connection;
          Statement statement = connection.createStatement()) {
        statement.execute("select pg_advisory_unlock_all()");
      } catch (SQLException gone) {
        LOG.debug("with the connection, its locks are gone too", gone);
      }
    }
  }
}
