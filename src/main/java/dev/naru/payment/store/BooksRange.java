package dev.naru.payment.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A part of a merchant's payments, those after the first up to the last. */
record BooksRange(JdbcClient jdbc, long merchantId, String first, String last) {

  /** Takes what it wants of a row. */
  interface EachRow {
    void read(ResultSet row) throws SQLException;
  }

  void each(String sql, EachRow reader) {
    jdbc.sql(sql)
        .param("merchant", merchantId)
        .param("first", first)
        .param("last", last)
        .query(
            (ResultSet row) -> {
              reader.read(row);
            });
  }
}
