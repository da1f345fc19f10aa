package dev.naru.payment.list;

import dev.naru.payment.list.PaymentFilter.Basis;
import dev.naru.payment.list.PaymentFilter.Status;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The statement that walks payments in the order of a list, newest or oldest first, for no more
 * than a number of them, and says of each whether the filter takes it. The walk itself follows an
 * index: of a status, of a time, or of a term. What no index knows is read of those passed.
 *
 * @param condition of the payments passed; nothing if the index says it all
 * @param terms whether what is walked is found by terms
 */
record Walk(
    PaymentFilter filter, Conditions condition, boolean terms, boolean ascending, int most) {

  /** What is read of each payment for a list. */
  static final String KEYS = "";

  /** What is read besides to add them up. */
  static final String SUMS =
      ", p.status, p.canceled < p.amount as partial, p.currency, p.amount, p.canceled";

  static Walk of(PaymentFilter filter, @Nullable Sought search, boolean ascending) {
    return new Walk(
        filter, Conditions.of(filter, search), search != null && search.isByTerms(), ascending, 1);
  }

  /** The same for another number. */
  Walk passing(int number) {
    return new Walk(filter, condition, terms, ascending, number);
  }

  /** In how many places of indexes it walks at once, for so many shops. */
  int places(int shops) {
    return shops * Math.max(1, stored().length);
  }

  /** Whether a payment that is passed may be none of the list. */
  boolean mayPass() {
    return terms || !condition.isNone();
  }

  String[] stored() {
    TreeSet<String> stored = new TreeSet<>();
    for (Status status : filter.statuses()) {
      stored.add(status.stored());
    }
    return stored.toArray(String[]::new);
  }

  /** Its arguments beside shops, terms and the place where it begins. */
  Map<String, Object> arguments() {
    return condition.arguments();
  }

  /**
   * Its statement.
   *
   * @param more {@link #KEYS} or {@link #SUMS}
   */
  String sql(String more) {
    return terms ? byTerms() : byTime(more);
  }

  private String byTime(String more) {
    boolean some = stored().length > 0;
    String time = filter.span().basis() == Basis.STATUS ? "p.status_at" : "p.started_at";
    String order = "%s" + direction() + ", %s" + direction() + " limit " + most;
    return """
        select x.* from unnest(:merchants::bigint[]) as m(merchant_id)%s
        cross join lateral (
          select p.merchant_id, p.imp_uid, %s as at, %s as fits%s
          from payment p
          where p.merchant_id = m.merchant_id%s
            and %s >= :from and %s < :to and (%s, p.imp_uid) %s (:at, :uid)
          order by %s) x
        order by %s
        """
        .formatted(
            some ? "\ncross join unnest(:statuses::text[]) as s(status)" : "",
            time,
            condition.sql(),
            more,
            some ? " and p.status = s.status" : "",
            time,
            time,
            time,
            comparison(),
            order.formatted(time, "p.imp_uid"),
            order.formatted("x.at", "x.imp_uid"));
  }

  private String byTerms() {
    String order = "at" + direction() + ", imp_uid" + direction();
    return """
        select x.merchant_id, x.imp_uid, x.at, coalesce(%s, false) as fits
        from (
          select distinct t.merchant_id, t.imp_uid, t.at
          from unnest(:merchants::bigint[], :terms::bigint[]) as m(merchant_id, term)
          cross join lateral (
            select merchant_id, imp_uid, at from payment_term
            where merchant_id = m.merchant_id and term = m.term and at < :to
              and (at, imp_uid) %s (:at, :uid)
            order by %s limit %d) t
          order by %s limit %d) x
        left join payment p on p.merchant_id = x.merchant_id and p.imp_uid = x.imp_uid
        order by %s
        """
        .formatted(condition.sql(), comparison(), order, most, order, most, order);
  }

  /** Those that have a number wholly: an imp_uid or a merchant_uid. They need no terms. */
  String byNumber() {
    return """
        select p.merchant_id, p.imp_uid, p.started_at as at, %s as fits
        from payment p
        where p.merchant_id = any(:merchants) and p.imp_uid = any(:number::text[] || array(
          select imp_uid from payment
          where merchant_id = any(:merchants) and merchant_uid = any(:number::text[])
          order by started_at desc limit 100))
        """
        .formatted(condition.sql());
  }

  private String comparison() {
    return ascending ? ">" : "<";
  }

  private String direction() {
    return ascending ? "" : " desc";
  }
}
