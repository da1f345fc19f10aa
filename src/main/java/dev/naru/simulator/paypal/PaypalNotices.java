package dev.naru.simulator.paypal;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** PayPal's webhooks: signed, and sent until somebody answers with any 2xx. */
final class PaypalNotices {

  /** Where the certificate of the signatures is. */
  static final String CERTIFICATE = "/v1/notifications/certs/CERT-NARU";

  /** The webhook id of every shop here: PayPal gives each its own. */
  static final String WEBHOOK = "NARUPAYPALWEBHOOK";

  private static final String ALGORITHM = "SHA256withRSA";

  private final Till till;
  private final Ledger ledger;
  private final Notices notices;
  private final PaypalKey key;

  PaypalNotices(Till till, Notices notices) {
    this.till = till;
    this.ledger = till.ledger();
    this.notices = notices;
    this.key = new PaypalKey(till);
  }

  Answer certificate() {
    return Answer.Reply.text(200, "application/x-pem-file", key.certificate());
  }

  /** Nothing is said of what has no capture. */
  void captured(@Nullable Charge charge) {
    if (charge == null || !PaypalAnswers.captured(charge)) {
      return;
    }
    String status = PaypalAnswers.captureStatus(charge);
    String what = status.equals("DECLINED") ? "DENIED" : status;
    send(
        charge,
        "PAYMENT.CAPTURE." + what,
        "capture",
        "Payment " + what.toLowerCase(Locale.ROOT) + " for " + amount(charge),
        PaypalAnswers.capture(charge));
  }

  private static String amount(Charge charge) {
    PaypalMoney money = PaypalAnswers.money(charge.order());
    return money.value() + " " + money.currency();
  }

  /** A refund that is still looked at is not told of; one that failed is. */
  void refunded(@Nullable Charge charge, String id) {
    if (charge == null) {
      return;
    }
    for (Cancel cancel : charge.course().cancels()) {
      if (cancel.id().equals(id) && cancel.stage() == Charge.Stage.DONE) {
        send(
            charge,
            "PAYMENT.CAPTURE.REFUNDED",
            "refund",
            "A refund of a payment of " + amount(charge),
            PaypalAnswers.refund(charge, cancel, ledger));
      }
    }
  }

  private void send(
      Charge charge, String event, String type, String summary, Map<String, Object> resource) {
    String url = ledger.noticeUrl(charge.order().merchant());
    if (url == null || url.isEmpty()) {
      return;
    }
    String at = PaypalAnswers.time(till.now());
    String id = "WH-" + PaypalAnswers.id(17) + "-" + PaypalAnswers.id(17);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("event_version", "1.0");
    body.put("create_time", at);
    body.put("resource_type", type);
    body.put("resource_version", "2.0");
    body.put("event_type", event);
    body.put("summary", summary);
    body.put("resource", resource);
    String origin = charge.order().more("origin");
    body.put(
        "links",
        List.of(
            PaypalAnswers.link(origin + "/v1/notifications/webhooks-events/" + id, "self", "GET")));
    String raw = Book.JSON.writeValueAsString(body);
    String transmission = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.US_ASCII)).toString();
    // Signing takes its time, above all when the key has yet to be made: nobody's answer waits.
    notices.send(() -> signed(url, origin, at, transmission, raw));
  }

  private Notices.Notice signed(
      String url, String origin, String at, String transmission, String raw) {
    return new Notices.Notice(
        url,
        Map.of(
            "Content-Type",
            "application/json",
            "PAYPAL-TRANSMISSION-ID",
            transmission,
            "PAYPAL-TRANSMISSION-TIME",
            at,
            "PAYPAL-TRANSMISSION-SIG",
            key.sign(signed(transmission, at, raw)),
            "PAYPAL-CERT-URL",
            origin + CERTIFICATE,
            "PAYPAL-AUTH-ALGO",
            ALGORITHM),
        raw,
        StandardCharsets.UTF_8,
        answer -> answer.statusCode() / 100 == 2);
  }

  private static String signed(String transmission, String at, String event) {
    CRC32 crc = new CRC32();
    crc.update(event.getBytes(StandardCharsets.UTF_8));
    return String.join("|", transmission, at, WEBHOOK, Long.toString(crc.getValue()));
  }

  /** {@code POST /v1/notifications/verify-webhook-signature}. */
  Answer verify(JsonNode body) {
    for (String name :
        List.of(
            "auth_algo",
            "cert_url",
            "transmission_id",
            "transmission_sig",
            "transmission_time",
            "webhook_id")) {
      if (text(body, name).isEmpty()) {
        throw PaypalProblem.invalid("MISSING_REQUIRED_PARAMETER", "/" + name);
      }
    }
    if (!body.path("webhook_event").isObject()) {
      throw PaypalProblem.invalid("MISSING_REQUIRED_PARAMETER", "/webhook_event");
    }
    String transmission = text(body, "transmission_id");
    String at = text(body, "transmission_time");
    String event = Book.JSON.writeValueAsString(body.path("webhook_event"));
    String text = signed(transmission, at, event);
    String signature = text(body, "transmission_sig");
    boolean right =
        text(body, "auth_algo").equals(ALGORITHM)
            && text(body, "cert_url").endsWith(CERTIFICATE)
            && text(body, "webhook_id").equals(WEBHOOK)
            && key.verifies(text, signature);
    return Answer.Reply.json(200, Map.of("verification_status", right ? "SUCCESS" : "FAILURE"));
  }
}
