package dev.naru.certification;

import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of certifications; {@link CertificationRows} knows what their columns mean. */
@Repository
class CertificationStore {

  private final Shards shards;
  private final CertificationRows rows;

  CertificationStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    rows = new CertificationRows(vault, json);
  }

  void insert(Certification fresh) {
    rows.bound(
            shards
                .of(fresh.merchantId())
                .sql(
                    """
                    insert into certification (merchant_id, imp_uid, merchant_uid, channel_key,
                      pg_provider, order_id, requested_at, state, tid, person, tries, unanswered,
                      expires_at, decided_at, why, fail_code, fail_text)
                    values (:merchant, :uid, :order, :channel, :provider, :orderId, :requested,
                      :state, :tid, :person, :tries, :unanswered, :expires, :decided, :why, :code, :text)
                    """)
                .param("order", fresh.merchantUid())
                .param("channel", fresh.via().channelKey())
                .param("provider", fresh.via().pgProvider())
                .param("orderId", fresh.orderId())
                .param("requested", Timestamp.from(fresh.requestedAt())),
            fresh)
        .update();
  }

  /**
   * Writes what became of an open certification, and ends its reservation. What is decided stays.
   *
   * @return false if it was decided otherwise, or deleted, in the meantime
   */
  boolean update(Certification after) {
    return rows.bound(
                shards
                    .of(after.merchantId())
                    .sql(
                        """
                        update certification set state = :state, tid = coalesce(:tid, tid),
                          person = :person, tries = :tries, unanswered = :unanswered,
                          expires_at = :expires, decided_at = :decided, why = :why,
                          fail_code = :code, fail_text = :text, busy_until = null
                        where merchant_id = :merchant and imp_uid = :uid and state = 'requested'
                        """),
                after)
            .update()
        == 1;
  }

  /**
   * The same, unless somebody is confirming it.
   *
   * @return false if somebody is, and if it was decided or deleted
   */
  boolean updateIdle(Certification after, Instant now) {
    return rows.bound(
                shards
                    .of(after.merchantId())
                    .sql(
                        """
                        update certification set state = :state, tid = coalesce(:tid, tid),
                          person = :person, tries = :tries, unanswered = :unanswered,
                          expires_at = :expires, decided_at = :decided, why = :why,
                          fail_code = :code, fail_text = :text, busy_until = null
                        where merchant_id = :merchant and imp_uid = :uid and state = 'requested'
                          and (busy_until is null or busy_until <= :now)
                        """),
                after)
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  /**
   * Takes an open window for a confirm, with what the return brought. From now on it has no answer,
   * so that a hub that dies loses nothing.
   *
   * @return false if it is decided, gone, or taken
   */
  boolean take(Certification returned, Instant now, Instant until) {
    return shards
            .of(returned.merchantId())
            .sql(
                """
                update certification set person = :person, unanswered = true, busy_until = :until
                where merchant_id = :merchant and imp_uid = :uid and state = 'requested'
                  and (busy_until is null or busy_until <= :now)
                """)
            .param("person", rows.person(returned))
            .param("until", Timestamp.from(until))
            .param("merchant", returned.merchantId())
            .param("uid", returned.impUid().value())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  Optional<Certification> find(long merchantId, ImpUid impUid) {
    return shards
        .of(merchantId)
        .sql("select * from certification where merchant_id = :merchant and imp_uid = :uid")
        .param("merchant", merchantId)
        .param("uid", impUid.value())
        .query(rows::certification)
        .optional();
  }

  /**
   * Takes an open one for a confirm, which from now on has no answer, so that a hub that dies loses
   * nothing.
   *
   * @return as it was before; empty if it is decided, gone, or taken
   */
  Optional<Certification> reserve(long merchantId, ImpUid impUid, Instant now, Instant until) {
    return shards
        .of(merchantId)
        .sql(
            """
            with was as (
              select unanswered from certification
              where merchant_id = :merchant and imp_uid = :uid and state = 'requested'
                and (busy_until is null or busy_until <= :now)
              for update)
            update certification c set busy_until = :until, unanswered = true from was
            where c.merchant_id = :merchant and c.imp_uid = :uid and c.state = 'requested'
            returning c.*, was.unanswered as was_unanswered
            """)
        .param("merchant", merchantId)
        .param("uid", impUid.value())
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(until))
        .query((row, n) -> rows.certification(row, n).unanswered(row.getBoolean("was_unanswered")))
        .optional();
  }

  Optional<Certification> delete(long merchantId, ImpUid impUid) {
    return shards
        .of(merchantId)
        .sql(
            "delete from certification where merchant_id = :merchant and imp_uid = :uid returning"
                + " *")
        .param("merchant", merchantId)
        .param("uid", impUid.value())
        .query(rows::certification)
        .optional();
  }
}
