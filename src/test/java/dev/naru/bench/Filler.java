package dev.naru.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Payments by the million, copied from a few that the hub has made: with their attempts, cancels,
 * events, ledger lines and webhooks, spread over the year before.
 */
public final class Filler {

  private static final String MERCHANT = "1";
  private static final long BATCH = 200_000;

  /** Of twenty payments one is like the first template, one like the second, all others paid. */
  private static final int KINDS = 20;

  /** Tables with rows of a payment, and of its events. */
  private static final List<String> TABLES =
      List.of("payment", "attempt", "cancellation", "event", "ledger", "delivery", "delivery_try");

  private static final Map<String, String> COLUMNS =
      Map.of(
          "imp_uid",
              "'imps_' || lpad((:first + n * :step)::text, 13, '0') || :slot"
                  + " || lpad((n % 1000000)::text, 6, '0')",
          "merchant_uid", "'rows-' || n",
          "order_id", "'R' || lpad(n::text, 15, '0') || t.no",
          "tid", "case when t.tid is null then null else 'rows-' || n || '-' || t.no end",
          "event_id", "n * 16 + e.rank",
          "cancellation_id", "'rows-' || n || '-' || t.no",
          // What is sealed can be opened as part of one payment only; payments need none of it.
          "buyer", "null",
          "intent", "null",
          "refund", "null",
          // What a row was when the hub wrote it, which it did not.
          "proof", "null");

  private final Connection connection;
  private final long rows;
  private final long first;
  private final long step;
  private final String slot;

  /**
   * @param span from when to now the payments are spread
   */
  public Filler(Connection connection, long rows, Duration span) throws SQLException {
    this.connection = connection;
    this.rows = rows;
    this.first = Instant.now().minus(span).toEpochMilli();
    this.step = Math.max(1, span.toMillis() / rows);
    this.slot =
        "%04d".formatted(Long.parseLong(one("select slot from merchant where merchant_id = 1")));
  }

  /** When the n-th payment was made. */
  public Instant time(long n) {
    return Instant.ofEpochMilli(first + n * step);
  }

  String impUid(long n) {
    return "imps_%013d%s%06d".formatted(first + n * step, slot, n % 1_000_000);
  }

  static String merchantUid(long n) {
    return "rows-" + n;
  }

  /**
   * Takes payments for templates.
   *
   * @param impUids what is rare first; the last one is what most payments are like
   */
  public void fill(List<String> impUids) throws SQLException {
    run("set session_replication_role = replica");
    run("set synchronous_commit = off");
    run("set maintenance_work_mem = '512MB'");
    run("create temp table template (kind int, imp_uid text, started_at timestamptz)");
    run("create temp table numbered (imp_uid text, event_id bigint, rank int)");
    for (int kind = 0; kind < KINDS; kind++) {
      String impUid = impUids.get(Math.min(kind, impUids.size() - 1));
      run(
          "insert into template select %d, imp_uid, started_at from payment where imp_uid = '%s'"
              .formatted(kind, impUid));
    }
    run(
        "insert into numbered select imp_uid, event_id, row_number() over (partition by imp_uid"
            + " order by event_id) from event where imp_uid in (select imp_uid from template)");
    List<String> indexes = dropIndexes();
    for (long from = 1; from <= rows; from += BATCH) {
      for (String table : TABLES) {
        copy(table, from, Math.min(rows, from + BATCH - 1));
      }
    }
    for (String index : indexes) {
      run(index);
    }
    // Nothing counts as seen by all whose commit is not on disk: vacuum would mark no page.
    run("checkpoint");
    run("vacuum analyze");
    run("checkpoint");
  }

  /**
   * Those that are not also constraints: made anew at the end, they cost a tenth. The hub's loops
   * go on with those that say what is due.
   */
  private List<String> dropIndexes() throws SQLException {
    List<String> made = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                select indexname, indexdef from pg_indexes i where schemaname = 'public'
                  and tablename in (%s) and indexname not like '%%due'
                  and not exists (select 1 from pg_constraint where conname = i.indexname)
                """
                    .formatted(
                        TABLES.stream().map("'%s'"::formatted).collect(Collectors.joining(","))))) {
      while (found.next()) {
        names.add(found.getString(1));
        made.add(found.getString(2));
      }
    }
    for (String name : names) {
      run("drop index " + name);
    }
    return made;
  }

  private void copy(String table, long from, long to) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    boolean ofEvent = false;
    try (Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery(
                """
                select column_name, data_type from information_schema.columns
                where table_schema = 'public' and table_name = '%s' and is_generated = 'NEVER'
                """
                    .formatted(table))) {
      while (columns.next()) {
        String name = columns.getString(1);
        names.add(name);
        ofEvent |= name.equals("event_id");
        values.add(value(name, columns.getString(2)));
      }
    }
    String join =
        ofEvent
            ? "join numbered e on e.imp_uid = x.imp_uid join %s t on t.event_id = e.event_id"
            : "join %s t on t.imp_uid = x.imp_uid";
    run(
        "insert into %s (%s) select %s from generate_series(%d::bigint, %d::bigint) n join template x on x.kind = n %% %d %s where t.merchant_id = %s"
            .formatted(
                table,
                String.join(", ", names),
                String.join(", ", values),
                from,
                to,
                KINDS,
                join.formatted(table),
                MERCHANT));
  }

  private String value(String column, String type) {
    String known = COLUMNS.get(column);
    if (known != null) {
      return known
          .replace(":first", Long.toString(first))
          .replace(":step", Long.toString(step))
          .replace(":slot", "'" + slot + "'");
    }
    if (column.equals("due_at")) {
      // The hub looks at some payments again later: not at a million copies of them.
      return "null";
    }
    return type.startsWith("timestamp")
        ? "to_timestamp((%d + n * %d) / 1000.0) + (t.%s - x.started_at)"
            .formatted(first, step, column)
        : "t." + column;
  }

  private String one(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
