package dev.naru.billing;

import dev.naru.billing.key.BillingKey;
import dev.naru.billing.key.CustomerKey;
import dev.naru.billing.key.SuperKey;
import dev.naru.connector.CardInfo;
import dev.naru.connector.PgKey;
import dev.naru.connector.order.Buyer;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.json.JsonMapper;

/** Between billing keys and their rows. The PG's key and the customer are sealed on the way. */
record BillingKeyRows(Vault vault, JsonMapper json) {

  /** A key, and what its customer's row says. */
  record Row(BillingKey key, @Nullable String groupId, @Nullable String refused) {}

  /** The columns of a key. */
  StatementSpec bound(StatementSpec sql, BillingKey key) {
    return sql.param("merchant", key.merchantId())
        .param("customer", key.customerUid())
        .param("channel", key.channelKey())
        .param("key", vault.seal(key.key().key().reveal(), place("pg_key", key)))
        .param("owner", key.key().owner())
        .param("card", key.key().card() == null ? null : json.writeValueAsString(key.key().card()))
        .param(
            "person", vault.seal(json.writeValueAsString(key.customer()), place("customer", key)))
        .param("updated", Timestamp.from(key.updatedAt()))
        .param("window", key.issuedBy() == null ? null : key.issuedBy().value());
  }

  Row row(ResultSet row, int n) throws SQLException {
    return new Row(key(row), row.getString("group_id"), row.getString("refused"));
  }

  /** What a customer_uid stands for, by all its rows. */
  CustomerKey customerKey(List<Row> rows) {
    Row any = rows.getFirst();
    return any.groupId() == null
        ? any.key()
        : new SuperKey(
            any.groupId(),
            rows.stream().map(Row::key).toList(),
            List.of(json.readValue(any.refused(), SuperKey.Refused[].class)));
  }

  private BillingKey key(ResultSet row) throws SQLException {
    long merchantId = row.getLong("merchant_id");
    String customerUid = row.getString("customer_uid");
    String channelKey = row.getString("channel_key");
    String card = row.getString("card");
    String window = row.getString("issued_by");
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
        row.getTimestamp("updated_at").toInstant(),
        window == null ? null : new ImpUid(window));
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
