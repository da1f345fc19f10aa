package dev.naru.billing.desk;

import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of lists of billing keys: walked by the index of when they were made. */
@Repository
class KeyListStore {

  private static final Comparator<Place> NEWEST =
      Comparator.comparing((Place place) -> place.at().at())
          .thenComparing(place -> place.at().name())
          .thenComparingLong(place -> place.at().merchantId())
          .reversed();

  private final Shards shards;

  KeyListStore(Shards shards) {
    this.shards = shards;
  }

  /** A customer_uid, and what it is used for. */
  record Place(ListPlace at, @Nullable Instant usedAt, long waiting) {}

  /** What a customer_uid is used for. */
  record Use(@Nullable Instant usedAt, long waiting) {}

  List<Place> page(Collection<Long> merchants, String begin, ListPlace after, int most) {
    Map<JdbcClient, List<Long>> parts = new LinkedHashMap<>();
    for (long merchant : merchants) {
      parts.computeIfAbsent(shards.of(merchant), _ -> new ArrayList<>()).add(merchant);
    }
    List<Place> places = new ArrayList<>();
    parts.forEach((jdbc, part) -> places.addAll(page(jdbc, part, begin, after, most)));
    places.sort(NEWEST);
    return places.subList(0, Math.min(places.size(), most));
  }

  private static List<Place> page(
      JdbcClient jdbc, List<Long> merchants, String begin, ListPlace after, int most) {
    return jdbc.sql(
            """
            select c.*, (
                select max(p.started_at) from payment p
                where p.merchant_id = c.merchant_id and p.customer_uid = c.customer_uid) as used_at, (
                select count(*) from schedule s
                where s.merchant_id = c.merchant_id and s.customer_uid = c.customer_uid
                  and s.state = 'scheduled') as waiting
            from unnest(:merchants) m(id) cross join lateral (
              select merchant_id, customer_uid, inserted_at from customer
              where merchant_id = m.id and starts_with(customer_uid, :begin)
                and (inserted_at, customer_uid collate "C") <= (:at, :name)
                and (inserted_at, customer_uid collate "C", merchant_id) < (:at, :name, :whose)
              order by inserted_at desc, customer_uid collate "C" desc limit :most) c
            order by c.inserted_at desc, c.customer_uid collate "C" desc, c.merchant_id desc
            limit :most
            """)
        .param("merchants", merchants.toArray(Long[]::new))
        .param("begin", begin)
        .param("at", Timestamp.from(after.at()))
        .param("name", after.name())
        .param("whose", after.merchantId())
        .param("most", most)
        .query(KeyListStore::place)
        .list();
  }

  Use use(long merchantId, String customerUid) {
    return shards
        .of(merchantId)
        .sql(
            """
            select (
                select max(started_at) from payment
                where merchant_id = :merchant and customer_uid = :customer) as used_at, (
                select count(*) from schedule
                where merchant_id = :merchant and customer_uid = :customer
                  and state = 'scheduled') as waiting
            """)
        .param("merchant", merchantId)
        .param("customer", customerUid)
        .query(KeyListStore::use)
        .single();
  }

  private static Place place(ResultSet row, int n) throws SQLException {
    Use use = use(row, n);
    return new Place(
        new ListPlace(
            row.getTimestamp("inserted_at").toInstant(),
            row.getString("customer_uid"),
            row.getLong("merchant_id")),
        use.usedAt(),
        use.waiting());
  }

  private static Use use(ResultSet row, int n) throws SQLException {
    Timestamp used = row.getTimestamp("used_at");
    return new Use(used == null ? null : used.toInstant(), row.getLong("waiting"));
  }
}
