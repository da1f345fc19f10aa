package dev.naru.payment;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Notice;
import dev.naru.connector.http.Outbound;
import java.time.Duration;
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

  Confirm(Outbound outbound, JsonMapper json) {
    this.outbound = outbound;
    this.json = json;
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
    Outbound.Reply reply =
        outbound.post(new Outbound.Call(url, "application/json", text, Map.of(), PATIENCE));
    return switch (reply) {
      case Outbound.Reply.Answered(int status, String answer) ->
          status == 200 ? Optional.empty() : Optional.of(veto(reason(answer)));
      case Outbound.Reply.Blocked(String why) -> Optional.of(unheard(payment, why));
      case Outbound.Reply.Failed(String why) -> Optional.of(unheard(payment, why));
    };
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
    String detail =
        reason.isBlank()
            ? "알 수 없음"
            : reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    return Decline.of(Reason.VETOED, "고객사 요청에 의해 결제를 중단합니다. (상세사유 : " + detail + ")");
  }
}
