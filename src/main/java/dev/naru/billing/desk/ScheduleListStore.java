package dev.naru.billing.desk;

import dev.naru.billing.desk.ScheduleFilter.Tab;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of lists of schedules. A page walks the index of the time by which it is sorted. */
@Repository
class ScheduleListStore {

  private static final String TAB =
      """
      case when s.state = 'scheduled' then 'SCHEDULED' when s.state = 'revoked' then 'REVOKED'
        when p.state = 'failed' then 'FAILED' else 'SUCCEEDED' end\
      """;

  private static final String SCHEDULES =
      """
      from schedule s
      left join payment p on p.merchant_id = s.merchant_id and p.imp_uid = s.imp_uid
      """;

  /** In an order that is the same everywhere, and the index's. */
  private static final String NAME = "s.merchant_uid collate \"C\"";

  private static final Comparator<Passed> OLDEST =
      Comparator.comparing((Passed passed) -> passed.place().at())
          .thenComparing(passed -> passed.place().name())
          .thenComparingLong(passed -> passed.place().merchantId());

  private final Shards shards;

  ScheduleListStore(Shards shards) {
    this.shards = shards;
  }

  /** A schedule that was passed, and whether it is one of the list. */
  record Passed(ListPlace place, Tab tab, boolean fits) {}

  /** What some schedules of a day come to. */
  record Sum(LocalDate day, Tab tab, String currency, long count, long amount) {}

  List<Passed> walk(Collection<Long> merchants, ScheduleFilter filter, ListPlace after, int most) {
    List<Passed> passed = new ArrayList<>();
    byShard(merchants)
        .forEach(
            (jdbc, part) ->
                passed.addAll(
                    bound(jdbc.sql(sql(filter)), part, filter, after, most)
                        .query(ScheduleListStore::passed)
                        .list()));
    passed.sort(filter.oldestFirst() ? OLDEST : OLDEST.reversed());
    return passed.subList(0, Math.min(passed.size(), most));
  }

  /** How many of those passed are at which tab, whatever the filter's own is. */
  Map<Tab, Long> counts(
      Collection<Long> merchants, ScheduleFilter filter, ListPlace start, int most) {
    Map<Tab, Long> counts = new EnumMap<>(Tab.class);
    walk(merchants, filter.at(Tab.ALL), start, most).stream()
        .filter(Passed::fits)
        .forEach(passed -> counts.merge(passed.tab(), 1L, Long::sum));
    return counts;
  }

  List<Sum> sums(Collection<Long> merchants, Instant from, Instant to) {
    List<Sum> sums = new ArrayList<>();
    byShard(merchants)
        .forEach(
            (jdbc, part) ->
                sums.addAll(
                    jdbc.sql(
                            "select (s.status_at at time zone 'Asia/Seoul')::date as day, "
                                + TAB
                                + " as tab, s.currency, count(*) as n, sum(s.amount)::bigint as won "
                                + SCHEDULES
                                + """
                                where s.merchant_id = any(:merchants) and s.status_at >= :from
                                  and s.status_at < :to
                                group by 1, 2, 3
                                """)
                        .param("merchants", part.toArray(Long[]::new))
                        .param("from", Timestamp.from(from))
                        .param("to", Timestamp.from(to))
                        .query(ScheduleListStore::sum)
                        .list()));
    return sums;
  }

  Instant createdAt(long merchantId, String merchantUid) {
    return shards
        .of(merchantId)
        .sql(
            """
            select created_at from schedule
            where merchant_id = :merchant and merchant_uid = :merchantUid
            """)
        .param("merchant", merchantId)
        .param("merchantUid", merchantUid)
        .query(Timestamp.class)
        .single()
        .toInstant();
  }

  static String sql(ScheduleFilter filter) {
    String at = "s." + filter.basis().column();
    String order = filter.oldestFirst() ? "" : " desc";
    String than = filter.oldestFirst() ? ">" : "<";
    return """
        select w.* from unnest(:merchants) m(id) cross join lateral (
          select s.merchant_id, s.merchant_uid, %1$s as at, %4$s as tab,
            (:tab = 'ALL' or :tab = %4$s) and (:anyPg or s.pg = any(:pgs)) and %5$s as fits
          %6$s where s.merchant_id = m.id and %1$s >= :from and %1$s < :to
            and (%1$s, %7$s) %3$s= (:at, :name)
            and (%1$s, %7$s, s.merchant_id) %3$s (:at, :name, :whose)
          order by %1$s%2$s, %7$s%2$s limit :most) w
        order by w.at%2$s, w.merchant_uid collate "C"%2$s, w.merchant_id%2$s limit :most
        """
        .formatted(at, order, than, TAB, search(filter), SCHEDULES, NAME);
  }

  private static String search(ScheduleFilter filter) {
    if (filter.plain() == null) {
      return "true";
    }
    String order = "starts_with(s.merchant_uid, :text)";
    String customer = "starts_with(s.customer_uid, :text)";
    String name = "strpos(lower(s.name), lower(:text)) > 0";
    return switch (filter.field()) {
      case ORDER -> order;
      case CUSTOMER_UID -> customer;
      case NAME -> name;
      default -> "(" + String.join(" or ", order, customer, name) + ")";
    };
  }

  static JdbcClient.StatementSpec bound(
      JdbcClient.StatementSpec statement,
      List<Long> merchants,
      ScheduleFilter filter,
      ListPlace after,
      int most) {
    String text = filter.plain();
    JdbcClient.StatementSpec bound =
        statement
            .param("merchants", merchants.toArray(Long[]::new))
            .param("tab", filter.tab().name())
            .param("anyPg", filter.pgs().isEmpty())
            .param("pgs", filter.pgs().toArray(String[]::new))
            .param("from", Timestamp.from(filter.from()))
            .param("to", Timestamp.from(filter.to()))
            .param("at", Timestamp.from(after.at()))
            .param("name", after.name())
            .param("whose", after.merchantId())
            .param("most", most);
    return text == null ? bound : bound.param("text", text);
  }

  private Map<JdbcClient, List<Long>> byShard(Collection<Long> merchants) {
    Map<JdbcClient, List<Long>> parts = new LinkedHashMap<>();
    for (long merchant : merchants) {
      parts.computeIfAbsent(shards.of(merchant), _ -> new ArrayList<>()).add(merchant);
    }
    return parts;
  }

  private static Passed passed(ResultSet row, int n) throws SQLException {
    return new Passed(
        new ListPlace(
            row.getTimestamp("at").toInstant(),
            row.getString("merchant_uid"),
            row.getLong("merchant_id")),
        Tab.valueOf(row.getString("tab")),
        row.getBoolean("fits"));
  }

  private static Sum sum(ResultSet row, int n) throws SQLException {
    return new Sum(
        row.getObject("day", LocalDate.class),
        Tab.valueOf(row.getString("tab")),
        row.getString("currency"),
        row.getLong("n"),
        row.getLong("won"));
  }
}
