package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgClocks;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRecord.State;
import dev.naru.connector.PgRef;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what Kakao Pay answers. Whatever is missing or strange throws, which the connector takes
 * for an unreadable answer.
 */
final class KakaopayAnswer {

  /** By how the name begins: the PG publishes names and, but for a few, no codes. */
  private static final CodeTable CORPS = CodeTable.load("kakaopay-corps");

  /** How far the PG's own clocks may be from each other, and some more. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** How far ours was ahead at most, if nobody had measured it when a charge began. */
  private static final Duration UNMEASURED = Duration.ofHours(1);

  private KakaopayAnswer() {}

  /** Of approve and subscription. */
  static Approval approval(Order order, JsonNode answer) {
    if (!text(answer, "partner_order_id").equals(order.id())) {
      throw new IllegalArgumentException("another order's answer");
    }
    JsonNode card = answer.path("card_info");
    return new Approval(
        new PgRef(text(answer, "tid")),
        total(answer, "amount"),
        Seoul.ofIso(text(answer, "approved_at")),
        method(answer),
        null,
        optional(card, "approved_id"),
        card.isObject() ? card(card) : null,
        card.path("install_month").asInt(0),
        null,
        null,
        null,
        memo(answer));
  }

  /** V1 has no method for money: what a wallet pays without a card are points. */
  private static String method(JsonNode answer) {
    return text(answer, "payment_method_type").equals("MONEY") ? "point" : "card";
  }

  /** Cancels and look-ups must name the CID the charge was made with. */
  private static Map<String, String> memo(JsonNode answer) {
    return Map.of("tid", text(answer, "tid"), "cid", text(answer, "cid"));
  }

  static PgKey key(String owner, JsonNode answer) {
    JsonNode card = answer.path("card_info");
    return new PgKey(new Secret(text(answer, "sid")), owner, card.isObject() ? card(card) : null);
  }

  static Canceled canceled(JsonNode answer) {
    return new Canceled(
        new PgRef(text(answer, "aid")), Seoul.ofIso(text(answer, "canceled_at")), null);
  }

  /** When a SID was charged last; empty if never. */
  static Optional<Instant> lastCharge(JsonNode answer) {
    return Optional.ofNullable(optional(answer, "last_approved_at")).map(Seoul::ofIso);
  }

  /**
   * Whether a SID was charged, and not only before: the charge began by our clock, the last one was
   * by theirs. While the two do not agree, or nobody knows, neither does anybody know this.
   *
   * @param ahead our clock less theirs at most when it began, in milliseconds; null if unmeasured
   * @param skew the same now
   */
  static Outcome<Optional<PgRecord>> charged(
      Instant begun, @Nullable String ahead, Optional<Instant> last, Optional<PgClocks.Skew> skew) {
    if (last.isEmpty()) {
      return new Outcome.Ok<>(Optional.empty());
    }
    if (skew.filter(PgClocks.Skew::isSmall).isEmpty()) {
      return new Outcome.Unknown<>("the SID was charged at " + last.get() + ", by another clock");
    }
    Duration most = ahead == null ? UNMEASURED : Duration.ofMillis(Long.parseLong(ahead));
    return last.get().isBefore(begun.minus(most).minus(MARGIN))
        ? new Outcome.Ok<>(Optional.empty())
        : new Outcome.Unknown<>(PgRecord.NAMELESS + ": the SID at " + last.get());
  }

  /** Of order: when the PG gave out its TID, by its clock; by ours if it does not tell. */
  static Instant begun(Order order, JsonNode answer) {
    String created = optional(answer, "created_at");
    return created == null ? order.at() : Seoul.ofIso(created);
  }

  /**
   * Of order.
   *
   * @param over its time is over: if it was not approved it never will be
   */
  static PgRecord record(Order order, JsonNode answer, boolean over) {
    String status = text(answer, "status");
    return switch (status) {
      case "SUCCESS_PAYMENT" -> paid(State.PAID, answer);
      case "PART_CANCEL_PAYMENT", "CANCEL_PAYMENT" -> paid(State.CANCELED, answer);
      case "FAIL_PAYMENT", "FAIL_AUTH_PASSWORD", "QUIT_PAYMENT" -> without(State.DEAD, order);
      case "READY", "SEND_TMS", "OPEN_PAYMENT", "SELECT_METHOD", "ARS_WAITING", "AUTH_PASSWORD" ->
          without(over ? State.DEAD : State.RUNNING, order);
      case "ISSUED_SID" -> without(State.RUNNING, order);
      default -> throw new IllegalArgumentException("status " + status);
    };
  }

  private static PgRecord without(State state, Order order) {
    return new PgRecord(state, Optional.empty(), Money.zero(order.amount().currency()));
  }

  private static PgRecord paid(State state, JsonNode answer) {
    JsonNode card = answer.path("selected_card_info");
    Approval approval =
        new Approval(
            new PgRef(text(answer, "tid")),
            total(answer, "amount"),
            Seoul.ofIso(text(answer, "approved_at")),
            method(answer),
            null,
            null,
            card.isObject() ? info(optional(card, "card_corp_name"), null, card, "card_bin") : null,
            card.path("install_month").asInt(0),
            null,
            null,
            null,
            memo(answer));
    return new PgRecord(state, Optional.of(approval), total(answer, "cancel_available_amount"));
  }

  private static CardInfo card(JsonNode card) {
    String issuer = optional(card, "kakaopay_issuer_corp");
    String acquirer = optional(card, "kakaopay_purchase_corp");
    return info(issuer, acquirer, card, "bin");
  }

  private static CardInfo info(
      @Nullable String issuer, @Nullable String acquirer, JsonNode card, String bin) {
    String code = code(issuer);
    String publisher = code(acquirer);
    Integer type =
        switch (card.path("card_type").asString("")) {
          case "신용" -> 0;
          case "체크" -> 1;
          default -> null;
        };
    return new CardInfo(
        code,
        CodeTable.CARDS.get(code, issuer == null ? "" : issuer),
        code,
        CodeTable.CARDS.get(code, issuer == null ? "" : issuer),
        publisher,
        CodeTable.CARDS.get(publisher),
        masked(optional(card, bin)),
        type);
  }

  private static @Nullable String code(@Nullable String corp) {
    return corp == null
        ? null
        : CORPS.rows().entrySet().stream()
            .filter(row -> corp.startsWith(row.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
  }

  /** The PG tells the first six digits and no more. */
  private static @Nullable String masked(@Nullable String bin) {
    return bin == null ? null : bin + "**********";
  }

  private static Money total(JsonNode answer, String field) {
    return Money.krw(answer.required(field).required("total").longValue());
  }

  static String text(JsonNode node, String field) {
    return node.required(field).stringValue();
  }

  private static @Nullable String optional(JsonNode node, String field) {
    String text = node.path(field).asString("");
    return text.isEmpty() ? null : text;
  }
}
