package dev.naru.payment.flow;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Notice;
import dev.naru.connector.http.Outbound;
import dev.naru.connector.http.OutboundCall;
import dev.naru.connector.http.OutboundReply;
import dev.naru.connector.http.WireLog;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.reach.WireLogs;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.Statuses;
import dev.naru.payment.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * V1's confirm process: the shop is asked just before a charge, and anything but a 200 within ten
 * seconds is a veto.
 */
@Component
class Confirm {

  private static final Outbound.Patience PATIENCE =
      new Outbound.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10));
  private static final int LONGEST_REASON = 200;
  private static final Logger LOG = LoggerFactory.getLogger(Confirm.class);

  private final Outbound outbound;
  private final JsonMapper json;
  private final WireLogs wire;
  private final HubClock clock;

  Confirm(Outbound outbound, JsonMapper json, WireLogs wire, HubClock clock) {
    this.outbound = outbound;
    this.json = json;
    this.wire = wire;
    this.clock = clock;
  }

  /** Why the charge must not be made; empty if the shop agrees, or does not want to be asked. */
  Optional<Decline> ask(Payment payment) {
    return ask(payment, body(payment));
  }

  /** The same for a barcode that is at a till: V1's event {@code Galaxia.Cvs.Confirm}. */
  Optional<Decline> ask(Payment payment, Notice.AtTill till) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event", "Galaxia.Cvs.Confirm");
    body.put("imp_uid", payment.impUid().value());
    body.put("merchant_uid", payment.purchase().merchantUid());
    body.put("status", Statuses.of(payment));
    body.put("extra", Map.of("barcode", till.barcode(), "payType", till.payType()));
    return ask(payment, body);
  }

  private Optional<Decline> ask(Payment payment, Map<String, Object> body) {
    String url = payment.purchase().confirmUrl();
    if (url == null) {
      return Optional.empty();
    }
    String text = json.writeValueAsString(body);
    Instant begun = clock.instant();
    long start = System.nanoTime();
    OutboundReply reply =
        outbound.post(new OutboundCall(url, "application/json", text, Map.of(), PATIENCE));
    keep(payment, begun, Duration.ofNanos(System.nanoTime() - start), text, reply);
    return switch (reply) {
      case OutboundReply.Answered(int status, String answer) ->
          status == 200 ? Optional.empty() : Optional.of(veto(reason(answer)));
      case OutboundReply.Blocked(String why) -> Optional.of(unheard(payment, why));
      case OutboundReply.Failed(String why) -> Optional.of(unheard(payment, why));
    };
  }

  /** For whoever looks into the payment later: what it was that the shop answered. */
  private void keep(
      Payment payment, Instant begun, Duration took, String asked, OutboundReply reply) {
    int status = reply instanceof OutboundReply.Answered answered ? answered.status() : 0;
    String told =
        switch (reply) {
          case OutboundReply.Answered(int _, String answer) -> Outbound.shown(answer);
          case OutboundReply.Blocked(String why) -> why;
          case OutboundReply.Failed(String why) -> why;
        };
    wire.keep(
        payment.merchantId(),
        new WireLog.Entry(
            payment.attempt().orderId(),
            begun,
            took.toMillis(),
            "POST",
            String.valueOf(payment.purchase().confirmUrl()),
            asked,
            status,
            told));
  }

  private static Map<String, Object> body(Payment payment) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("imp_uid", payment.impUid().value());
    body.put("merchant_uid", payment.purchase().merchantUid());
    body.put("amount", payment.amount().major());
    return body;
  }

  private static Decline unheard(Payment payment, String why) {
    LOG.warn("confirm_url of {} gave no answer: {}", payment.impUid(), why);
    return veto("");
  }

  private String reason(String answer) {
    try {
      JsonNode reason = json.readTree(answer).path("reason");
      return reason.isString() ? reason.stringValue() : "";
    } catch (JacksonException notJson) {
      return "";
    }
  }

  private static Decline veto(String reason) {
    Object detail =
        reason.isBlank()
            ? Word.NO_REASON
            : reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    return Decline.of(Reason.VETOED, Refusal.VETOED, detail);
  }
}
