package dev.naru.payment.notice;

import dev.naru.merchant.Shards;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Repository;

/** The SQL of the notices that concerned payments. */
@Repository
class NoticeStore {

  /** Anybody may post to a channel's address: of one order no more are kept. */
  private static final int MOST = 200;

  private final Shards shards;

  NoticeStore(Shards shards) {
    this.shards = shards;
  }

  void keep(long merchantId, Heard heard) {
    shards
        .of(merchantId)
        .sql(
            """
            insert into notice_log (merchant_id, notice_id, order_id, at, channel_key, sender, kind,
              body, outcome, why)
            select :merchant, :id, :order, :at, :channel, :sender, :kind, :body, :outcome, :why
            where (select count(*) from notice_log
              where merchant_id = :merchant and order_id = :order) < :most
            """)
        .param("merchant", merchantId)
        .param("id", heard.id())
        .param("order", heard.orderId())
        .param("at", Timestamp.from(heard.at()))
        .param("channel", heard.channelKey())
        .param("sender", heard.sender())
        .param("kind", heard.kind().name())
        .param("body", heard.body())
        .param("outcome", heard.outcome().name().toLowerCase(Locale.ROOT))
        .param("why", heard.why())
        .param("most", MOST)
        .update();
  }

  /** Those that were about one of its attempts. */
  List<Heard> of(Payment payment) {
    return shards
        .of(payment.merchantId())
        .sql(
            """
            select notice_id, order_id, at, channel_key, sender, kind, body, outcome, why
            from notice_log where merchant_id = :merchant and order_id = any(:orders)
            order by notice_id
            """)
        .param("merchant", payment.merchantId())
        .param("orders", payment.attempts().stream().map(Attempt::orderId).toArray(String[]::new))
        .query(NoticeStore::heard)
        .list();
  }

  private static Heard heard(ResultSet row, int n) throws SQLException {
    return new Heard(
        row.getLong("notice_id"),
        row.getString("order_id"),
        row.getTimestamp("at").toInstant(),
        row.getString("channel_key"),
        row.getString("sender"),
        Heard.Kind.valueOf(row.getString("kind")),
        row.getString("body"),
        Heard.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
        row.getString("why"));
  }
}
