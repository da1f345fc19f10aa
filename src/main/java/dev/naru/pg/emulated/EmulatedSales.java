package dev.naru.pg.emulated;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Tree;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What emulated PGs that charge without a window share: charging, {@code payment.find} and {@code
 * payment.cancel} of {@code docs/emulation.md}.
 */
record EmulatedSales(Emulation emulation) {

  /** Has an order charged, or a barcode issued for it; the amount and its name are added. */
  Outcome<Approval> charge(String operation, Order order, ObjectNode fields) {
    fields.put("amount", order.amount().minor()).put("name", order.name());
    return emulation.call(operation, order.id(), fields).then(answer -> approval(order, answer));
  }

  Outcome<Optional<PgRecord>> find(Order order) {
    return emulation
        .call("payment.find", order.id(), Emulation.fields())
        .judge(answer -> record(order, answer))
        .absentIf(no -> no.is(Emulation.UNKNOWN_TRANSACTION));
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
      String tid = Tree.said(one, "tid");
      Instant at = time(one, "at");
      if (Tree.said(one, "cancel").equals(cancel.id()) && !tid.isEmpty() && at != null) {
        return new Ok<>(new Canceled(new PgRef(tid), at, null));
      }
    }
    return new Unknown<>("the answer does not name the cancel");
  }

  private static Outcome<PgRecord> record(Order order, JsonNode answer) {
    JsonNode fields = answer.path("fields");
    Money balance = Money.krw(Math.max(0, fields.path("balance").asLong(0)));
    return switch (Tree.said(fields, "status")) {
      case "authenticated" -> new Ok<>(PgRecord.running(order));
      case "dead" -> new Ok<>(PgRecord.dead(order));
      case "waiting" ->
          approval(order, answer)
              .map(waits -> new PgRecord(PgRecord.State.WAITING, Optional.of(waits), balance));
      case "paid" -> approval(order, answer).map(approval -> PgRecord.paid(approval, balance));
      case "cancelled" ->
          approval(order, answer).map(approval -> PgRecord.canceled(approval, balance));
      default -> new Unknown<>("no such status");
    };
  }

  private static Outcome<Approval> approval(Order order, JsonNode answer) {
    JsonNode fields = answer.path("fields");
    String tid = Tree.said(answer, "tid");
    long amount = fields.path("amount").asLong(-1);
    Instant at = time(fields, "at");
    if (tid.isEmpty() || amount < 0 || at == null) {
      return new Unknown<>("an answer without tid, amount or time");
    }
    return new Ok<>(
        Approval.of(new PgRef(tid), Money.krw(amount), at, order.method())
            .applyNum(Tree.optional(fields, "apply_num"))
            .card(card(fields.path("card")), 0)
            .account(barcode(fields))
            .build());
  }

  private static Approval.@Nullable Account barcode(JsonNode fields) {
    String number = Tree.optional(fields, "barcode");
    Instant until = time(fields, "expires_at");
    return number == null || until == null ? null : Approval.Account.barcode(number, until);
  }

  /** Of an answer that shows a card; the PG's codes are V1's. */
  static @Nullable CardInfo card(JsonNode card) {
    String code = Tree.optional(card, "company");
    return code == null
        ? null
        : Institutions.card(code, null).numbered(Tree.optional(card, "number"), null);
  }

  static @Nullable Instant time(JsonNode fields, String name) {
    try {
      return Instant.parse(fields.path(name).asString(""));
    } catch (DateTimeParseException malformed) {
      return null;
    }
  }
}
