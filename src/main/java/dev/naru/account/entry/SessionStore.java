package dev.naru.account.entry;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of sessions: a global table. Of an id only its hash is kept. */
@Repository
class SessionStore {

  private final JdbcClient jdbc;

  SessionStore(Shards shards) {
    jdbc = shards.global();
  }

  void insert(String hash, Session session) {
    jdbc.sql(
            """
            insert into console_session (session_hash, email, entered, address, agent, created_at,
              seen_at, proved_at)
            values (:hash, :email, :entered, :address, :agent, :now, :now, :now)
            """)
        .param("hash", hash)
        .param("email", session.account().email())
        .param("entered", session.entered())
        .param("address", session.address())
        .param("agent", session.agent())
        .param("now", Timestamp.from(session.createdAt()))
        .update();
  }

  Optional<Session> find(String hash, Instant seenAfter, Instant createdAfter) {
    return jdbc.sql(
            """
            select session_hash, entered, shop, address, agent, console_session.created_at as began,
              seen_at, proved_at, account.*
            from console_session join account using (email)
            where session_hash = :hash and state = 'ACTIVE' and seen_at > :seen
              and console_session.created_at > :created
            """)
        .param("hash", hash)
        .param("seen", Timestamp.from(seenAfter))
        .param("created", Timestamp.from(createdAfter))
        .query(SessionStore::session)
        .optional();
  }

  List<Session> of(String email, Instant seenAfter, Instant createdAfter) {
    return jdbc.sql(
            """
            select session_hash, entered, shop, address, agent, console_session.created_at as began,
              seen_at, proved_at, account.*
            from console_session join account using (email)
            where email = :email and entered and seen_at > :seen
              and console_session.created_at > :created
            order by seen_at desc
            """)
        .param("email", email)
        .param("seen", Timestamp.from(seenAfter))
        .param("created", Timestamp.from(createdAfter))
        .query(SessionStore::session)
        .list();
  }

  void seen(String hash, Instant now) {
    jdbc.sql("update console_session set seen_at = :now where session_hash = :hash")
        .param("now", Timestamp.from(now))
        .param("hash", hash)
        .update();
  }

  void proved(String hash, Instant now) {
    jdbc.sql("update console_session set proved_at = :now where session_hash = :hash")
        .param("now", Timestamp.from(now))
        .param("hash", hash)
        .update();
  }

  void look(String hash, String shop) {
    jdbc.sql("update console_session set shop = :shop where session_hash = :hash")
        .param("shop", shop)
        .param("hash", hash)
        .update();
  }

  void end(String hash) {
    jdbc.sql("delete from console_session where session_hash = :hash").param("hash", hash).update();
  }

  /** All of an account's but one, which may be none. */
  int endOthers(String email, String but) {
    return jdbc.sql("delete from console_session where email = :email and session_hash <> :but")
        .param("email", email)
        .param("but", but)
        .update();
  }

  /** One of an account's, by what it is called in its list. */
  int endOne(String email, String hash) {
    return jdbc.sql("delete from console_session where email = :email and session_hash = :hash")
        .param("email", email)
        .param("hash", hash)
        .update();
  }

  void endOlder(Instant seenBefore) {
    jdbc.sql("delete from console_session where seen_at < :before")
        .param("before", Timestamp.from(seenBefore))
        .update();
  }

  private static Session session(ResultSet row, int n) throws SQLException {
    Account account =
        new Account(
            row.getString("email"),
            row.getLong("merchant_id"),
            Role.valueOf(row.getString("role")),
            row.getBoolean("exports"),
            row.getString("name"),
            row.getBoolean("korean"),
            Account.State.valueOf(row.getString("state")),
            row.getBytes("totp") != null,
            row.getTimestamp("created_at").toInstant());
    return new Session(
        row.getString("session_hash"),
        account,
        row.getBoolean("entered"),
        row.getString("shop"),
        row.getString("address"),
        row.getString("agent"),
        row.getTimestamp("began").toInstant(),
        row.getTimestamp("seen_at").toInstant(),
        row.getTimestamp("proved_at").toInstant());
  }
}
