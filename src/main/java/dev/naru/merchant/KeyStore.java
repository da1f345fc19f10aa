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

/** The SQL of API keys and their tokens: global tables. */
@Repository
class KeyStore {

  private final JdbcClient jdbc;

  KeyStore(Shards shards) {
    jdbc = shards.global();
  }

  /**
   * A key as it is shown.
   *
   * @param usedAt when a token was last made or extended by it
   */
  record Shown(
      String impKey,
      long merchantId,
      String label,
      @Nullable Instant createdAt,
      @Nullable Instant usedAt,
      @Nullable Instant endedAt) {}

  /** Of a merchant, those that have ended too, the oldest first. */
  List<Shown> of(long merchantId) {
    return jdbc.sql(
            """
            select * from api_key where merchant_id = :merchant
            order by created_at nulls first, imp_key
            """)
        .param("merchant", merchantId)
        .query(KeyStore::shown)
        .list();
  }

  /** Whoever's it is, and although it may have ended. */
  Optional<Shown> find(String impKey) {
    return jdbc.sql("select * from api_key where imp_key = :key")
        .param("key", impKey)
        .query(KeyStore::shown)
        .optional();
  }

  /** False if there is one, or was. */
  boolean insertKey(String impKey, long merchantId, String label, String secretHash, Instant now) {
    return jdbc.sql(
                """
                insert into api_key (imp_key, merchant_id, label, secret_hash, created_at)
                values (:key, :merchant, :label, :hash, :now)
                on conflict do nothing
                """)
            .param("key", impKey)
            .param("merchant", merchantId)
            .param("label", label)
            .param("hash", secretHash)
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  /**
   * Replaces the secret and ends the tokens that the old one got; of two that issue a token at this
   * moment by the old one, neither comes through.
   */
  void replaceSecret(String impKey, String secretHash) {
    jdbc.sql(
            """
            update api_key set secret_hash = :hash, issue_no = issue_no + 1, expires_at = null
            where imp_key = :key
            """)
        .param("hash", secretHash)
        .param("key", impKey)
        .update();
    endTokens(impKey);
  }

  void end(String impKey, Instant now) {
    jdbc.sql(
            """
            update api_key set ended_at = :now, issue_no = issue_no + 1, expires_at = null
            where imp_key = :key and ended_at is null
            """)
        .param("now", Timestamp.from(now))
        .param("key", impKey)
        .update();
    endTokens(impKey);
  }

  /** Of one that has ended: it is good again, with this secret, for this merchant. */
  void reopen(String impKey, long merchantId, String secretHash) {
    jdbc.sql(
            """
            update api_key set ended_at = null, merchant_id = :merchant, secret_hash = :hash,
              issue_no = issue_no + 1, expires_at = null
            where imp_key = :key and ended_at is not null
            """)
        .param("merchant", merchantId)
        .param("hash", secretHash)
        .param("key", impKey)
        .update();
  }

  private void endTokens(String impKey) {
    jdbc.sql("delete from api_token where imp_key = :key").param("key", impKey).update();
  }

  /** An API key and the token it last issued. */
  record Key(
      String impKey,
      long merchantId,
      String secretHash,
      long issueNo,
      @Nullable Instant expiresAt) {}

  Optional<Key> key(String impKey) {
    return jdbc.sql("select * from api_key where imp_key = :key and ended_at is null")
        .param("key", impKey)
        .query(KeyStore::key)
        .optional();
  }

  /**
   * Issues or extends: stores the token only if the key still stands as {@code before} says, so
   * that of two nodes one wins and the other reads again.
   */
  boolean issue(Key before, long issueNo, Instant expiresAt, String tokenHash, Instant now) {
    return jdbc.sql(
                """
                with moved as (
                  update api_key set issue_no = :issueNo, expires_at = :expires, used_at = :now
                  where imp_key = :key and issue_no = :before
                    and expires_at is not distinct from :beforeExpires::timestamptz
                  returning imp_key, merchant_id)
                insert into api_token (token_hash, merchant_id, imp_key, expires_at)
                select :hash, merchant_id, imp_key, :expires from moved
                on conflict (token_hash) do update set expires_at = excluded.expires_at
                """)
            .param("issueNo", issueNo)
            .param("expires", Timestamp.from(expiresAt))
            .param("now", Timestamp.from(now))
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

  private static Shown shown(ResultSet row, int n) throws SQLException {
    return new Shown(
        row.getString("imp_key"),
        row.getLong("merchant_id"),
        row.getString("label"),
        instant(row.getTimestamp("created_at")),
        instant(row.getTimestamp("used_at")),
        instant(row.getTimestamp("ended_at")));
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  private static Key key(ResultSet row, int n) throws SQLException {
    return new Key(
        row.getString("imp_key"),
        row.getLong("merchant_id"),
        row.getString("secret_hash"),
        row.getLong("issue_no"),
        instant(row.getTimestamp("expires_at")));
  }
}
