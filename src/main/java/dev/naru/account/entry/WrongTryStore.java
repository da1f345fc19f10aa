package dev.naru.account.entry;

import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of wrong tries: a global table. */
@Repository
class WrongTryStore {

  private final JdbcClient jdbc;

  WrongTryStore(Shards shards) {
    jdbc = shards.global();
  }

  Optional<Instant> closedUntil(String who, Instant now) {
    return jdbc.sql(
            """
            select closed_until from sign_in_try where who = :who and closed_until > :now
            """)
        .param("who", who)
        .param("now", Timestamp.from(now))
        .query(Timestamp.class)
        .optional()
        .map(Timestamp::toInstant);
  }

  /** One more, before it is known whether it is wrong; those before {@code since} are forgotten. */
  int add(String who, Instant now, Instant since) {
    return jdbc.sql(
            """
            with old as (delete from sign_in_try where tried_at < :since and who <> :who)
            insert into sign_in_try (who, tries, tried_at) values (:who, 1, :now)
            on conflict (who) do update set tried_at = excluded.tried_at,
              tries = case when sign_in_try.tried_at < :since then 1 else sign_in_try.tries + 1 end
            returning tries
            """)
        .param("who", who)
        .param("now", Timestamp.from(now))
        .param("since", Timestamp.from(since))
        .query(Integer.class)
        .single();
  }

  void close(String who, Instant until) {
    jdbc.sql("update sign_in_try set closed_until = :until where who = :who")
        .param("until", Timestamp.from(until))
        .param("who", who)
        .update();
  }

  void forget(String who) {
    jdbc.sql("delete from sign_in_try where who = :who").param("who", who).update();
  }

  /** One was right after all. */
  void less(String who) {
    jdbc.sql("update sign_in_try set tries = tries - 1 where who = :who and tries > 0")
        .param("who", who)
        .update();
  }
}
