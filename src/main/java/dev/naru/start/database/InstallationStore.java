package dev.naru.start.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The SQL of what a database was begun with. It is asked before the schema is brought up to date,
 * so that each question looks first whether its table is there.
 */
final class InstallationStore {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  InstallationStore(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
    transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
  }

  /** The mode of the hub this database belongs to. */
  record Begun(boolean live, Instant at) {}

  /** Something this keyset, or one with its keys, must be able to open. */
  record Sealed(byte[] bytes, String place) {}

  Optional<Begun> begun() {
    if (!exists("installation")) {
      return Optional.empty();
    }
    return jdbc.sql("select mode, began_at from installation")
        .query(
            (row, n) ->
                new Begun(
                    row.getString("mode").equals("live"), row.getTimestamp("began_at").toInstant()))
        .optional();
  }

  void begin(boolean live, Instant now) {
    jdbc.sql(
            """
            insert into installation (mode, began_at) values (:mode, :now) on conflict do nothing
            """)
        .param("mode", live ? "live" : "sandbox")
        .param("now", Timestamp.from(now))
        .update();
  }

  /**
   * What a database without {@link #begun} holds. The keys of the demo shop, which are published,
   * are in a sandbox alone; whoever has merchants without them is live.
   */
  Optional<Boolean> looksLive() {
    if (!exists("api_key")) {
      return Optional.empty();
    }
    return jdbc.sql(
            """
            select exists (select 1 from api_key where imp_key = 'imp_apikey') as published,
              exists (select 1 from merchant) as used
            """)
        .query(
            (row, n) ->
                row.getBoolean("used")
                    ? Optional.of(!row.getBoolean("published"))
                    : Optional.<Boolean>empty())
        .single();
  }

  List<Sealed> canaries() {
    if (!exists("keyset_canary")) {
      return List.of();
    }
    return jdbc.sql("select key_id, sealed from keyset_canary order by key_id")
        .query((row, n) -> new Sealed(row.getBytes("sealed"), place(row.getLong("key_id"))))
        .list();
  }

  /** What was sealed last, in a database that has no canary yet. */
  List<Sealed> channels() {
    if (!exists("channel")) {
      return List.of();
    }
    return jdbc.sql(
            """
            select merchant_id, channel_key, config from channel where merchant_id is not null
            order by created_at desc limit 1
            """)
        .query(InstallationStore::channel)
        .list();
  }

  void addCanary(long keyId, byte[] sealed, Instant now) {
    jdbc.sql(
            """
            insert into keyset_canary (key_id, sealed, sealed_at) values (:key, :sealed, :now)
            on conflict do nothing
            """)
        .param("key", keyId)
        .param("sealed", sealed)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Where the canary of a key is sealed for. */
  static String place(long keyId) {
    return "keyset_canary.sealed/" + keyId;
  }

  /** In one transaction, and by one node at a time. */
  void alone(Runnable work) {
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql("lock table keyset_canary, installation in share row exclusive mode").update();
          work.run();
        });
  }

  private boolean exists(String table) {
    return jdbc.sql("select to_regclass(:table) is not null")
        .param("table", table)
        .query(Boolean.class)
        .single();
  }

  private static Sealed channel(ResultSet row, int n) throws SQLException {
    return new Sealed(
        row.getBytes("config"),
        "channel.config/" + row.getLong("merchant_id") + "/" + row.getString("channel_key"));
  }
}
