package dev.naru.simulator.emulated;

import dev.naru.simulator.emulated.EmulatedCharges.Checked;
import dev.naru.simulator.emulated.EmulatedCharges.Plan;
import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Barcodes of an emulated PG: issued, revoked, and paid at a till, if the merchant agrees. A magic
 * number as the barcode behaves as the card of that number.
 */
final class EmulatedCvs implements EmulatedDesk {

  /** How long a barcode is good whose merchant does not say. */
  private static final Duration VALID = Duration.ofDays(3);

  private static final String SIGNATURE = "Naru-Emulation-Signature";

  /** Longer than the merchant's hub waits for its shop. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Till till;
  private final Ledger ledger;
  private final EmulatedCharges charges;
  private final Notices notices;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  EmulatedCvs(Till till, Notices notices) {
    this.till = till;
    this.ledger = till.ledger();
    this.notices = notices;
    charges = new EmulatedCharges(till);
  }

  @Override
  public Till till() {
    return till;
  }

  @Override
  public Answer handle(Asked asked) {
    return switch (asked.operation()) {
      case "cvs.issue" -> charges.charge(asked, () -> check(asked));
      case "cvs.revoke" -> ledger.locked(asked.id(), () -> revoke(asked));
      default -> charges.common(asked);
    };
  }

  private Checked check(Asked asked) {
    String wanted = asked.text("barcode");
    Instant until = until(asked);
    if (until == null || !wanted.matches("[0-9A-Za-z]{0,32}")) {
      return Checked.no("bad_request", "요청 값이 올바르지 않습니다.");
    }
    Charge holder = wanted.isEmpty() ? null : ledger.byAccount(wanted);
    boolean magic = Cards.effect(wanted) != Effect.APPROVE;
    if (holder != null && holder.status() == Status.WAITING && !magic) {
      return Checked.no("barcode_taken", "이미 사용 중인 바코드입니다.");
    }
    String number = wanted.isEmpty() ? Numbers.digits(20) : wanted;
    Means means =
        new Means(
            Method.VBANK, Cards.effect(wanted), null, new Account("", number, "", until, ""), null);
    return Checked.fine(new Plan(means, Map.of("kind", "barcode", "key", key(asked))));
  }

  /** Signs the notices about this one barcode; the account's password is not kept. */
  private static String key(Asked asked) {
    return Digests.hmac(asked.caller().password().getBytes(StandardCharsets.UTF_8), asked.id());
  }

  private @Nullable Instant until(Asked asked) {
    String text = asked.text("expires_at");
    try {
      return text.isEmpty() ? till.now().plus(VALID) : Instant.parse(text);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private Answer revoke(Asked asked) {
    Charge charge = charges.find(asked).orElse(null);
    if (charge == null) {
      return EmulatedCharges.unknown();
    }
    if (charge.paid()) {
      return Emulation.declined("barcode_paid", "이미 결제된 바코드입니다.");
    }
    if (charge.means().effect() == Effect.CANCEL_REFUSED) {
      return EmulatedCharges.refused(EmulatedCharges.CODES.of(Effect.CANCEL_REFUSED));
    }
    if (charge.status() == Status.BLOCKED) {
      return EmulatedCharges.done(charge);
    }
    Charge blocked = ledger.save(charge.as(Status.BLOCKED, null));
    return charge.means().effect() == Effect.CANCEL_ANSWER_LOST
        ? new Answer.Lost(EmulatedCharges.done(blocked))
        : EmulatedCharges.done(blocked);
  }

  /** What came of holding a barcode to a till's reader. */
  enum AtTill {
    PAID,
    /** Nobody issued it, or nobody could pay it any more. */
    NOT_WAITING,
    /** The merchant said no, or nothing that is a yes. */
    REFUSED
  }

  /** The merchant is asked with nothing locked; whether the barcode still waits is seen after. */
  AtTill pay(String barcode, String payType) {
    Charge waiting = ledger.byAccount(barcode);
    if (waiting == null || !isWaiting(waiting)) {
      return AtTill.NOT_WAITING;
    }
    if (!agreed(waiting, payType)) {
      return AtTill.REFUSED;
    }
    return ledger.locked(
        waiting.order().id(),
        () -> {
          Charge charge = ledger.charge(waiting.id());
          if (charge == null || !isWaiting(charge)) {
            return AtTill.NOT_WAITING;
          }
          tell(ledger.save(charge.as(Status.PAID, till.now())), payType);
          return AtTill.PAID;
        });
  }

  private boolean isWaiting(Charge charge) {
    Account account = charge.means().account();
    return charge.status() == Status.WAITING
        && account != null
        && account.due().isAfter(till.now());
  }

  private boolean agreed(Charge charge, String payType) {
    String url = ledger.noticeUrl(charge.order().merchant());
    if (url == null || url.isEmpty()) {
      return false;
    }
    String body = body("cvs.confirm", charge, payType);
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(PATIENCE)
              .header("Content-Type", "application/json;charset=UTF-8")
              .header(SIGNATURE, sign(charge, body))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          && Book.JSON.readTree(answer.body()).path("result").asString("").equals("ok");
    } catch (IOException | IllegalArgumentException | JacksonException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void tell(Charge charge, String payType) {
    String url = ledger.noticeUrl(charge.order().merchant());
    if (url == null) {
      return;
    }
    String body = body("cvs.paid", charge, payType);
    notices.send(Notices.Notice.json(url, Map.of(SIGNATURE, sign(charge, body)), body));
  }

  private static String body(String event, Charge charge, String payType) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Account account = charge.means().account();
    fields.put("barcode", account == null ? "" : account.number());
    fields.put("pay_type", payType);
    fields.put("amount", charge.order().amount());
    if (charge.course().at() != null) {
      fields.put("at", charge.course().at().toString());
    }
    Map<String, Object> notice = new LinkedHashMap<>();
    notice.put("event", event);
    notice.put("id", charge.order().id());
    notice.put("tid", charge.tid());
    notice.put("fields", fields);
    return Book.JSON.writeValueAsString(notice);
  }

  private static String sign(Charge charge, String body) {
    return Digests.hmac(HexFormat.of().parseHex(charge.order().more("key")), body);
  }
}
