package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRecord.State;
import dev.naru.connector.PgRef;
import dev.naru.kernel.Money;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads what PayPal answers. Whatever is missing or strange throws, which the connector takes for
 * an unreadable answer.
 */
final class PaypalAnswer {

  private static final CodeTable TEXTS = CodeTable.load("paypal_v2-texts");

  private PaypalAnswer() {}

  /** Where the buyer agrees. */
  static URI link(JsonNode answer, List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                answer
                    .path("links")
                    .valueStream()
                    .filter(link -> link.path("rel").asString("").equals(name)))
        .findFirst()
        .map(link -> URI.create(text(link, "href")))
        .orElseThrow(() -> new IllegalArgumentException("no link " + names));
  }

  /**
   * What became of a capture. That an order is completed does not mean that its money came: the
   * capture itself may be under review.
   *
   * @param until when to look at it again
   */
  static Outcome<Approval> approval(JsonNode order, Instant until) {
    JsonNode capture = capture(order).orElseThrow(() -> new IllegalArgumentException("no capture"));
    String status = text(capture, "status");
    return switch (status) {
      case "COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED" -> new Ok<>(approved(order, capture));
      case "PENDING" -> new Outcome.Pending<>(ref(capture), until);
      case "DECLINED", "FAILED" ->
          new Declined<>(
              new Decline(Reason.REFUSED, status, inKorean("INSTRUMENT_DECLINED", status)));
      default -> throw new IllegalArgumentException("status " + status);
    };
  }

  private static Optional<JsonNode> capture(JsonNode order) {
    JsonNode captures = unit(order).path("payments").path("captures");
    if (captures.size() > 1) {
      throw new IllegalArgumentException("an order of more than one capture");
    }
    return captures.valueStream().findFirst();
  }

  private static JsonNode unit(JsonNode order) {
    return order.required("purchase_units").required(0);
  }

  private static Approval approved(JsonNode order, JsonNode capture) {
    return new Approval(
        ref(capture),
        money(capture.required("amount")),
        Instant.parse(text(capture, "create_time")),
        "paypal",
        null,
        null,
        null,
        0,
        null,
        null,
        null,
        Map.of("order", text(order, "id")));
  }

  /**
   * Of the order. Empty if nobody has captured it: without that there is no charge, and nobody but
   * us captures.
   *
   * @throws IllegalArgumentException also while a refund is under way, since what is left is then
   *     not known
   */
  static Optional<PgRecord> record(JsonNode order) {
    return capture(order).map(capture -> record(order, capture));
  }

  private static PgRecord record(JsonNode order, JsonNode capture) {
    Money amount = money(capture.required("amount"));
    String status = text(capture, "status");
    Money refunded = refunded(order, amount.currency());
    State state =
        switch (status) {
          case "COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED" ->
              refunded.isZero() ? State.PAID : State.CANCELED;
          case "PENDING" -> State.RUNNING;
          case "DECLINED", "FAILED" -> State.DEAD;
          default -> throw new IllegalArgumentException("status " + status);
        };
    boolean charged = state == State.PAID || state == State.CANCELED;
    return new PgRecord(
        state,
        charged ? Optional.of(approved(order, capture)) : Optional.empty(),
        charged ? amount.minus(refunded) : Money.zero(amount.currency()));
  }

  private static Money refunded(JsonNode order, Currency currency) {
    Money sum = Money.zero(currency);
    for (JsonNode refund : unit(order).path("payments").path("refunds")) {
      switch (text(refund, "status")) {
        case "COMPLETED" -> sum = sum.plus(money(refund.required("amount")));
        case "FAILED", "CANCELLED" -> {}
        default -> throw new IllegalArgumentException("a refund is under way");
      }
    }
    return sum;
  }

  /** Of a refund. */
  static Outcome<Canceled> canceled(JsonNode refund, Instant until) {
    String status = text(refund, "status");
    return switch (status) {
      case "COMPLETED" ->
          new Ok<>(new Canceled(ref(refund), Instant.parse(text(refund, "create_time")), null));
      case "PENDING" -> new Outcome.Pending<>(ref(refund), until);
      case "FAILED", "CANCELLED" ->
          new Declined<>(
              new Decline(Reason.NOT_CANCELABLE, "REFUND_" + status, "페이팔에서 환불이 이루어지지 않았습니다."));
      default -> throw new IllegalArgumentException("status " + status);
    };
  }

  /** Of a capture: which order of PayPal's it belongs to. */
  static String orderOf(JsonNode capture) {
    return text(capture.required("supplementary_data").required("related_ids"), "order_id");
  }

  static PgRef ref(JsonNode transaction) {
    return new PgRef(text(transaction, "id"));
  }

  private static Money money(JsonNode amount) {
    return Money.ofMajor(
        new BigDecimal(text(amount, "value")), Currency.getInstance(text(amount, "currency_code")));
  }

  static String text(JsonNode node, String field) {
    return node.required(field).stringValue();
  }

  /** PayPal explains itself in English: what a buyer or shop meets most often is said in Korean. */
  static String inKorean(String code, String english) {
    String known = TEXTS.get(code);
    return known == null ? "페이팔이 요청을 거절했습니다. " + english : known;
  }
}
