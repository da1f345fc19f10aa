package dev.naru.sandbox.demo;

import dev.naru.kernel.Money;
import dev.naru.merchant.Shards;
import dev.naru.sandbox.SandboxOnly;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Repository;

/** What happened to the demo shop's payments, and which webhooks were sent because of it. */
@Repository
@Conditional(SandboxOnly.class)
class DemoFeedStore {

  private static final String HAPPENED =
      """
      select e.event_id, e.imp_uid, e.kind, e.status, e.at, p.merchant_uid, p.amount, p.currency
      from event e
      join payment p on p.merchant_id = e.merchant_id and p.imp_uid = e.imp_uid
      where e.merchant_id = :merchant and e.event_id > :after
      order by e.event_id limit :most
      """;

  private static final String SENT =
      """
      select t.event_id, t.no, t.try, t.at, t.millis, t.status as http, t.answer, d.url,
        e.imp_uid, e.status, p.merchant_uid,
        case when e.kind = 'canceled' then e.data ->> 'cancellation_id' end as cancellation_id
      from delivery_try t
      join delivery d on d.merchant_id = t.merchant_id and d.event_id = t.event_id and d.no = t.no
      join event e on e.merchant_id = t.merchant_id and e.event_id = t.event_id
      join payment p on p.merchant_id = e.merchant_id and p.imp_uid = e.imp_uid
      where t.merchant_id = :merchant and t.event_id > :after and t.event_id <= :until
      order by t.at, t.event_id, t.no, t.try
      """;

  /**
   * One thing to tell.
   *
   * @param id the same on every node and after every restart
   * @param at the hub's time
   * @param type {@code payment} or {@code webhook}
   */
  record Item(String id, long eventId, Instant at, String type, Map<String, Object> data) {}

  private final Shards shards;

  DemoFeedStore(Shards shards) {
    this.shards = shards;
  }

  /** The event that has {@code newer} events after it; 0 if there are not so many. */
  long before(int newer) {
    return shards
        .of(DemoShop.ID)
        .sql(
            """
            select event_id from event
            where merchant_id = :merchant order by event_id desc offset :newer limit 1
            """)
        .param("merchant", DemoShop.ID)
        .param("newer", newer)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** The events after one, oldest first. */
  List<Item> happened(long after, int most) {
    return shards
        .of(DemoShop.ID)
        .sql(HAPPENED)
        .param("merchant", DemoShop.ID)
        .param("after", after)
        .param("most", most)
        .query(DemoFeedStore::happened)
        .list();
  }

  /** The tries that came to an end of these events' webhooks, the last one included. */
  List<Item> sent(long after, long until) {
    return shards
        .of(DemoShop.ID)
        .sql(SENT)
        .param("merchant", DemoShop.ID)
        .param("after", after)
        .param("until", until)
        .query(DemoFeedStore::sent)
        .list();
  }

  private static Item happened(ResultSet row, int n) throws SQLException {
    Money amount =
        new Money(row.getLong("amount"), Currency.getInstance(row.getString("currency")));
    Map<String, Object> data = payment(row);
    data.put("kind", row.getString("kind"));
    data.put("amount", amount.major());
    data.put("currency", amount.currency().getCurrencyCode());
    long eventId = row.getLong("event_id");
    return item("e" + eventId, row, "payment", data, row.getTimestamp("at").toInstant());
  }

  private static Item sent(ResultSet row, int n) throws SQLException {
    Map<String, Object> data = payment(row);
    if (row.getString("cancellation_id") != null) {
      data.put("cancellation_id", row.getString("cancellation_id"));
    }
    data.put("url", row.getString("url"));
    data.put("try", row.getInt("try"));
    data.put("http", row.getInt("http"));
    data.put("answer", row.getString("answer"));
    data.put("millis", row.getLong("millis"));
    String id = "w%d.%d.%d".formatted(row.getLong("event_id"), row.getInt("no"), row.getInt("try"));
    Instant ended = row.getTimestamp("at").toInstant().plusMillis(row.getLong("millis"));
    return item(id, row, "webhook", data, ended);
  }

  private static Map<String, Object> payment(ResultSet row) throws SQLException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("imp_uid", row.getString("imp_uid"));
    data.put("merchant_uid", row.getString("merchant_uid"));
    data.put("status", row.getString("status"));
    return data;
  }

  private static Item item(
      String id, ResultSet row, String type, Map<String, Object> data, Instant at)
      throws SQLException {
    data.put("at", at.toString());
    return new Item(id, row.getLong("event_id"), at, type, data);
  }
}
