package dev.naru.billing;

import dev.naru.billing.key.BillingKey;
import dev.naru.billing.key.CustomerKey;
import dev.naru.billing.key.SuperKey;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of billing keys. The PG's key and the customer are sealed. */
@Repository
class BillingKeyStore {

  private final Shards shards;
  private final BillingKeyRows rows;
  private final JsonMapper json;

  BillingKeyStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    rows = new BillingKeyRows(vault, json);
    this.json = json;
  }

  /**
   * Stores what a customer_uid stands for from now on; the keys it had before are forgotten, as V1
   * does. The time of the first stays.
   *
   * @return that time
   */
  Instant replace(CustomerKey fresh) {
    Instant inserted =
        shards
            .shard(fresh.merchantId())
            .transaction()
            .execute(
                status -> {
                  Instant since = lock(fresh);
                  forgetOthers(fresh);
                  fresh.keys().forEach(this::put);
                  return since;
                });
    return Objects.requireNonNull(inserted);
  }

  private Instant lock(CustomerKey fresh) {
    SuperKey group = fresh instanceof SuperKey several ? several : null;
    return shards
        .of(fresh.merchantId())
        .sql(
            """
            insert into customer (merchant_id, customer_uid, group_id, refused, inserted_at)
            values (:merchant, :customer, :group, :refused::jsonb, :inserted)
            on conflict (merchant_id, customer_uid) do update set
              group_id = excluded.group_id, refused = excluded.refused
            returning inserted_at
            """)
        .param("merchant", fresh.merchantId())
        .param("customer", fresh.customerUid())
        .param("group", group == null ? null : group.groupId())
        .param("refused", group == null ? null : json.writeValueAsString(group.refused()))
        .param("inserted", Timestamp.from(fresh.insertedAt()))
        .query(Timestamp.class)
        .single()
        .toInstant();
  }

  private void forgetOthers(CustomerKey fresh) {
    shards
        .of(fresh.merchantId())
        .sql(
            """
            delete from billing_key
            where merchant_id = :merchant and customer_uid = :customer
              and channel_key <> all(:channels)
            """)
        .param("merchant", fresh.merchantId())
        .param("customer", fresh.customerUid())
        .param("channels", fresh.keys().stream().map(BillingKey::channelKey).toArray(String[]::new))
        .update();
  }

  private void put(BillingKey key) {
    rows.bound(
            shards
                .of(key.merchantId())
                .sql(
                    """
                    insert into billing_key (merchant_id, customer_uid, channel_key, pg_key, owner, card,
                      customer, updated_at, issued_by)
                    values (:merchant, :customer, :channel, :key, :owner, :card::jsonb, :person, :updated,
                      :window)
                    on conflict (merchant_id, customer_uid, channel_key) do update set
                      pg_key = excluded.pg_key, owner = excluded.owner, card = excluded.card,
                      customer = excluded.customer, updated_at = excluded.updated_at,
                      issued_by = excluded.issued_by
                    """),
            key)
        .update();
  }

  Optional<CustomerKey> find(long merchantId, String customerUid) {
    return find(merchantId, List.of(customerUid)).stream().findFirst();
  }

  /** The oldest first. */
  List<CustomerKey> find(long merchantId, List<String> customerUids) {
    Map<String, List<BillingKeyRows.Row>> byCustomer =
        shards
            .of(merchantId)
            .sql(
                """
                select k.*, c.group_id, c.refused, c.inserted_at
                from customer c join billing_key k
                  on k.merchant_id = c.merchant_id and k.customer_uid = c.customer_uid
                where c.merchant_id = :merchant and c.customer_uid = any(:customers)
                order by c.inserted_at, c.customer_uid, k.channel_key
                """)
            .param("merchant", merchantId)
            .param("customers", customerUids.toArray(String[]::new))
            .query(rows::row)
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.key().customerUid(), LinkedHashMap::new, Collectors.toList()));
    return byCustomer.values().stream().map(rows::customerKey).toList();
  }

  /**
   * Forgets these keys, unless they were replaced meanwhile; the customer with the last of them.
   */
  void delete(List<BillingKey> keys) {
    BillingKey any = keys.getFirst();
    shards
        .shard(any.merchantId())
        .transaction()
        .executeWithoutResult(
            status -> {
              lockForDeletion(any);
              keys.forEach(this::delete);
              deleteIfEmpty(any);
            });
  }

  private void lockForDeletion(BillingKey key) {
    shards
        .of(key.merchantId())
        .sql(
            """
            select customer_uid from customer
            where merchant_id = :merchant and customer_uid = :customer for update
            """)
        .param("merchant", key.merchantId())
        .param("customer", key.customerUid())
        .query(String.class)
        .optional();
  }

  private void delete(BillingKey key) {
    shards
        .of(key.merchantId())
        .sql(
            """
            delete from billing_key
            where merchant_id = :merchant and customer_uid = :customer
              and channel_key = :channel and updated_at = :updated
            """)
        .param("merchant", key.merchantId())
        .param("customer", key.customerUid())
        .param("channel", key.channelKey())
        .param("updated", Timestamp.from(key.updatedAt()))
        .update();
  }

  private void deleteIfEmpty(BillingKey key) {
    shards
        .of(key.merchantId())
        .sql(
            """
            delete from customer c
            where c.merchant_id = :merchant and c.customer_uid = :customer
              and not exists (select 1 from billing_key k
                where k.merchant_id = c.merchant_id and k.customer_uid = c.customer_uid)
            """)
        .param("merchant", key.merchantId())
        .param("customer", key.customerUid())
        .update();
  }
}
