package dev.naru.merchant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of merchants, API keys and tokens: global tables. */
@Repository
class MerchantStore {

  private final JdbcClient jdbc;

  MerchantStore(Shards shards) {
    jdbc = shards.global();
  }

  Optional<Merchant> find(long merchantId) {
    return jdbc.sql("select * from merchant where merchant_id = :id")
        .param("id", merchantId)
        .query(MerchantStore::merchant)
        .optional();
  }

  Optional<Merchant> byUserCode(String userCode) {
    return jdbc.sql("select * from merchant where user_code = :userCode and closed_at is null")
        .param("userCode", userCode)
        .query(MerchantStore::merchant)
        .optional();
  }

  Optional<Merchant> tier(long parentId, String tierCode) {
    return jdbc.sql(
            """
            select * from merchant
            where parent_id = :parent and tier_code = :tier and closed_at is null
            """)
        .param("parent", parentId)
        .param("tier", tierCode)
        .query(MerchantStore::merchant)
        .optional();
  }

  /** False if there is one with this id, user code, or code of the same parent. */
  boolean insert(Merchant merchant, Instant now) {
    return jdbc.sql(
                """
                insert into merchant (merchant_id, slot, user_code, parent_id, tier_code, name, created_at)
                values (:id, :slot, :userCode, :parent, :tier, :name, :now)
                on conflict do nothing
                """)
            .param("id", merchant.id())
            .param("slot", merchant.slot())
            .param("userCode", merchant.userCode())
            .param("parent", merchant.parentId())
            .param("tier", merchant.tierCode())
            .param("name", merchant.name())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  void rename(long merchantId, String name) {
    jdbc.sql("update merchant set name = :name where merchant_id = :id")
        .param("name", name)
        .param("id", merchantId)
        .update();
  }

  /** Its records stay; nobody can act for it any more. */
  void close(long tierId, Instant now) {
    jdbc.sql(
            """
            update merchant set closed_at = :now
            where merchant_id = :id and parent_id is not null and closed_at is null
            """)
        .param("now", Timestamp.from(now))
        .param("id", tierId)
        .update();
  }

  void insertKey(String impKey, long merchantId, String secretHash) {
    jdbc.sql(
            """
            insert into api_key (imp_key, merchant_id, secret_hash)
            values (:key, :merchant, :hash)
            on conflict do nothing
            """)
        .param("key", impKey)
        .param("merchant", merchantId)
        .param("hash", secretHash)
        .update();
  }

  /** An API key and the token it last issued. */
  record Key(
      String impKey,
      long merchantId,
      String secretHash,
      long issueNo,
      @Nullable Instant expiresAt) {}

  Optional<Key> key(String impKey) {
    return jdbc.sql("select * from api_key where imp_key = :key")
        .param("key", impKey)
        .query(MerchantStore::key)
        .optional();
  }

  /**
   * Issues or extends: stores the token only if the key still stands as {@code before} says, so
   * that of two nodes one wins and the other reads again.
   */
  boolean issue(Key before, long issueNo, Instant expiresAt, String tokenHash) {
    return jdbc.sql(
                """
                with moved as (
                  update api_key set issue_no = :issueNo, expires_at = :expires
                  where imp_key = :key and issue_no = :before
                    and expires_at is not distinct from :beforeExpires::timestamptz
                  returning imp_key, merchant_id)
                insert into api_token (token_hash, merchant_id, imp_key, expires_at)
                select :hash, merchant_id, imp_key, :expires from moved
                on conflict (token_hash) do update set expires_at = excluded.expires_at
                """)
            .param("issueNo", issueNo)
            .param("expires", Timestamp.from(expiresAt))
            .param("key", before.impKey())
            .param("before", before.issueNo())
            .param(
                "beforeExpires",
                before.expiresAt() == null ? null : Timestamp.from(before.expiresAt()))
            .param("hash", tokenHash)
            .update()
        == 1;
  }

  /** Whom a token speaks for. */
  record Token(long merchantId, String impKey, Instant expiresAt) {}

  Optional<Token> token(String tokenHash) {
    return jdbc.sql(
            "select merchant_id, imp_key, expires_at from api_token where token_hash = :hash")
        .param("hash", tokenHash)
        .query(
            (row, n) ->
                new Token(
                    row.getLong("merchant_id"),
                    row.getString("imp_key"),
                    row.getTimestamp("expires_at").toInstant()))
        .optional();
  }

  List<Merchant> tiersOf(long parentId) {
    return jdbc.sql(
            """
            select * from merchant where parent_id = :parent and closed_at is null
            order by tier_code
            """)
        .param("parent", parentId)
        .query(MerchantStore::merchant)
        .list();
  }

  private static Merchant merchant(ResultSet row, int n) throws SQLException {
    long parent = row.getLong("parent_id");
    return new Merchant(
        row.getLong("merchant_id"),
        row.getInt("slot"),
        row.getString("user_code"),
        row.getString("tier_code") == null ? null : (Long) parent,
        row.getString("tier_code"),
        row.getString("name"));
  }

  private static Key key(ResultSet row, int n) throws SQLException {
    Timestamp expires = row.getTimestamp("expires_at");
    return new Key(
        row.getString("imp_key"),
        row.getLong("merchant_id"),
        row.getString("secret_hash"),
        row.getLong("issue_no"),
        expires == null ? null : expires.toInstant());
  }
}
