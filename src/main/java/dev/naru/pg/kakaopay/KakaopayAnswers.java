package dev.naru.pg.kakaopay;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answers of Kakao Pay in our words. Whatever is missing in one, or strange, throws, which
 * makes the outcome unknown.
 */
final class KakaopayAnswers {

  /** By how the name begins: the PG publishes names and, but for a few, no codes. */
  private static final CodeTable CORPS = CodeTable.load("kakaopay-corps");

  private KakaopayAnswers() {}

  /** Of approve and subscription. */
  static Approval approval(Order order, JsonNode answer) {
    if (!Tree.text(answer, "partner_order_id").equals(order.id())) {
      throw new IllegalArgumentException("another order's answer");
    }
    return approval(answer, answer.path("card_info"));
  }

  /**
   * V1 has no method for money: what a wallet pays without a card are points. Cancels and look-ups
   * must name the CID the charge was made with.
   */
  private static Approval approval(JsonNode answer, JsonNode card) {
    String tid = Tree.text(answer, "tid");
    return Approval.of(
            new PgRef(tid),
            total(answer, "amount"),
            Seoul.ofIso(Tree.text(answer, "approved_at")),
            Tree.text(answer, "payment_method_type").equals("MONEY") ? "point" : "card")
        .applyNum(Tree.optional(card, "approved_id"))
        .card(card(card), card.path("install_month").asInt(0))
        .memo(Map.of("tid", tid, "cid", Tree.text(answer, "cid")))
        .build();
  }

  static PgKey key(String owner, JsonNode answer) {
    return new PgKey(new Secret(Tree.text(answer, "sid")), owner, card(answer.path("card_info")));
  }

  static Canceled canceled(JsonNode answer) {
    return new Canceled(
        new PgRef(Tree.text(answer, "aid")), Seoul.ofIso(Tree.text(answer, "canceled_at")), null);
  }

  /** Of order: when the PG gave out its TID, by its clock; by ours if it does not tell. */
  static Instant begun(Order order, JsonNode answer) {
    String created = Tree.optional(answer, "created_at");
    return created == null ? order.at() : Seoul.ofIso(created);
  }

  /**
   * Of order.
   *
   * @param over its time is over: if it was not approved it never will be
   */
  static PgRecord record(Order order, JsonNode answer, boolean over) {
    String status = Tree.text(answer, "status");
    return switch (status) {
      case "SUCCESS_PAYMENT" -> PgRecord.paid(found(answer), left(answer));
      case "PART_CANCEL_PAYMENT", "CANCEL_PAYMENT" ->
          PgRecord.canceled(found(answer), left(answer));
      case "FAIL_PAYMENT", "FAIL_AUTH_PASSWORD", "QUIT_PAYMENT" -> PgRecord.dead(order);
      case "READY", "SEND_TMS", "OPEN_PAYMENT", "SELECT_METHOD", "ARS_WAITING", "AUTH_PASSWORD" ->
          over ? PgRecord.dead(order) : PgRecord.running(order);
      case "ISSUED_SID" -> PgRecord.running(order);
      default -> throw new IllegalArgumentException("status " + status);
    };
  }

  private static Approval found(JsonNode answer) {
    return approval(answer, answer.path("selected_card_info"));
  }

  private static Money left(JsonNode answer) {
    return total(answer, "cancel_available_amount");
  }

  /** The PG tells the first six digits of a card and no more; of order, under other names. */
  private static @Nullable CardInfo card(JsonNode card) {
    if (!card.isObject()) {
      return null;
    }
    String issuer = first(card, "kakaopay_issuer_corp", "card_corp_name");
    String acquirer = code(Tree.optional(card, "kakaopay_purchase_corp"));
    String bin = first(card, "bin", "card_bin");
    return Institutions.card(code(issuer), issuer == null ? "" : issuer)
        .issued()
        .publishedBy(acquirer, Institutions.cardName(acquirer))
        .numbered(
            bin == null ? null : bin + "**********",
            Institutions.cardType(Tree.said(card, "card_type")));
  }

  private static @Nullable String first(JsonNode card, String name, String otherName) {
    String told = Tree.optional(card, name);
    return told == null ? Tree.optional(card, otherName) : told;
  }

  private static @Nullable String code(@Nullable String corp) {
    return corp == null ? null : CORPS.first(corp::startsWith);
  }

  private static Money total(JsonNode answer, String field) {
    return Money.krw(answer.required(field).required("total").longValue());
  }
}
