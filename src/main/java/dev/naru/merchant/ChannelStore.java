package dev.naru.merchant;

import dev.naru.connector.Pg;
import dev.naru.kernel.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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

  /**
   * Between a representative and its sub-merchants.
   *
   * @param by whose channel it is; null for the merchant's own
   * @param to the sub-merchant that uses it now
   * @param withdrawn given once, but not any more
   * @param lentTo all who ever used it
   */
  record Given(@Nullable Long by, @Nullable Long to, boolean withdrawn, List<Long> lentTo) {
    static final Given NOT = new Given(null, null, false, List.of());
  }

  /** Who has which channel. */
  record Holder(long merchantId, String key) {}

  /**
   * A channel as stored; {@code config} is JSON in clear; of a given one its owner's row counts.
   */
  record Row(
      long merchantId,
      String key,
      String pgProvider,
      String mid,
      String name,
      Pg.Mode mode,
      int position,
      String config,
      boolean acceptsUnknown,
      boolean disabled,
      Given given) {

    /** The same contract, with what a merchant may change of it. */
    Row with(String newName, String newConfig, boolean accepts) {
      return of(mid, newName, newConfig, accepts);
    }

    /** The same channel by another contract. */
    Row of(String newMid, String newConfig) {
      return of(newMid, name, newConfig, acceptsUnknown);
    }

    private Row of(String id, String called, String said, boolean accepts) {
      return new Row(
          merchantId, key, pgProvider, id, called, mode, position, said, accepts, disabled, given);
    }

    boolean isSameContract(Row other) {
      return pgProvider.equals(other.pgProvider) && mid.equals(other.mid) && mode == other.mode;
    }

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

  /** Which other channels were made for the same contract, the oldest first. */
  List<Holder> sharing(Channel channel) {
    return sharing(channel, channel.mid());
  }

  List<Holder> sharing(Channel channel, String mid) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        select merchant_id, channel_key from channel
                        where pg_provider = :provider and pg_id = :mid and mode = :mode
                          and given_by is null
                          and (merchant_id, channel_key) <> (:merchant, :key)
                        order by created_at, merchant_id
                        """)
                    .param("provider", channel.pg().code())
                    .param("mid", mid)
                    .param("mode", channel.mode().name().toLowerCase(Locale.ROOT))
                    .param("merchant", channel.merchantId())
                    .param("key", channel.key())
                    .query(
                        (row, n) ->
                            new Holder(row.getLong("merchant_id"), row.getString("channel_key")))
                    .stream())
        .toList();
  }

  /** False if the merchant has one with this key, or of this contract. */
  boolean insert(Row row, Instant now) {
    return shards
            .of(row.merchantId())
            .sql(
                """
                insert into channel (merchant_id, channel_key, pg_provider, pg_id, name, mode,
                  position, config, accepts_unknown, created_at)
                values (:merchant, :key, :provider, :mid, :name, :mode, :position, :config,
                  :accepts, :now)
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
            .param("accepts", row.acceptsUnknown())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  /** Writes what of a channel of its own may change. */
  void update(Row own) {
    shards
        .of(own.merchantId())
        .sql(
            """
            update channel
            set pg_id = :mid, name = :name, config = :config, accepts_unknown = :accepts
            where merchant_id = :merchant and channel_key = :key and given_by is null
            """)
        .param("mid", own.mid())
        .param("name", own.name())
        .param("config", vault.seal(own.config(), place(own.merchantId(), own.key())))
        .param("accepts", own.acceptsUnknown())
        .param("merchant", own.merchantId())
        .param("key", own.key())
        .update();
  }

  /**
   * @param since null for one that is on
   */
  void disable(Row own, @Nullable Instant since) {
    shards
        .of(own.merchantId())
        .sql(
            """
            update channel set disabled_at = :since
            where merchant_id = :merchant and channel_key = :key and given_by is null
            """)
        .param("since", since == null ? null : Timestamp.from(since))
        .param("merchant", own.merchantId())
        .param("key", own.key())
        .update();
  }

  void move(long merchantId, String key, int position) {
    shards
        .of(merchantId)
        .sql(
            """
            update channel set position = :position
            where merchant_id = :merchant and channel_key = :key
            """)
        .param("position", position)
        .param("merchant", merchantId)
        .param("key", key)
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
        vault.open(row.getBytes("config"), place(merchantId, key)),
        row.getBoolean("accepts_unknown"),
        row.getTimestamp("disabled_at") != null,
        new Given(
            row.getObject("given_by", Long.class),
            row.getObject("given_to", Long.class),
            row.getBoolean("withdrawn"),
            List.of((Long[]) row.getArray("lent_to").getArray())));
  }

  /**
   * Gives a channel to a sub-merchant; false if another has it. The giver is written first: a crash
   * between the two leaves it to be given to the same once more.
   */
  boolean give(Row own, long tierId, Instant now) {
    int taken =
        shards
            .of(own.merchantId())
            .sql(
                """
                update channel set given_to = :tier,
                  lent_to = array_append(array_remove(lent_to, :tier), :tier)
                where merchant_id = :merchant and channel_key = :key and given_by is null
                  and (given_to is null or given_to = :tier)
                """)
            .param("tier", tierId)
            .param("merchant", own.merchantId())
            .param("key", own.key())
            .update();
    if (taken == 0) {
      return false;
    }
    shards
        .of(tierId)
        .sql(
            """
            insert into channel (merchant_id, channel_key, pg_provider, pg_id, name, mode,
              position, config, created_at, given_by)
            values (:tier, :key, :provider, :mid, :name, :mode,
              (select count(*) from channel where merchant_id = :tier), :config, :now, :owner)
            on conflict (merchant_id, channel_key) do update set withdrawn = false
            """)
        .param("tier", tierId)
        .param("key", own.key())
        .param("provider", own.pgProvider())
        .param("mid", own.mid())
        .param("name", own.name())
        .param("mode", own.mode().name().toLowerCase(Locale.ROOT))
        .param("config", vault.seal("{}", place(tierId, own.key())))
        .param("now", Timestamp.from(now))
        .param("owner", own.merchantId())
        .update();
    return true;
  }

  /** Takes a channel back: first from the sub-merchant. */
  void withdraw(long ownerId, String key, long tierId) {
    shards
        .of(tierId)
        .sql(
            """
            update channel set withdrawn = true
            where merchant_id = :tier and channel_key = :key and given_by = :owner
            """)
        .param("tier", tierId)
        .param("key", key)
        .param("owner", ownerId)
        .update();
    shards
        .of(ownerId)
        .sql(
            """
            update channel set given_to = null
            where merchant_id = :owner and channel_key = :key and given_to = :tier
            """)
        .param("owner", ownerId)
        .param("key", key)
        .param("tier", tierId)
        .update();
  }

  private static String place(long merchantId, String channelKey) {
    return "channel.config/" + merchantId + "/" + channelKey;
  }
}
