package dev.naru.billing;

import dev.naru.merchant.Shards;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of when each merchant's failures are charged again: part of a global table. */
@Repository
class RecoveryStore {

  private final JdbcClient jdbc;

  RecoveryStore(Shards shards) {
    jdbc = shards.global();
  }

  /**
   * @param doneOn the last day, in Seoul, on which it was done or need not be
   */
  record Row(long merchantId, int hour, LocalDate doneOn) {}

  Optional<Row> find(long merchantId) {
    return jdbc.sql(
            """
            select merchant_id, recovery_hour, recovered_on from merchant_setting
            where merchant_id = :merchant and recovery_hour is not null
            """)
        .param("merchant", merchantId)
        .query(RecoveryStore::row)
        .optional();
  }

  void update(long merchantId, OptionalInt hour, LocalDate doneOn) {
    jdbc.sql(
            """
            insert into merchant_setting (merchant_id, recovery_hour, recovered_on)
            values (:merchant, :hour::int, :doneOn)
            on conflict (merchant_id) do update
            set recovery_hour = excluded.recovery_hour, recovered_on = excluded.recovered_on
            """)
        .param("merchant", merchantId)
        .param("hour", hour.isPresent() ? hour.getAsInt() : null)
        .param("doneOn", Date.valueOf(doneOn))
        .update();
  }

  /** Those whose day has not been done; who is first in line is first in the list. */
  List<Row> waiting() {
    return jdbc.sql(
            """
            select merchant_id, recovery_hour, recovered_on from merchant_setting
            where recovery_hour is not null order by recovered_on, recovery_hour
            """)
        .query(RecoveryStore::row)
        .list();
  }

  void done(Row row, LocalDate day) {
    jdbc.sql(
            """
            update merchant_setting set recovered_on = :day
            where merchant_id = :merchant and recovered_on = :before
            """)
        .param("day", Date.valueOf(day))
        .param("merchant", row.merchantId())
        .param("before", Date.valueOf(row.doneOn()))
        .update();
  }

  private static Row row(ResultSet row, int n) throws SQLException {
    return new Row(
        row.getLong("merchant_id"),
        row.getInt("recovery_hour"),
        row.getDate("recovered_on").toLocalDate());
  }
}
