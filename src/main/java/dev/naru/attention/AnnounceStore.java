package dev.naru.attention;

import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Repository;

/** Which matters are to be told of. A claim moves the time, so that of several nodes one tells. */
@Repository
class AnnounceStore {

  private static final int AT_ONCE = 20;

  private final Shards shards;

  AnnounceStore(Shards shards) {
    this.shards = shards;
  }

  /** What is due on this way, leased. */
  List<Matter> claim(Way.Kind way, Instant now, Instant until) {
    String sql =
        switch (way) {
          case HOOK ->
              """
              update attention set hook_due_at = :until, hook_tries = hook_tries + 1
              where (merchant_id, matter_id) in (
                select merchant_id, matter_id from attention
                where hook_due_at <= :now and settled_at is null
                order by hook_due_at limit :most for update skip locked) and hook_due_at <= :now
              returning *
              """;
          case MAIL ->
              """
              update attention set mail_due_at = :until, mail_tries = mail_tries + 1
              where (merchant_id, matter_id) in (
                select merchant_id, matter_id from attention
                where mail_due_at <= :now and settled_at is null
                order by mail_due_at limit :most for update skip locked) and mail_due_at <= :now
              returning *
              """;
        };
    List<Matter> all = new ArrayList<>();
    shards
        .all()
        .forEach(
            shard ->
                all.addAll(
                    shard
                        .jdbc()
                        .sql(sql)
                        .param("now", Timestamp.from(now))
                        .param("until", Timestamp.from(until))
                        .param("most", AT_ONCE)
                        .query(AttentionStore::matter)
                        .list()));
    return all;
  }

  /** It was told of: the next time is tomorrow. */
  void told(Way.Kind way, Matter matter, Instant lease, Instant now, Instant next) {
    update(
        switch (way) {
          case HOOK ->
              """
              update attention set hook_due_at = :next, hook_tries = 0, hook_told_at = :now
              where merchant_id = :merchant and matter_id = :id and hook_due_at = :lease
              """;
          case MAIL ->
              """
              update attention set mail_due_at = :next, mail_tries = 0, mail_told_at = :now
              where merchant_id = :merchant and matter_id = :id and mail_due_at = :lease
              """;
        },
        matter,
        lease,
        now,
        next);
  }

  /** It could not be told of: it is tried again then. */
  void failed(Way.Kind way, Matter matter, Instant lease, Instant next) {
    update(
        switch (way) {
          case HOOK ->
              """
              update attention set hook_due_at = :next
              where merchant_id = :merchant and matter_id = :id and hook_due_at = :lease
              """;
          case MAIL ->
              """
              update attention set mail_due_at = :next
              where merchant_id = :merchant and matter_id = :id and mail_due_at = :lease
              """;
        },
        matter,
        lease,
        next,
        next);
  }

  private void update(String sql, Matter matter, Instant lease, Instant now, Instant next) {
    shards
        .of(matter.merchantId())
        .sql(sql)
        .param("next", Timestamp.from(next))
        .param("now", Timestamp.from(now))
        .param("merchant", matter.merchantId())
        .param("id", matter.id())
        .param("lease", Timestamp.from(lease))
        .update();
  }
}
