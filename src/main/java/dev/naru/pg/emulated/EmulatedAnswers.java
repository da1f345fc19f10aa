package dev.naru.pg.emulated;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Order;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Tree;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is told of payments in Naru's own protocol, in our words. */
final class EmulatedAnswers {

  private EmulatedAnswers() {}

  static Approval approval(JsonNode answer) {
    JsonNode payment = answer.path("fields");
    return Approval.of(
            new PgRef(Tree.text(answer, "tid")),
            EmulatedCheckout.money(payment, "amount"),
            Instant.parse(Tree.text(payment, "at")),
            Tree.text(payment, "method"))
        .applyNum(Tree.optional(payment, "apply_num"))
        .card(card(payment.path("card")), payment.path("quota").asInt(0))
        .bank(Tree.optional(payment, "bank"))
        .build();
  }

  private static @Nullable CardInfo card(JsonNode card) {
    return card.isObject()
        ? Institutions.card(Tree.optional(card, "company"), null)
            .numbered(Tree.optional(card, "number"), null)
        : null;
  }

  static PgRecord record(Order order, JsonNode answer) {
    JsonNode payment = answer.path("fields");
    return switch (Tree.text(payment, "status")) {
      case "authenticated" -> PgRecord.running(order);
      case "paid" -> PgRecord.paid(approval(answer), EmulatedCheckout.money(payment, "balance"));
      case "cancelled" ->
          PgRecord.canceled(approval(answer), EmulatedCheckout.money(payment, "balance"));
      case "dead" -> PgRecord.dead(order);
      default -> throw new IllegalArgumentException("status " + Tree.text(payment, "status"));
    };
  }

  static Canceled canceled(String id, JsonNode answer) {
    JsonNode ours =
        answer
            .path("fields")
            .path("cancels")
            .valueStream()
            .filter(one -> Tree.said(one, "cancel").equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("an answer without the cancel"));
    return new Canceled(
        new PgRef(Tree.text(ours, "tid")), Instant.parse(Tree.text(ours, "at")), null);
  }
}
