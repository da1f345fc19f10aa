package dev.naru.account.entry;

import dev.naru.account.entry.Links.Kind;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of addresses that are good once: a global table. */
@Repository
class LinkStore {

  private final JdbcClient jdbc;

  LinkStore(Shards shards) {
    jdbc = shards.global();
  }

  /** In place of those of the same kind that the account, or the hub, had before. */
  void replace(String hash, Kind kind, @Nullable String email, Instant expires) {
    jdbc.sql(
            """
            with gone as (delete from account_link
              where kind = :kind and email is not distinct from :email::text)
            insert into account_link (link_hash, kind, email, expires_at)
            values (:hash, :kind, :email, :expires)
            """)
        .param("hash", hash)
        .param("kind", kind.name())
        .param("email", email)
        .param("expires", Timestamp.from(expires))
        .update();
  }

  /** Whom it is for, an empty text for the first owner; nothing if it is over. */
  Optional<String> find(String hash, Kind kind, Instant now) {
    return jdbc.sql(
            """
            select coalesce(email, '') from account_link
            where link_hash = :hash and kind = :kind and used_at is null and expires_at > :now
            """)
        .param("hash", hash)
        .param("kind", kind.name())
        .param("now", Timestamp.from(now))
        .query(String.class)
        .optional();
  }

  /** False if somebody was faster. */
  boolean use(String hash, Kind kind, Instant now) {
    return jdbc.sql(
                """
                update account_link set used_at = :now
                where link_hash = :hash and kind = :kind and used_at is null and expires_at > :now
                """)
            .param("now", Timestamp.from(now))
            .param("hash", hash)
            .param("kind", kind.name())
            .update()
        == 1;
  }

  boolean any(Kind kind, Instant now) {
    return jdbc.sql(
            """
            select exists (select from account_link
              where kind = :kind and used_at is null and expires_at > :now)
            """)
        .param("kind", kind.name())
        .param("now", Timestamp.from(now))
        .query(Boolean.class)
        .single();
  }
}
