package dev.naru.merchant.door;

import dev.naru.merchant.Shards;
import java.sql.Array;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the addresses from which merchants' keys may be used: part of a global table. */
@Repository
class AllowListStore {

  private final JdbcClient jdbc;

  AllowListStore(Shards shards) {
    jdbc = shards.global();
  }

  List<String> find(long merchantId) {
    return jdbc.sql("select allowed_from from merchant_setting where merchant_id = :merchant")
        .param("merchant", merchantId)
        .query(
            (row, n) -> {
              Array blocks = row.getArray("allowed_from");
              return List.of((String[]) blocks.getArray());
            })
        .optional()
        .orElse(List.of());
  }

  void update(long merchantId, List<String> blocks) {
    jdbc.sql(
            """
            insert into merchant_setting (merchant_id, allowed_from)
            values (:merchant, :blocks)
            on conflict (merchant_id) do update set allowed_from = excluded.allowed_from
            """)
        .param("merchant", merchantId)
        .param("blocks", blocks.toArray(String[]::new))
        .update();
  }
}
