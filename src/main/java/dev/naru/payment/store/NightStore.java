package dev.naru.payment.store;

import dev.naru.merchant.Shards;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.stereotype.Repository;

/** The SQL of what is done once a night, on one node: a global table. */
@Repository
public class NightStore {

  private final Shards shards;

  NightStore(Shards shards) {
    this.shards = shards;
  }

  /** Whether this node is to do it now. What was never done is first done the next night. */
  public boolean claim(String name, LocalDate today, Instant now, Instant until) {
    shards
        .global()
        .sql(
            """
            insert into nightly (name, done_on, busy_until) values (:name, :today, :now)
            on conflict do nothing
            """)
        .param("name", name)
        .param("today", Date.valueOf(today))
        .param("now", Timestamp.from(now))
        .update();
    return shards
            .global()
            .sql(
                """
                update nightly set busy_until = :until
                where name = :name and done_on < :today and busy_until <= :now
                """)
            .param("name", name)
            .param("today", Date.valueOf(today))
            .param("now", Timestamp.from(now))
            .param("until", Timestamp.from(until))
            .update()
        == 1;
  }

  /** It goes on. */
  public void busy(String name, Instant until) {
    shards
        .global()
        .sql("update nightly set busy_until = :until where name = :name")
        .param("name", name)
        .param("until", Timestamp.from(until))
        .update();
  }

  /** It is done for today. */
  public void done(String name, LocalDate today) {
    shards
        .global()
        .sql("update nightly set done_on = :today where name = :name")
        .param("name", name)
        .param("today", Date.valueOf(today))
        .update();
  }
}
