package dev.naru.merchant.file;

import dev.naru.merchant.Shards;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Repository;

/** The SQL of what files keep, and the lock under which one node at a time applies a file. */
@Repository
class KeptStore {

  /** Both numbers name our lock among all of the database: ours, and which of them. */
  private static final int OURS = 0x6e617275;

  private static final int APPLYING = 4;
  private static final int PATIENCE_SECONDS = 180;
  private static final Logger LOG = LoggerFactory.getLogger(KeptStore.class);

  private final Shards shards;
  private final DataSource connections;

  KeptStore(Shards shards, @Qualifier("patient") DataSource connections) {
    this.shards = shards;
    this.connections = connections;
  }

  List<Kept> all() {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql("select * from owned_by_file where merchant_id is not null")
                    .query(KeptStore::kept)
                    .list()
                    .stream())
        .toList();
  }

  List<Kept> of(long merchantId) {
    return shards
        .of(merchantId)
        .sql("select * from owned_by_file where merchant_id = :merchant")
        .param("merchant", merchantId)
        .query(KeptStore::kept)
        .list();
  }

  Optional<Kept> find(Kept.Name name) {
    return shards
        .of(name.merchantId())
        .sql(
            """
            select * from owned_by_file
            where merchant_id = :merchant and kind = :kind and id = :id
            """)
        .param("merchant", name.merchantId())
        .param("kind", name.kind().name())
        .param("id", name.id())
        .query(KeptStore::kept)
        .optional();
  }

  void put(Kept kept) {
    shards
        .of(kept.name().merchantId())
        .sql(
            """
            insert into owned_by_file (merchant_id, kind, id, file, line, fingerprint)
            values (:merchant, :kind, :id, :file, :line, :fingerprint)
            on conflict (merchant_id, kind, id) do update set file = excluded.file,
              line = excluded.line, fingerprint = excluded.fingerprint
            """)
        .param("merchant", kept.name().merchantId())
        .param("kind", kept.name().kind().name())
        .param("id", kept.name().id())
        .param("file", kept.file())
        .param("line", kept.line())
        .param("fingerprint", kept.fingerprint())
        .update();
  }

  void remove(Kept.Name name) {
    shards
        .of(name.merchantId())
        .sql(
            """
            delete from owned_by_file
            where merchant_id = :merchant and kind = :kind and id = :id
            """)
        .param("merchant", name.merchantId())
        .param("kind", name.kind().name())
        .param("id", name.id())
        .update();
  }

  private static Kept kept(ResultSet row, int n) throws SQLException {
    return new Kept(
        new Kept.Name(
            row.getLong("merchant_id"),
            Kept.Kind.valueOf(row.getString("kind")),
            row.getString("id")),
        row.getString("file"),
        row.getInt("line"),
        row.getString("fingerprint"));
  }

  /** Waits until no other node applies a file. */
  Lock lock() {
    try {
      return new Lock(connections.getConnection());
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("no connection for the shop file's lock", e);
    }
  }

  /** On a connection of its own: that of a node that dies is free at once. */
  static final class Lock implements AutoCloseable {

    private final Connection connection;

    private Lock(Connection connection) {
      this.connection = connection;
      ask("select set_config('lock_timeout', '" + PATIENCE_SECONDS + "s', false)");
      ask("select pg_advisory_lock(%d, %d)".formatted(OURS, APPLYING));
    }

    private void ask(String sql) {
      try (PreparedStatement statement = connection.prepareStatement(sql);
          ResultSet _ = statement.executeQuery()) {
        LOG.trace("{}", sql);
      } catch (SQLException e) {
        throw new DataAccessResourceFailureException("the shop file's lock is out of reach", e);
      }
    }

    @Override
    public void close() {
      try (connection) {
        ask("select pg_advisory_unlock_all()");
      } catch (SQLException | DataAccessResourceFailureException gone) {
        LOG.debug("with the connection, its lock is gone too", gone);
      }
    }
  }
}
