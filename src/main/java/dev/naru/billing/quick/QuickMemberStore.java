package dev.naru.billing.quick;

import dev.naru.billing.quick.QuickMember.PinCheck;
import dev.naru.connector.PgRef;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The SQL of easy pay members and of the PINs they gave. */
@Repository
class QuickMemberStore {

  private final Shards shards;

  QuickMemberStore(Shards shards) {
    this.shards = shards;
  }

  /** Stores a member; of one who is known already only the time of the change. */
  void put(QuickMember member) {
    shards
        .of(member.merchantId())
        .sql(
            """
            insert into quick_member (merchant_id, channel_key, member_id, inserted_at, updated_at)
            values (:merchant, :channel, :member, :inserted, :updated)
            on conflict (merchant_id, channel_key, member_id) do update set
              updated_at = excluded.updated_at
            """)
        .param("merchant", member.merchantId())
        .param("channel", member.channelKey())
        .param("member", member.memberId())
        .param("inserted", Timestamp.from(member.insertedAt()))
        .param("updated", Timestamp.from(member.updatedAt()))
        .update();
  }

  Optional<QuickMember> find(long merchantId, String channelKey, String memberId) {
    return shards
        .of(merchantId)
        .sql(
            """
            select inserted_at, updated_at from quick_member
            where merchant_id = :merchant and channel_key = :channel and member_id = :member
            """)
        .param("merchant", merchantId)
        .param("channel", channelKey)
        .param("member", memberId)
        .query(
            (row, n) ->
                new QuickMember(
                    merchantId,
                    channelKey,
                    memberId,
                    row.getTimestamp("inserted_at").toInstant(),
                    row.getTimestamp("updated_at").toInstant()))
        .optional();
  }

  /** Deletes the row, and the PINs given. False if somebody else did. */
  boolean delete(QuickMember member) {
    return shards
            .of(member.merchantId())
            .sql(
                """
                delete from quick_member
                where merchant_id = :merchant and channel_key = :channel and member_id = :member
                """)
            .param("merchant", member.merchantId())
            .param("channel", member.channelKey())
            .param("member", member.memberId())
            .update()
        == 1;
  }

  void insert(PinCheck check) {
    shards
        .of(check.merchantId())
        .sql(
            """
            insert into quick_pin_check (merchant_id, imp_uid, channel_key, member_id, tid,
              checked_at)
            values (:merchant, :impUid, :channel, :member, :tid, :at)
            """)
        .param("merchant", check.merchantId())
        .param("impUid", check.impUid().value())
        .param("channel", check.channelKey())
        .param("member", check.memberId())
        .param("tid", check.ref().tid())
        .param("at", Timestamp.from(check.checkedAt()))
        .update();
  }

  Optional<PinCheck> pinCheck(long merchantId, ImpUid impUid) {
    return shards
        .of(merchantId)
        .sql(
            """
            select channel_key, member_id, tid, checked_at from quick_pin_check
            where merchant_id = :merchant and imp_uid = :impUid
            """)
        .param("merchant", merchantId)
        .param("impUid", impUid.value())
        .query(
            (row, n) ->
                new PinCheck(
                    merchantId,
                    impUid,
                    row.getString("channel_key"),
                    row.getString("member_id"),
                    new PgRef(row.getString("tid")),
                    row.getTimestamp("checked_at").toInstant()))
        .optional();
  }
}
