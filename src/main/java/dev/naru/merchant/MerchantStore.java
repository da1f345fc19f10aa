package dev.naru.merchant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of merchants: a global table. */
@Repository
class MerchantStore {

  private final JdbcClient jdbc;

  MerchantStore(Shards shards) {
    jdbc = shards.global();
  }

  /** A merchant, and whether somebody may act for it. */
  record Known(Merchant merchant, boolean open) {}

  Optional<Known> find(long merchantId) {
    return jdbc.sql("select * from merchant where merchant_id = :id")
        .param("id", merchantId)
        .query((row, n) -> new Known(merchant(row, n), row.getTimestamp("closed_at") == null))
        .optional();
  }

  /** Those that are no sub-merchants, the oldest first. */
  List<Merchant> shops() {
    return jdbc.sql(
            """
            select * from merchant where parent_id is null and closed_at is null
            order by created_at, merchant_id
            """)
        .query(MerchantStore::merchant)
        .list();
  }

  Optional<Merchant> byUserCode(String userCode) {
    return jdbc.sql("select * from merchant where user_code = :userCode and closed_at is null")
        .param("userCode", userCode)
        .query(MerchantStore::merchant)
        .optional();
  }

  Optional<Merchant> tier(long parentId, String tierCode) {
    return jdbc.sql(
            """
            select * from merchant
            where parent_id = :parent and tier_code = :tier and closed_at is null
            """)
        .param("parent", parentId)
        .param("tier", tierCode)
        .query(MerchantStore::merchant)
        .optional();
  }

  /** False if there is one with this id, user code, or code of the same parent. */
  boolean insert(Merchant merchant, Instant now) {
    return jdbc.sql(
                """
                insert into merchant (merchant_id, slot, user_code, parent_id, tier_code, name, created_at)
                values (:id, :slot, :userCode, :parent, :tier, :name, :now)
                on conflict do nothing
                """)
            .param("id", merchant.id())
            .param("slot", merchant.slot())
            .param("userCode", merchant.userCode())
            .param("parent", merchant.parentId())
            .param("tier", merchant.tierCode())
            .param("name", merchant.name())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  void rename(long merchantId, String name) {
    jdbc.sql("update merchant set name = :name where merchant_id = :id")
        .param("name", name)
        .param("id", merchantId)
        .update();
  }

  /** Its records stay; nobody can act for it any more. */
  void close(long merchantId, Instant now) {
    jdbc.sql(
            """
            update merchant set closed_at = :now
            where merchant_id = :id and closed_at is null
            """)
        .param("now", Timestamp.from(now))
        .param("id", merchantId)
        .update();
  }

  Optional<Merchant> closed(String userCode) {
    return jdbc.sql("select * from merchant where user_code = :userCode and closed_at is not null")
        .param("userCode", userCode)
        .query(MerchantStore::merchant)
        .optional();
  }

  void reopen(long merchantId) {
    jdbc.sql("update merchant set closed_at = null where merchant_id = :id")
        .param("id", merchantId)
        .update();
  }

  List<Merchant> tiersOf(long parentId) {
    return jdbc.sql(
            """
            select * from merchant where parent_id = :parent and closed_at is null
            order by tier_code
            """)
        .param("parent", parentId)
        .query(MerchantStore::merchant)
        .list();
  }

  List<Merchant> closedTiersOf(long parentId) {
    return jdbc.sql(
            """
            select * from merchant where parent_id = :parent and closed_at is not null
            order by tier_code
            """)
        .param("parent", parentId)
        .query(MerchantStore::merchant)
        .list();
  }

  private static Merchant merchant(ResultSet row, int n) throws SQLException {
    long parent = row.getLong("parent_id");
    return new Merchant(
        row.getLong("merchant_id"),
        row.getInt("slot"),
        row.getString("user_code"),
        row.getString("tier_code") == null ? null : (Long) parent,
        row.getString("tier_code"),
        row.getString("name"));
  }
}
