package dev.naru.retention;

import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Repository;

/**
 * The SQL of forgetting. Every statement takes no more than a batch, leaves what others have
 * locked, and names what it must leave whatever its age.
 */
@Repository
class RetentionStore {

  /** How many rows one statement takes. */
  static final int BATCH = 500;

  /** Attempt {@code a} may still be asked about at its PG, or money of it be on its way. */
  static final String RUNS =
      """
      (a.state not in ('approved', 'declined', 'reversed') or a.due_at is not null or exists (
        select 1 from cancellation c
        where c.merchant_id = a.merchant_id and c.imp_uid = a.imp_uid and c.due_at is not null))
      """;

  private static final String WINDOWS =
      """
      delete from checkout where merchant_id is not null and ctid = any(array(
        select w.ctid from checkout w
        where w.merchant_id is not null and w.opened_at < :before
          and (w.busy_until is null or w.busy_until < :now)
          and not exists (
            select 1 from attempt a
            where a.merchant_id = w.merchant_id and a.imp_uid = w.imp_uid and %s)
          and not exists (
            select 1 from certification c
            where c.merchant_id = w.merchant_id and c.imp_uid = w.certification_uid
              and c.decided_at is null)
        order by w.opened_at limit :most
        for update skip locked))
      """
          .formatted(RUNS);

  private static final String LINKS =
      """
      delete from pay_link where merchant_id is not null and ctid = any(array(
        select ctid from pay_link
        where merchant_id is not null and least(expires_at, disabled_at) < :before
        order by least(expires_at, disabled_at) limit :most
        for update skip locked))
      """;

  /** Their windows go with them. */
  private static final String CERTIFICATIONS =
      """
      delete from certification where merchant_id is not null and ctid = any(array(
        select ctid from certification
        where merchant_id is not null and decided_at < :before
        order by decided_at limit :most
        for update skip locked))
      """;

  /** Nobody can take back a charge to come of a sub-shop that is no more. */
  private static final String CLOSED_SCHEDULES =
      """
      update schedule set state = 'revoked', due_at = null, revoked_at = :now
      where merchant_id is not null and ctid = any(array(
        select s.ctid from schedule s join merchant m on m.merchant_id = s.merchant_id
        where m.closed_at is not null and s.due_at is not null and s.state = 'scheduled'
        limit :most
        for update of s skip locked))
      """;

  private static final String REVOKED_SCHEDULES =
      """
      delete from schedule where merchant_id is not null and ctid = any(array(
        select s.ctid from schedule s join merchant m on m.merchant_id = s.merchant_id
        where m.closed_at is not null and s.revoked_at < :before
        limit :most
        for update of s skip locked))
      """;

  private static final String TOKENS =
      """
      delete from api_token where ctid = any(array(
        select ctid from api_token where expires_at < :before
        order by expires_at limit :most
        for update skip locked))
      """;

  /** Endpoints to which nothing is to be sent any more; those that were parked are told. */
  private static final String ENDPOINTS =
      """
      delete from endpoint where merchant_id is not null and ctid = any(array(
        select e.ctid from endpoint e
        where e.probe_at < :before and not exists (
          select 1 from delivery d
          where d.merchant_id = e.merchant_id and d.lane = e.lane and d.due_at is not null)
        limit :most
        for update skip locked))
      returning merchant_id, origin
      """;

  private final Shards shards;

  RetentionStore(Shards shards) {
    this.shards = shards;
  }

  int windows(Instant before, Instant now) {
    return everywhere(WINDOWS, before, now);
  }

  int links(Instant before) {
    return everywhere(LINKS, before, before);
  }

  int certifications(Instant before) {
    return everywhere(CERTIFICATIONS, before, before);
  }

  /** Takes back what was to be charged; {@code now} is when that is. */
  int closedSchedules(Instant now) {
    return everywhere(CLOSED_SCHEDULES, now, now);
  }

  int revokedSchedules(Instant before) {
    return everywhere(REVOKED_SCHEDULES, before, before);
  }

  private int everywhere(String sql, Instant before, Instant now) {
    return shards.all().stream()
        .mapToInt(
            shard ->
                shard
                    .jdbc()
                    .sql(sql)
                    .param("before", Timestamp.from(before))
                    .param("now", Timestamp.from(now))
                    .param("most", BATCH)
                    .update())
        .sum();
  }

  int tokens(Instant before) {
    return shards
        .global()
        .sql(TOKENS)
        .param("before", Timestamp.from(before))
        .param("most", BATCH)
        .update();
  }

  /** A merchant's endpoint, by scheme, host and port. */
  record Endpoint(long merchantId, String origin) {}

  List<Endpoint> endpoints(Instant before) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(ENDPOINTS)
                    .param("before", Timestamp.from(before))
                    .param("most", BATCH)
                    .query(
                        (row, n) ->
                            new Endpoint(row.getLong("merchant_id"), row.getString("origin")))
                    .list()
                    .stream())
        .toList();
  }
}
