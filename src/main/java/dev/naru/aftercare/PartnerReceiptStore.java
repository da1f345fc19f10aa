package dev.naru.aftercare;

import dev.naru.aftercare.PartnerReceipt.State;
import dev.naru.connector.aftercare.PartnerOrder;
import dev.naru.connector.aftercare.PartnerOrder.Share;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import dev.naru.payment.Payment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of partners' receipts. Who shares a payment is sealed. */
@Repository
class PartnerReceiptStore {

  private static final TypeReference<List<Kept>> KEPT = new TypeReference<>() {};

  /** A share as it is kept, in won. */
  private record Kept(String number, String company, long amount, long free, @Nullable Long vat) {

    static Kept of(Share share) {
      return new Kept(
          share.businessNumber(),
          share.company(),
          share.amount().minor(),
          share.tax().free(),
          share.tax().vat());
    }

    Share share() {
      return new Share(number, company, Money.krw(amount), new Tax(free, vat));
    }
  }

  private final Shards shards;
  private final Vault vault;
  private final JsonMapper json;

  PartnerReceiptStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    this.vault = vault;
    this.json = json;
  }

  /** All requests about a payment, the oldest first. */
  List<PartnerReceipt> of(Payment payment) {
    return shards
        .of(payment.merchantId())
        .sql(
            """
            select * from partner_receipt
            where merchant_id = :merchant and imp_uid = :uid order by no
            """)
        .param("merchant", payment.merchantId())
        .param("uid", payment.impUid().value())
        .query(this::receipt)
        .list();
  }

  /**
   * Commits that the PG is about to be asked.
   *
   * @param payment as it was read
   * @return false if the payment or the requests about it were changed meanwhile
   */
  boolean insert(PartnerReceipt calling, Payment payment, Instant now) {
    try {
      return shards
              .of(calling.merchantId())
              .sql(
                  """
                  insert into partner_receipt (merchant_id, imp_uid, no, request_id, channel_key,
                    amount, shares, state, called_at, busy_until)
                  select :merchant, :uid, :no, :id, :channel, :amount, :shares, 'calling', :now,
                    :until
                  where exists (select 1 from payment
                    where merchant_id = :merchant and imp_uid = :uid and version = :version)
                  """)
              .param("merchant", calling.merchantId())
              .param("uid", calling.impUid())
              .param("no", calling.no())
              .param("id", calling.id())
              .param("channel", calling.channelKey())
              .param("amount", calling.amount().minor())
              .param("shares", seal(calling))
              .param("now", Timestamp.from(now))
              .param("until", Timestamp.from(calling.busyUntil()))
              .param("version", payment.version())
              .update()
          == 1;
    } catch (DuplicateKeyException another) {
      return false;
    }
  }

  /**
   * Takes one that has no answer, to ask for it again.
   *
   * @param until when the lease of the call is over
   * @return false if somebody else is asking, or has the answer
   */
  boolean resume(PartnerReceipt open, Instant now, Instant until) {
    return shards
            .of(open.merchantId())
            .sql(
                """
                update partner_receipt set state = 'calling', busy_until = :until
                where merchant_id = :merchant and imp_uid = :uid and no = :no
                  and state in ('calling', 'unknown') and busy_until <= :now
                """)
            .param("merchant", open.merchantId())
            .param("uid", open.impUid())
            .param("no", open.no())
            .param("now", Timestamp.from(now))
            .param("until", Timestamp.from(until))
            .update()
        == 1;
  }

  /**
   * Writes what came of a call.
   *
   * @param issued null unless it was
   */
  void end(
      PartnerReceipt called,
      State end,
      PartnerOrder.@Nullable Issued issued,
      @Nullable String why,
      Instant now) {
    shards
        .of(called.merchantId())
        .sql(
            """
            update partner_receipt set state = :state, tid = :tid, url = :url, why = :why,
              busy_until = :now, done_at = :done
            where merchant_id = :merchant and imp_uid = :uid and no = :no
              and state in ('calling', 'unknown')
            """)
        .param("merchant", called.merchantId())
        .param("uid", called.impUid())
        .param("no", called.no())
        .param("state", end.name().toLowerCase(Locale.ROOT))
        .param("tid", issued == null ? null : issued.ref().tid(), Types.VARCHAR)
        .param("url", issued == null ? null : issued.url(), Types.VARCHAR)
        .param("why", why, Types.VARCHAR)
        .param("now", Timestamp.from(now))
        .param("done", end == State.UNKNOWN ? null : Timestamp.from(now), Types.TIMESTAMP)
        .update();
  }

  private PartnerReceipt receipt(ResultSet row, int n) throws SQLException {
    long merchantId = row.getLong("merchant_id");
    String id = row.getString("request_id");
    return new PartnerReceipt(
        merchantId,
        row.getString("imp_uid"),
        row.getInt("no"),
        id,
        row.getString("channel_key"),
        json.readValue(vault.open(row.getBytes("shares"), place(merchantId, id)), KEPT).stream()
            .map(Kept::share)
            .toList(),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("url"),
        row.getTimestamp("busy_until").toInstant());
  }

  private byte[] seal(PartnerReceipt receipt) {
    return vault.seal(
        json.writeValueAsString(receipt.shares().stream().map(Kept::of).toList()),
        place(receipt.merchantId(), receipt.id()));
  }

  private static String place(long merchantId, String id) {
    return "partner_receipt.shares/" + merchantId + "/" + id;
  }
}
