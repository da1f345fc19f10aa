package dev.naru.billing;

import dev.naru.connector.Buyer;
import dev.naru.connector.CardInfo;
import dev.naru.connector.PgKey;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of billing keys. The PG's key and the customer are sealed. */
@Repository
class BillingKeyStore {

  private final Shards shards;
  private final Vault vault;
  private final JsonMapper json;

  BillingKeyStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    this.vault = vault;
    this.json = json;
  }

  /**
   * Stores the key; one that the customer_uid had before is forgotten, as V1 does. The time of the
   * first stays.
   *
   * @return the key as it is stored
   */
  BillingKey replace(BillingKey key) {
    Timestamp inserted =
        shards
            .of(key.merchantId())
            .sql(
                """
                with gone as (
                  delete from billing_key
                  where merchant_id = :merchant and customer_uid = :customer
                    and channel_key <> :channel
                  returning inserted_at)
                insert into billing_key (merchant_id, customer_uid, channel_key, pg_key, owner, card,
                  customer, inserted_at, updated_at)
                values (:merchant, :customer, :channel, :key, :owner, :card::jsonb, :person,
                  coalesce((select min(inserted_at) from gone), :inserted), :updated)
                on conflict (merchant_id, customer_uid, channel_key) do update set
                  pg_key = excluded.pg_key, owner = excluded.owner, card = excluded.card,
                  customer = excluded.customer, updated_at = excluded.updated_at
                returning inserted_at
                """)
            .param("merchant", key.merchantId())
            .param("customer", key.customerUid())
            .param("channel", key.channelKey())
            .param("key", vault.seal(key.key().key().reveal(), place("pg_key", key)))
            .param("owner", key.key().owner())
            .param(
                "card", key.key().card() == null ? null : json.writeValueAsString(key.key().card()))
            .param(
                "person",
                vault.seal(json.writeValueAsString(key.customer()), place("customer", key)))
            .param("inserted", Timestamp.from(key.insertedAt()))
            .param("updated", Timestamp.from(key.updatedAt()))
            .query(Timestamp.class)
            .single();
    return key.since(inserted.toInstant());
  }

  Optional<BillingKey> find(long merchantId, String customerUid) {
    return find(merchantId, List.of(customerUid)).stream().findFirst();
  }

  List<BillingKey> find(long merchantId, List<String> customerUids) {
    return shards
        .of(merchantId)
        .sql(
            """
            select * from billing_key
            where merchant_id = :merchant and customer_uid = any(:customers)
            order by inserted_at
            """)
        .param("merchant", merchantId)
        .param("customers", customerUids.toArray(String[]::new))
        .query(this::key)
        .list();
  }

  boolean delete(BillingKey key) {
    return shards
            .of(key.merchantId())
            .sql(
                """
                delete from billing_key
                where merchant_id = :merchant and customer_uid = :customer
                  and channel_key = :channel
                """)
            .param("merchant", key.merchantId())
            .param("customer", key.customerUid())
            .param("channel", key.channelKey())
            .update()
        == 1;
  }

  private BillingKey key(ResultSet row, int n) throws SQLException {
    long merchantId = row.getLong("merchant_id");
    String customerUid = row.getString("customer_uid");
    String channelKey = row.getString("channel_key");
    String card = row.getString("card");
    return new BillingKey(
        merchantId,
        customerUid,
        channelKey,
        new PgKey(
            new Secret(
                vault.open(
                    row.getBytes("pg_key"), place("pg_key", merchantId, customerUid, channelKey))),
            row.getString("owner"),
            card == null ? null : json.readValue(card, CardInfo.class)),
        customer(row.getBytes("customer"), place("customer", merchantId, customerUid, channelKey)),
        row.getTimestamp("inserted_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private Buyer customer(byte @Nullable [] sealed, String place) {
    return sealed == null ? Buyer.NONE : json.readValue(vault.open(sealed, place), Buyer.class);
  }

  private static String place(String column, BillingKey key) {
    return place(column, key.merchantId(), key.customerUid(), key.channelKey());
  }

  private static String place(
      String column, long merchantId, String customerUid, String channelKey) {
    return "billing_key." + column + "/" + merchantId + "/" + customerUid + "/" + channelKey;
  }
}
