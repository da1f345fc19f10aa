package dev.naru.start.database;

import dev.naru.merchant.Shards.Shard;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.stereotype.Repository;

/** Writes for the sake of writing. */
@Repository
class HeartbeatStore {

  /** Nearly a page, so that each beat needs one that is empty. */
  private static final String FILLING = "naru".repeat(1_900);

  /** What time it is by the database's clock: for no other use than to compare it. */
  Instant time(Shard shard) {
    return shard
        .writes()
        .sql("select clock_timestamp()")
        .query(Timestamp.class)
        .single()
        .toInstant();
  }

  /**
   * Adds a beat, and drops what this node and those that have ended left before.
   *
   * @param old what is dropped
   */
  void beat(Shard shard, String node, Instant at, Instant old) {
    shard
        .writes()
        .sql("insert into heartbeat (node, beat, at, filling) values (:node, :beat, :at, :filling)")
        .param("node", node)
        .param("beat", at.toEpochMilli())
        .param("at", Timestamp.from(at))
        .param("filling", FILLING)
        .update();
    shard
        .writes()
        .sql("delete from heartbeat where at < :old")
        .param("old", Timestamp.from(old))
        .update();
  }
}
