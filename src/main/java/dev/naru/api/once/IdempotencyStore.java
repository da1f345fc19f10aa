package dev.naru.api.once;

import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The SQL of idempotency keys. Answers are sealed. */
@Repository
class IdempotencyStore {

  private final Shards shards;
  private final Vault vault;

  IdempotencyStore(Shards shards, Vault vault) {
    this.shards = shards;
    this.vault = vault;
  }

  /** Which key: of a merchant, for one operation. */
  record Claimed(long merchantId, String operation, String keyHash) {

    private String place() {
      return "idempotency.answer/" + merchantId + "/" + operation + "/" + keyHash;
    }
  }

  /** An answer as it was sent. */
  record Answer(int status, String body) {

    @Override
    public String toString() {
      return "answer " + status;
    }
  }

  /** False if the key is taken. */
  boolean insert(KeyInUse row) {
    return on(
                row.id(),
                """
                insert into idempotency (merchant_id, operation, key_hash, input_hash, began_at,
                  round, busy_until)
                values (:merchant, :operation, :key, :input, :began, :round, :until)
                on conflict do nothing
                """)
            .param("input", row.inputHash())
            .param("began", Timestamp.from(row.beganAt()))
            .param("round", row.round())
            .param("until", row.busyUntil() == null ? null : Timestamp.from(row.busyUntil()))
            .update()
        == 1;
  }

  Optional<KeyInUse> find(Claimed id) {
    return on(
            id,
            """
            select * from idempotency
            where merchant_id = :merchant and operation = :operation and key_hash = :key
            """)
        .query((row, n) -> row(id, row))
        .optional();
  }

  /** Takes over what nobody works at any more; false if another was faster. */
  boolean takeOver(KeyInUse lost, Instant now, Instant until) {
    return on(
                lost.id(),
                """
                update idempotency set busy_until = :until, round = round + 1
                where merchant_id = :merchant and operation = :operation and key_hash = :key
                  and round = :round and busy_until <= :now
                """)
            .param("round", lost.round())
            .param("now", Timestamp.from(now))
            .param("until", Timestamp.from(until))
            .update()
        == 1;
  }

  /** Keeps the answer, unless a repetition has taken over meanwhile. */
  void answer(KeyInUse mine, Answer answer) {
    on(
            mine.id(),
            """
            update idempotency set status = :status, answer = :answer, busy_until = null
            where merchant_id = :merchant and operation = :operation and key_hash = :key
              and round = :round and answer is null
            """)
        .param("status", answer.status())
        .param("answer", vault.seal(answer.body(), mine.id().place()))
        .param("round", mine.round())
        .update();
  }

  /** Lets a repetition take over at once: there is no answer to keep. */
  void release(KeyInUse mine, Instant now) {
    on(
            mine.id(),
            """
            update idempotency set busy_until = :now
            where merchant_id = :merchant and operation = :operation and key_hash = :key
              and round = :round and answer is null
            """)
        .param("now", Timestamp.from(now))
        .param("round", mine.round())
        .update();
  }

  /** Forgets a key that is as old as when it was looked at. */
  void delete(KeyInUse old) {
    on(
            old.id(),
            """
            delete from idempotency
            where merchant_id = :merchant and operation = :operation and key_hash = :key
              and began_at = :began
            """)
        .param("began", Timestamp.from(old.beganAt()))
        .update();
  }

  /** How many keys are forgotten by one statement. */
  static final int BATCH = 500;

  /** Forgets some that began before, of every merchant; says how many. */
  int forget(Instant before) {
    return shards.all().stream()
        .mapToInt(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        delete from idempotency where merchant_id is not null and ctid = any(array(
                          select ctid from idempotency
                          where began_at < :before and merchant_id is not null
                          order by began_at limit :most
                          for update skip locked))
                        """)
                    .param("before", Timestamp.from(before))
                    .param("most", BATCH)
                    .update())
        .sum();
  }

  /** Ends the waiting for requests that ran when this hub, the only one, ended. */
  int orphaned() {
    return shards.all().stream()
        .mapToInt(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        update idempotency set busy_until = began_at
                        where busy_until > began_at and merchant_id is not null
                        """)
                    .update())
        .sum();
  }

  private StatementSpec on(Claimed id, String sql) {
    return shards
        .of(id.merchantId())
        .sql(sql)
        .param("merchant", id.merchantId())
        .param("operation", id.operation())
        .param("key", id.keyHash());
  }

  private KeyInUse row(Claimed id, ResultSet row) throws SQLException {
    Timestamp busy = row.getTimestamp("busy_until");
    byte[] answer = row.getBytes("answer");
    return new KeyInUse(
        id,
        row.getString("input_hash"),
        row.getTimestamp("began_at").toInstant(),
        row.getInt("round"),
        busy == null ? null : busy.toInstant(),
        answer == null ? null : new Answer(row.getInt("status"), vault.open(answer, id.place())));
  }
}
