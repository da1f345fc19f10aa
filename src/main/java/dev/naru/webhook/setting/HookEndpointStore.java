package dev.naru.webhook.setting;

import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of shops' endpoints: a global table. Keys are sealed. */
@Repository
class HookEndpointStore {

  private final JdbcClient jdbc;
  private final Vault vault;

  HookEndpointStore(Shards shards, Vault vault) {
    jdbc = shards.global();
    this.vault = vault;
  }

  /** All of a merchant, those that were removed too, in their order. */
  List<HookEndpoint> of(long merchantId) {
    return jdbc.sql(
            """
            select merchant_id, endpoint_id, url, form, secret, former_secret, former_until, events,
              mode, active, position, created_at, ended_at
            from hook_endpoint where merchant_id = :merchant order by position, endpoint_id
            """)
        .param("merchant", merchantId)
        .query(this::endpoint)
        .list();
  }

  /**
   * Adds it behind the others; says whether it could be. Of a merchant one at a time.
   *
   * @param most how many a merchant may have that were not removed
   * @return false if it has as many
   * @throws DuplicateKeyException if another one has its URL
   */
  boolean insert(HookEndpoint endpoint, int most) {
    return jdbc.sql(
                """
                insert into hook_endpoint (merchant_id, endpoint_id, url, form, secret, events, mode,
                  active, position, created_at)
                select :merchant, :id, :url, :form, :secret, :events::text[], :mode, :active,
                  (select coalesce(max(position), 0) + 1 from hook_endpoint
                   where merchant_id = :merchant), :now
                where (select count(*) from hook_endpoint
                  where merchant_id = :merchant and ended_at is null) < :most
                """)
            .param("merchant", endpoint.merchantId())
            .param("id", endpoint.id())
            .param("url", endpoint.url())
            .param("form", endpoint.form())
            .param("secret", sealed(endpoint, endpoint.keys().present()), Types.BINARY)
            .param("events", HookSettingStore.codes(endpoint.events()))
            .param("mode", endpoint.mode().code())
            .param("active", endpoint.active())
            .param("now", Timestamp.from(endpoint.createdAt()))
            .param("most", most)
            .update()
        == 1;
  }

  /**
   * Changes all that may be changed; says whether it is there.
   *
   * @throws DuplicateKeyException if another one has its URL
   */
  boolean update(HookEndpoint endpoint) {
    Instant until = endpoint.keys().formerUntil();
    Instant ended = endpoint.endedAt();
    return jdbc.sql(
                """
                update hook_endpoint
                set url = :url, form = :form, secret = :secret, former_secret = :former,
                  former_until = :until, events = :events::text[], mode = :mode, active = :active,
                  ended_at = :ended
                where merchant_id = :merchant and endpoint_id = :id and ended_at is null
                """)
            .param("merchant", endpoint.merchantId())
            .param("id", endpoint.id())
            .param("url", endpoint.url())
            .param("form", endpoint.form())
            .param("secret", sealed(endpoint, endpoint.keys().present()), Types.BINARY)
            .param("former", sealed(endpoint, endpoint.keys().former()), Types.BINARY)
            .param("until", until == null ? null : Timestamp.from(until), Types.TIMESTAMP)
            .param("events", HookSettingStore.codes(endpoint.events()))
            .param("mode", endpoint.mode().code())
            .param("active", endpoint.active())
            .param("ended", ended == null ? null : Timestamp.from(ended), Types.TIMESTAMP)
            .update()
        == 1;
  }

  private HookEndpoint endpoint(ResultSet row, int n) throws SQLException {
    long merchantId = row.getLong("merchant_id");
    long id = row.getLong("endpoint_id");
    return new HookEndpoint(
        merchantId,
        id,
        row.getString("url"),
        row.getBoolean("form"),
        HookSettingStore.events(row),
        HookEndpoint.Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
        row.getBoolean("active"),
        row.getInt("position"),
        new HookEndpoint.Keys(
            opened(row.getBytes("secret"), merchantId, id),
            opened(row.getBytes("former_secret"), merchantId, id),
            instant(row, "former_until")),
        row.getTimestamp("created_at").toInstant(),
        instant(row, "ended_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  private byte @Nullable [] sealed(HookEndpoint endpoint, @Nullable Secret key) {
    return key == null
        ? null
        : vault.seal(key.reveal(), place(endpoint.merchantId(), endpoint.id()));
  }

  private @Nullable Secret opened(byte @Nullable [] sealed, long merchantId, long id) {
    return sealed == null ? null : new Secret(vault.open(sealed, place(merchantId, id)));
  }

  private static String place(long merchantId, long id) {
    return "hook_endpoint.secret/" + merchantId + "/" + id;
  }
}
