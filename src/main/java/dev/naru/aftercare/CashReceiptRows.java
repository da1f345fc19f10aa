package dev.naru.aftercare;

import dev.naru.aftercare.CashReceipt.Sale;
import dev.naru.aftercare.CashReceipt.State;
import dev.naru.aftercare.CashReceipt.Terms;
import dev.naru.aftercare.CashReceipt.Who;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.ReceiptOrder.Use;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import dev.naru.kernel.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Cash receipts as rows. Whom one is for is sealed as one JSON document. */
final class CashReceiptRows {

  private final Vault vault;
  private final JsonMapper json;

  CashReceiptRows(Vault vault, JsonMapper json) {
    this.vault = vault;
    this.json = json;
  }

  /** The columns that change. */
  private record Columns(
      String state,
      @Nullable Who who,
      @Nullable Receipted receipt,
      @Nullable Instant revokedAt,
      @Nullable String why) {

    static Columns of(State state) {
      return switch (state) {
        case State.Open(Who who, boolean unknown) ->
            new Columns(unknown ? "unknown" : "calling", who, null, null, null);
        case State.Issued(Receipted receipt) -> new Columns("issued", null, receipt, null, null);
        case State.Revoking(Receipted receipt) ->
            new Columns("revoking", null, receipt, null, null);
        case State.Revoked(Receipted receipt, Instant at) ->
            new Columns("revoked", null, receipt, at, null);
        case State.Refused(String why) -> new Columns("refused", null, null, null, why);
      };
    }
  }

  JdbcClient.StatementSpec bound(
      JdbcClient.StatementSpec statement, CashReceipt of, @Nullable Instant due) {
    Columns columns = Columns.of(of.state());
    Receipted receipt = columns.receipt();
    return statement
        .param("merchant", of.merchantId())
        .param("id", of.id())
        .param("state", columns.state())
        .param(
            "who",
            columns.who() == null
                ? null
                : vault.seal(
                    json.writeValueAsString(columns.who()), place(of.merchantId(), of.id())),
            Types.BINARY)
        .param("tid", receipt == null ? null : receipt.ref().tid(), Types.VARCHAR)
        .param("applyNum", receipt == null ? null : receipt.applyNum(), Types.VARCHAR)
        .param("url", receipt == null ? null : receipt.url(), Types.VARCHAR)
        .param("applied", timestamp(receipt == null ? null : receipt.at()), Types.TIMESTAMP)
        .param("revoked", timestamp(columns.revokedAt()), Types.TIMESTAMP)
        .param("due", timestamp(due), Types.TIMESTAMP)
        .param("tries", of.tries())
        .param("revokes", of.revokes())
        .param("why", columns.why(), Types.VARCHAR);
  }

  CashReceipt receipt(ResultSet row, int n) throws SQLException {
    long free = row.getLong("tax_free");
    long vat = row.getLong("vat");
    Tax tax = row.wasNull() ? new Tax(free, null) : new Tax(free, vat);
    return new CashReceipt(
        row.getLong("merchant_id"),
        row.getString("receipt_id"),
        new Sale(row.getString("imp_uid"), row.getString("merchant_uid")),
        row.getString("channel_key"),
        new Terms(
            row.getString("name"),
            Money.krw(row.getLong("amount")),
            tax,
            Use.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
            row.getTimestamp("requested_at").toInstant()),
        state(row),
        row.getInt("tries"),
        row.getInt("revokes"));
  }

  private State state(ResultSet row) throws SQLException {
    return switch (row.getString("state")) {
      case "calling" -> new State.Open(who(row), false);
      case "unknown" -> new State.Open(who(row), true);
      case "issued" -> new State.Issued(receipted(row));
      case "revoking" -> new State.Revoking(receipted(row));
      case "revoked" ->
          new State.Revoked(receipted(row), row.getTimestamp("revoked_at").toInstant());
      case "refused" -> new State.Refused(Objects.toString(row.getString("why"), ""));
      case String other -> throw new IllegalStateException("state " + other);
    };
  }

  private Who who(ResultSet row) throws SQLException {
    String place = place(row.getLong("merchant_id"), row.getString("receipt_id"));
    return json.readValue(vault.open(row.getBytes("who"), place), Who.class);
  }

  private static Receipted receipted(ResultSet row) throws SQLException {
    return new Receipted(
        new PgRef(row.getString("tid")),
        row.getString("apply_num"),
        row.getTimestamp("applied_at").toInstant(),
        row.getString("url"));
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant at) {
    return at == null ? null : Timestamp.from(at);
  }

  private static String place(long merchantId, String id) {
    return "cash_receipt.who/" + merchantId + "/" + id;
  }
}
