package dev.naru.payment.list;

import dev.naru.merchant.Shards;
import dev.naru.payment.list.PaymentTotals.Sum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the list: walks, and sums over them. */
@Repository
class ListingStore {

  /** Newest first; who began at the same time is in the order of ids. */
  private static final Comparator<Passed> NEWEST =
      Comparator.comparing((Passed passed) -> passed.key().at())
          .thenComparing(passed -> passed.key().impUid())
          .reversed();

  private final Shards shards;

  ListingStore(Shards shards) {
    this.shards = shards;
  }

  /** A payment that was passed, and whether it is one of the list. */
  record Passed(long merchantId, PaymentKey key, boolean fits) {}

  /** Some shops, and by which terms each of their payments are found, if by any. */
  record Of(List<Long> merchants, List<Long> terms) {

    static Of all(List<Long> merchants) {
      return new Of(merchants, List.of());
    }
  }

  List<Passed> walk(Walk walk, Of of, PaymentKey after) {
    List<Passed> passed = new ArrayList<>();
    byShard(of)
        .forEach(
            (jdbc, part) ->
                passed.addAll(
                    statement(jdbc, walk.sql(Walk.KEYS), walk, part, after)
                        .query(ListingStore::passed)
                        .list()));
    passed.sort(walk.ascending() ? NEWEST.reversed() : NEWEST);
    return passed.subList(0, Math.min(passed.size(), walk.most()));
  }

  /** Those of the list that have this number, the newest first. */
  List<Passed> byNumber(Walk walk, List<Long> merchants, String number) {
    List<Passed> found = new ArrayList<>();
    PaymentKey any = new PaymentKey(walk.filter().span().to(), "");
    byShard(Of.all(merchants))
        .forEach(
            (jdbc, part) ->
                found.addAll(
                    statement(jdbc, walk.byNumber(), walk, part, any)
                        .param("number", new String[] {number})
                        .query(ListingStore::passed)
                        .list()));
    found.sort(NEWEST);
    return found;
  }

  /** Sums over those of the list that the walk passes. */
  PaymentTotals sums(Walk walk, Of of, PaymentKey after) {
    String sql =
        "select w.fits, w.status, w.partial, w.currency, count(*) as n,"
            + " sum(w.amount)::bigint as gross, sum(w.canceled)::bigint as refunded from ("
            + walk.sql(Walk.SUMS)
            + ") w group by w.fits, w.status, w.partial, w.currency";
    List<Sum> sums = new ArrayList<>();
    long[] passed = {0};
    byShard(of)
        .forEach(
            (jdbc, part) ->
                statement(jdbc, sql, walk, part, after)
                    .query(
                        (ResultSet row) -> {
                          passed[0] += row.getLong("n");
                          if (row.getBoolean("fits")) {
                            sums.add(sum(row));
                          }
                        }));
    return PaymentTotals.of(sums, passed[0] >= walk.most());
  }

  static JdbcClient.StatementSpec statement(
      JdbcClient jdbc, String sql, Walk walk, Of of, PaymentKey after) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(sql)
            .param("merchants", of.merchants().toArray(Long[]::new))
            .param("terms", of.terms().toArray(Long[]::new))
            .param("statuses", walk.stored())
            .param("from", Timestamp.from(walk.filter().span().from()))
            .param("to", Timestamp.from(walk.filter().span().to()))
            .param("at", Timestamp.from(after.at()))
            .param("uid", after.impUid());
    for (Map.Entry<String, Object> argument : walk.arguments().entrySet()) {
      statement = statement.param(argument.getKey(), argument.getValue());
    }
    return statement;
  }

  private Map<JdbcClient, Of> byShard(Of of) {
    Map<JdbcClient, Of> parts = new LinkedHashMap<>();
    for (int i = 0; i < of.merchants().size(); i++) {
      long merchant = of.merchants().get(i);
      Of part =
          parts.computeIfAbsent(
              shards.of(merchant), _ -> new Of(new ArrayList<>(), new ArrayList<>()));
      part.merchants().add(merchant);
      if (!of.terms().isEmpty()) {
        part.terms().add(of.terms().get(i));
      }
    }
    return parts;
  }

  private static Passed passed(ResultSet row, int n) throws SQLException {
    return new Passed(
        row.getLong("merchant_id"),
        new PaymentKey(row.getTimestamp("at").toInstant(), row.getString("imp_uid")),
        row.getBoolean("fits"));
  }

  private static Sum sum(ResultSet row) throws SQLException {
    return new Sum(
        row.getString("status"),
        row.getBoolean("partial"),
        row.getString("currency"),
        row.getLong("n"),
        row.getLong("gross"),
        row.getLong("refunded"));
  }
}
