package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Pending;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.kernel.Money;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What emulated PGs that charge without a window share: charging, {@code payment.find} and {@code
 * payment.cancel} of {@code docs/emulation.md}.
 */
record EmulatedSales(Emulation emulation) {

  private static final String UNKNOWN_TRANSACTION = "unknown_transaction";

  /** Has an order charged, or a barcode issued for it; the amount and its name are added. */
  Outcome<Approval> charge(String operation, Order order, ObjectNode fields) {
    fields.put("amount", order.amount().minor()).put("name", order.name());
    return emulation.call(operation, order.id(), fields).then(answer -> approval(order, answer));
  }

  Outcome<Optional<PgRecord>> find(Order order) {
    Outcome<JsonNode> found = emulation.call("payment.find", order.id(), Emulation.fields());
    return switch (found) {
      case Ok<JsonNode>(JsonNode answer) -> record(order, answer);
      case Declined<JsonNode>(Decline no) when UNKNOWN_TRANSACTION.equals(no.code()) ->
          new Ok<>(Optional.empty());
      // Any other no says nothing about the transaction.
      case Declined<JsonNode>(Decline no) -> new Unknown<>(no.message());
      case Unknown<JsonNode>(String why) -> new Unknown<>(why);
      case Pending<JsonNode>(PgRef ref, Instant until) -> new Pending<>(ref, until);
    };
  }

  /** By the cancel's own id, so that it may be sent again. */
  Outcome<Canceled> cancel(CancelOrder cancel) {
    ObjectNode fields =
        Emulation.fields().put("cancel", cancel.id()).put("reason", cancel.reason());
    if (!cancel.reversal()) {
      fields.put("amount", cancel.amount().minor());
    }
    return emulation
        .call("payment.cancel", cancel.order().id(), fields)
        .then(answer -> canceled(cancel, answer.path("fields")));
  }

  private static Outcome<Canceled> canceled(CancelOrder cancel, JsonNode fields) {
    for (JsonNode one : fields.path("cancels")) {
      String tid = one.path("tid").asString("");
      Instant at = time(one, "at");
      if (one.path("cancel").asString("").equals(cancel.id()) && !tid.isEmpty() && at != null) {
        return new Ok<>(new Canceled(new PgRef(tid), at, null));
      }
    }
    return new Unknown<>("the answer does not name the cancel");
  }

  private static Outcome<Optional<PgRecord>> record(Order order, JsonNode answer) {
    JsonNode fields = answer.path("fields");
    Money balance = Money.krw(Math.max(0, fields.path("balance").asLong(0)));
    return switch (fields.path("status").asString("")) {
      case "authenticated" -> none(PgRecord.State.RUNNING, balance);
      case "dead" -> none(PgRecord.State.DEAD, balance);
      case "waiting" -> some(PgRecord.State.WAITING, order, answer, balance);
      case "paid" -> some(PgRecord.State.PAID, order, answer, balance);
      case "cancelled" -> some(PgRecord.State.CANCELED, order, answer, balance);
      default -> new Unknown<>("no such status");
    };
  }

  private static Outcome<Optional<PgRecord>> none(PgRecord.State state, Money balance) {
    return new Ok<>(Optional.of(new PgRecord(state, Optional.empty(), balance)));
  }

  private static Outcome<Optional<PgRecord>> some(
      PgRecord.State state, Order order, JsonNode answer, Money balance) {
    return approval(order, answer)
        .map(approval -> Optional.of(new PgRecord(state, Optional.of(approval), balance)));
  }

  private static Outcome<Approval> approval(Order order, JsonNode answer) {
    JsonNode fields = answer.path("fields");
    String tid = answer.path("tid").asString("");
    long amount = fields.path("amount").asLong(-1);
    Instant at = time(fields, "at");
    if (tid.isEmpty() || amount < 0 || at == null) {
      return new Unknown<>("an answer without tid, amount or time");
    }
    return new Ok<>(
        new Approval(
            new PgRef(tid),
            Money.krw(amount),
            at,
            order.method(),
            null,
            text(fields, "apply_num"),
            card(fields.path("card")),
            0,
            barcode(fields),
            null,
            null,
            Map.of()));
  }

  private static Approval.@Nullable Account barcode(JsonNode fields) {
    String number = text(fields, "barcode");
    Instant until = time(fields, "expires_at");
    return number == null || until == null ? null : Approval.Account.barcode(number, until);
  }

  /** Of an answer that shows a card; the PG's codes are V1's. */
  static @Nullable CardInfo card(JsonNode card) {
    String code = text(card, "company");
    return code == null
        ? null
        : new CardInfo(
            code, CodeTable.CARDS.get(code), null, null, null, null, text(card, "number"), null);
  }

  static @Nullable Instant time(JsonNode fields, String name) {
    try {
      return Instant.parse(fields.path(name).asString(""));
    } catch (DateTimeParseException malformed) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode fields, String name) {
    String text = fields.path(name).asString("");
    return text.isEmpty() ? null : text;
  }
}
