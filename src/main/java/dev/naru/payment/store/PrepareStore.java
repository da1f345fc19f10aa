package dev.naru.payment.store;

import dev.naru.kernel.Money;
import dev.naru.merchant.Shards;
import dev.naru.payment.flow.Prepares;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of registered amounts. */
@Repository
public class PrepareStore {

  private final Shards shards;

  PrepareStore(Shards shards) {
    this.shards = shards;
  }

  public boolean insert(long merchantId, Prepares.Prepared prepared, Instant now) {
    return write(
        """
        insert into prepared (merchant_id, merchant_uid, amount, currency, prepared_at)
        values (:merchant, :merchantUid, :amount, :currency, :now)
        on conflict do nothing
        """,
        merchantId,
        prepared,
        now);
  }

  public boolean update(long merchantId, Prepares.Prepared prepared, Instant now) {
    return write(
        """
        update prepared set amount = :amount, currency = :currency, prepared_at = :now
        where merchant_id = :merchant and merchant_uid = :merchantUid
        """,
        merchantId,
        prepared,
        now);
  }

  public Optional<Prepares.Prepared> find(long merchantId, String merchantUid) {
    return shards
        .of(merchantId)
        .sql(
            """
            select merchant_uid, amount, currency from prepared
            where merchant_id = :merchant and merchant_uid = :merchantUid
            """)
        .param("merchant", merchantId)
        .param("merchantUid", merchantUid)
        .query(PrepareStore::prepared)
        .optional();
  }

  private boolean write(String sql, long merchantId, Prepares.Prepared prepared, Instant now) {
    JdbcClient.StatementSpec bound =
        shards
            .of(merchantId)
            .sql(sql)
            .param("merchant", merchantId)
            .param("merchantUid", prepared.merchantUid())
            .param("amount", prepared.amount().minor())
            .param(
                "currency",
                prepared.currency() == null ? null : prepared.currency().getCurrencyCode())
            .param("now", Timestamp.from(now));
    return bound.update() == 1;
  }

  private static Prepares.Prepared prepared(ResultSet row, int n) throws SQLException {
    String code = row.getString("currency");
    Currency currency = code == null ? null : Currency.getInstance(code);
    return new Prepares.Prepared(
        row.getString("merchant_uid"),
        new Money(row.getLong("amount"), currency == null ? Money.KRW : currency),
        currency);
  }
}
