package dev.naru.account.proof;

import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of passkeys. */
@Repository
class PasskeyStore {

  private final JdbcClient jdbc;

  PasskeyStore(Shards shards) {
    jdbc = shards.global();
  }

  /** What is kept of one, to judge what it signs. */
  record Kept(String email, byte[] data, long uses) {}

  /** False if it is kept already. */
  boolean insert(String id, Kept key, String name, Instant now) {
    return jdbc.sql(
                """
                insert into passkey (credential_id, email, name, data, uses, created_at)
                values (:id, :email, :name, :data, :uses, :now) on conflict do nothing
                """)
            .param("id", id)
            .param("email", key.email())
            .param("name", name)
            .param("data", key.data())
            .param("uses", key.uses())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  Optional<Kept> find(String id) {
    return jdbc.sql("select email, data, uses from passkey where credential_id = :id")
        .param("id", id)
        .query(
            (row, n) -> new Kept(row.getString("email"), row.getBytes("data"), row.getLong("uses")))
        .optional();
  }

  List<Passkeys.Passkey> of(String email) {
    return jdbc.sql(
            """
            select credential_id, name, created_at, used_at from passkey where email = :email
            order by created_at
            """)
        .param("email", email)
        .query(
            (row, n) ->
                new Passkeys.Passkey(
                    row.getString("credential_id"),
                    row.getString("name"),
                    row.getTimestamp("created_at").toInstant(),
                    instant(row.getTimestamp("used_at"))))
        .list();
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }

  void used(String id, long uses, Instant now) {
    jdbc.sql("update passkey set uses = :uses, used_at = :now where credential_id = :id")
        .param("uses", uses)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  boolean delete(String email, String id) {
    return jdbc.sql("delete from passkey where email = :email and credential_id = :id")
            .param("email", email)
            .param("id", id)
            .update()
        == 1;
  }

  void deleteAll(String email) {
    jdbc.sql("delete from passkey where email = :email").param("email", email).update();
  }

  /** False if it was used before. Those that are over need not be known any more. */
  boolean use(String challengeHash, Instant overAt, Instant now) {
    jdbc.sql("delete from passkey_challenge where over_at < :now")
        .param("now", Timestamp.from(now))
        .update();
    return jdbc.sql(
                """
                insert into passkey_challenge (challenge_hash, over_at) values (:hash, :over)
                on conflict do nothing
                """)
            .param("hash", challengeHash)
            .param("over", Timestamp.from(overAt))
            .update()
        == 1;
  }
}
