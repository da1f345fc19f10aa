package dev.naru.pg;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Pending;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgHttp;
import dev.naru.connector.PgRef;
import dev.naru.connector.ReceiptOrder;
import dev.naru.connector.Receipted;
import dev.naru.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cash receipts of the core API. Repeating a request with its idempotency key gives the first
 * answer again; one that said IN_PROGRESS is followed up in the list of the day.
 */
final class TossReceipts {

  private static final Duration PROGRESS = Duration.ofSeconds(5);
  private static final int LONGEST_LIST = 10_000;

  private final TossDesk desk;
  private final PgHttp http;

  TossReceipts(TossDesk desk, PgHttp http) {
    this.desk = desk;
    this.http = http;
  }

  Outcome<Receipted> issue(ReceiptOrder order) {
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("amount", order.amount().major())
            .put("orderId", order.id())
            .put("orderName", order.name())
            .put("customerIdentityNumber", order.identifier().reveal())
            .put("type", order.use() == ReceiptOrder.Use.PERSON ? "소득공제" : "지출증빙");
    if (order.tax().free() > 0) {
      body.put("taxFreeAmount", new Money(order.tax().free(), order.amount().currency()).major());
    }
    return desk.post("/v1/cash-receipts", order.id(), order.id(), body)
        .then(receipt -> issued(order, receipt))
        .then(receipt -> receipted(order, receipt));
  }

  /** A second cancel of the same receipt bears the first one's key, and gets its answer. */
  Outcome<Instant> revoke(ReceiptOrder.Cancel cancel) {
    String path = "/v1/cash-receipts/" + cancel.ref().tid() + "/cancel";
    return desk.post(path, cancel.orderId(), cancel.id(), JsonMapper.shared().createObjectNode())
        .then(
            receipt ->
                TossDesk.readable(
                    () -> Seoul.ofIso(receipt.required("requestedAt").stringValue())));
  }

  private Outcome<JsonNode> issued(ReceiptOrder order, JsonNode first) {
    if (!status(first).equals("IN_PROGRESS")) {
      return new Ok<>(first);
    }
    String key = first.path("receiptKey").asString("");
    return ofTheDay(order)
        .map(
            all ->
                all.stream()
                    .filter(one -> one.path("receiptKey").asString("").equals(key))
                    .filter(one -> !one.path("transactionType").asString("").equals("CANCEL"))
                    .findFirst()
                    .orElse(first));
  }

  private Outcome<List<JsonNode>> ofTheDay(ReceiptOrder order) {
    String date = Seoul.iso(order.at()).substring(0, 10);
    String path = "/v1/cash-receipts?requestDate=" + date + "&limit=" + LONGEST_LIST;
    return desk.send(desk.call("GET", path, order.id()))
        .then(list -> TossDesk.readable(() -> new ArrayList<>(list.required("data").values())));
  }

  private Outcome<Receipted> receipted(ReceiptOrder order, JsonNode receipt) {
    return switch (status(receipt)) {
      case "COMPLETED" -> TossDesk.readable(() -> read(order, receipt));
      case "FAILED" -> {
        JsonNode failure = receipt.path("failure");
        yield new Declined<>(
            new Decline(
                Reason.REFUSED,
                failure.path("code").asString("FAILED"),
                failure.path("message").asString("현금영수증 발급에 실패했습니다.")));
      }
      case "IN_PROGRESS" ->
          new Pending<>(
              new PgRef(receipt.path("receiptKey").asString("")), http.now().plus(PROGRESS));
      default -> new Unknown<>("issueStatus " + status(receipt));
    };
  }

  private static Receipted read(ReceiptOrder order, JsonNode receipt) {
    if (!receipt.required("orderId").stringValue().equals(order.id())) {
      throw new IllegalArgumentException("an answer about another receipt");
    }
    String url = receipt.path("receiptUrl").asString("");
    return new Receipted(
        new PgRef(receipt.required("receiptKey").stringValue()),
        receipt.required("issueNumber").stringValue(),
        Seoul.ofIso(receipt.required("requestedAt").stringValue()),
        url.isEmpty() ? null : url);
  }

  private static String status(JsonNode receipt) {
    return receipt.path("issueStatus").asString("");
  }
}
