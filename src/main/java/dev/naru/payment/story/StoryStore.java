package dev.naru.payment.story;

import dev.naru.attention.What;
import dev.naru.merchant.Shards;
import dev.naru.payment.Attempt;
import dev.naru.payment.Event;
import dev.naru.payment.Payment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of what is kept about one payment beside itself. */
@Repository
class StoryStore {

  /** A payment whose outcome is looked for all day has many; the first and the last tell it. */
  private static final int MOST_CALLS = 500;

  private final Shards shards;
  private final JsonMapper json = JsonMapper.shared();

  StoryStore(Shards shards) {
    this.shards = shards;
  }

  /** What the hub concluded. */
  record Happened(long id, Event.Kind kind, Instant at, Map<String, String> data) {}

  /** What was said to a PG, scrubbed. */
  record Call(
      long id,
      Instant at,
      long millis,
      String method,
      String url,
      String request,
      int status,
      String answer) {}

  /** A line of the ledger. */
  record Posting(
      long eventId,
      int line,
      Instant at,
      String debit,
      String credit,
      long amount,
      String currency) {}

  /** What a person had to look at. */
  record Raised(
      long id,
      What what,
      String why,
      Instant since,
      @Nullable Instant settledAt,
      @Nullable Closed closed) {}

  /** Who closed it by hand, and why. */
  record Closed(String by, String why) {}

  List<Happened> events(Payment payment) {
    return of(
        payment,
        """
        select event_id, kind, at, data from event
        where merchant_id = :merchant and imp_uid = :uid order by event_id
        """,
        (row, n) ->
            new Happened(
                row.getLong("event_id"),
                Event.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getTimestamp("at").toInstant(),
                json.readValue(
                    row.getString("data"), new TypeReference<Map<String, String>>() {})));
  }

  /** By the order ids of its attempts; the last ones, if they are very many. */
  List<Call> calls(Payment payment) {
    return shards
        .of(payment.merchantId())
        .sql(
            """
            select wire_id, at, millis, method, url, request, status, answer from wire_log
            where merchant_id = :merchant and order_id = any(:orders)
            order by wire_id desc limit :most
            """)
        .param("merchant", payment.merchantId())
        .param("orders", payment.attempts().stream().map(Attempt::orderId).toArray(String[]::new))
        .param("most", MOST_CALLS)
        .query(StoryStore::call)
        .list();
  }

  List<Posting> ledger(Payment payment) {
    return of(
        payment,
        """
        select l.event_id, l.line, e.at, l.debit, l.credit, l.amount, l.currency
        from ledger l join event e on e.merchant_id = l.merchant_id and e.event_id = l.event_id
        where l.merchant_id = :merchant and l.imp_uid = :uid
        order by l.event_id, l.line
        """,
        (row, n) ->
            new Posting(
                row.getLong("event_id"),
                row.getInt("line"),
                row.getTimestamp("at").toInstant(),
                row.getString("debit"),
                row.getString("credit"),
                row.getLong("amount"),
                row.getString("currency")));
  }

  List<Raised> matters(Payment payment) {
    return of(
        payment,
        """
        select matter_id, what, why, since, settled_at, closed_by, closed_why from attention
        where merchant_id = :merchant and what = any(:kinds) and about = :uid
        """,
        (row, n) -> {
          Timestamp settled = row.getTimestamp("settled_at");
          String by = row.getString("closed_by");
          String why = row.getString("closed_why");
          return new Raised(
              row.getLong("matter_id"),
              What.valueOf(row.getString("what")),
              row.getString("why"),
              row.getTimestamp("since").toInstant(),
              settled == null ? null : settled.toInstant(),
              by == null ? null : new Closed(by, why == null ? "-" : why));
        });
  }

  Optional<Instant> prepared(Payment payment) {
    return of(
            payment,
            """
            select prepared_at from prepared
            where merchant_id = :merchant and merchant_uid = :order
            """,
            (row, n) -> row.getTimestamp("prepared_at").toInstant())
        .stream()
        .findFirst();
  }

  private <T> List<T> of(Payment payment, String sql, RowMapper<T> row) {
    JdbcClient.StatementSpec statement =
        shards.of(payment.merchantId()).sql(sql).param("merchant", payment.merchantId());
    return statement
        .param("uid", payment.impUid().value())
        .param("order", payment.purchase().merchantUid())
        .param("kinds", Arrays.stream(What.values()).map(What::name).toArray(String[]::new))
        .query(row)
        .list();
  }

  private static Call call(ResultSet row, int n) throws SQLException {
    return new Call(
        row.getLong("wire_id"),
        row.getTimestamp("at").toInstant(),
        row.getLong("millis"),
        row.getString("method"),
        row.getString("url"),
        row.getString("request"),
        row.getInt("status"),
        row.getString("answer"));
  }
}
