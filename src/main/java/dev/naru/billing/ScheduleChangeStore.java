package dev.naru.billing;

import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The SQL of schedules that are moved, revoked, or made to wait again. */
@Repository
class ScheduleChangeStore {

  /** It was revoked, or its last execution failed: then it may be charged again. */
  static final String MAY_RUN_AGAIN =
      """
       and (s.state = 'revoked' or (s.state = 'executed' and exists (
          select 1 from payment p where p.merchant_id = s.merchant_id and p.imp_uid = s.imp_uid
            and p.state = 'failed')))
      """;

  private final Shards shards;

  ScheduleChangeStore(Shards shards) {
    this.shards = shards;
  }

  /** Revokes what still waits; an empty list of merchant_uids means all. */
  List<String> revoke(
      long merchantId, @Nullable String customerUid, List<String> merchantUids, Instant now) {
    return shards
        .of(merchantId)
        .sql(
            """
            update schedule set state = 'revoked', due_at = null, revoked_at = :now
            where merchant_id = :merchant and state = 'scheduled'
              and (:customer::text is null or customer_uid = :customer)
              and (:all or merchant_uid = any(:uids))
            returning merchant_uid
            """)
        .param("now", Timestamp.from(now))
        .param("merchant", merchantId)
        .param("customer", customerUid)
        .param("all", merchantUids.isEmpty())
        .param("uids", merchantUids.toArray(String[]::new))
        .query(String.class)
        .list();
  }

  /** Moves one that still waits; takes it from whoever has claimed but not begun it. */
  boolean move(long merchantId, String merchantUid, Instant at) {
    return shards
            .of(merchantId)
            .sql(
                """
                update schedule set schedule_at = :at, due_at = :at
                where merchant_id = :merchant and merchant_uid = :merchantUid
                  and state = 'scheduled'
                """)
            .param("at", Timestamp.from(at))
            .param("merchant", merchantId)
            .param("merchantUid", merchantUid)
            .update()
        == 1;
  }

  /** Lets one that was revoked or failed wait again. */
  boolean reopen(long merchantId, String merchantUid, Instant at) {
    return shards
            .of(merchantId)
            .sql(
                """
                update schedule s set state = 'scheduled', schedule_at = :at, due_at = :at,
                  imp_uid = null, executed_at = null, revoked_at = null
                where s.merchant_id = :merchant and s.merchant_uid = :merchantUid
                """
                    + MAY_RUN_AGAIN)
            .param("at", Timestamp.from(at))
            .param("merchant", merchantId)
            .param("merchantUid", merchantUid)
            .update()
        == 1;
  }

  /** Makes what failed in a span of time due now; when it was scheduled for stays as it is. */
  int recover(long merchantId, Instant from, Instant to, Instant now) {
    return shards
        .of(merchantId)
        .sql(
            """
            update schedule s set state = 'scheduled', due_at = :now, imp_uid = null,
              executed_at = null
            where s.merchant_id = :merchant and s.state = 'executed' and s.executed_at >= :from
              and s.executed_at < :to
            """
                + MAY_RUN_AGAIN)
        .param("now", Timestamp.from(now))
        .param("merchant", merchantId)
        .param("from", Timestamp.from(from))
        .param("to", Timestamp.from(to))
        .update();
  }
}
