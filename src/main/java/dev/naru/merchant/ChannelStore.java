package dev.naru.merchant;

import dev.naru.connector.Pg;
import dev.naru.kernel.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Repository;

/** The SQL of channels. Their config is sealed as one JSON document. */
@Repository
class ChannelStore {

  private final Shards shards;
  private final Vault vault;

  ChannelStore(Shards shards, Vault vault) {
    this.shards = shards;
    this.vault = vault;
  }

  /** A channel as stored; {@code config} is JSON in clear. */
  record Row(
      long merchantId,
      String key,
      String pgProvider,
      String mid,
      String name,
      Pg.Mode mode,
      int position,
      String config) {

    @Override
    public String toString() {
      return "channel " + key;
    }
  }

  List<Row> of(long merchantId) {
    return shards
        .of(merchantId)
        .sql("select * from channel where merchant_id = :merchant order by position, channel_key")
        .param("merchant", merchantId)
        .query(this::row)
        .list();
  }

  void insert(Row row, Instant now) {
    shards
        .of(row.merchantId())
        .sql(
            """
            insert into channel (merchant_id, channel_key, pg_provider, pg_id, name, mode,
              position, config, created_at)
            values (:merchant, :key, :provider, :mid, :name, :mode, :position, :config, :now)
            on conflict do nothing
            """)
        .param("merchant", row.merchantId())
        .param("key", row.key())
        .param("provider", row.pgProvider())
        .param("mid", row.mid())
        .param("name", row.name())
        .param("mode", row.mode().name().toLowerCase(Locale.ROOT))
        .param("position", row.position())
        .param("config", vault.seal(row.config(), place(row.merchantId(), row.key())))
        .param("now", Timestamp.from(now))
        .update();
  }

  private Row row(ResultSet row, int n) throws SQLException {
    long merchantId = row.getLong("merchant_id");
    String key = row.getString("channel_key");
    return new Row(
        merchantId,
        key,
        row.getString("pg_provider"),
        row.getString("pg_id"),
        row.getString("name"),
        Pg.Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
        row.getInt("position"),
        vault.open(row.getBytes("config"), place(merchantId, key)));
  }

  private static String place(long merchantId, String channelKey) {
    return "channel.config/" + merchantId + "/" + channelKey;
  }
}
