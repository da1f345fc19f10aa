package dev.naru.pg;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgHttp;
import dev.naru.connector.PgHttp.Reply;
import dev.naru.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls Toss, and reads whether an answer is a yes, a no, or nothing to rely on. */
final class TossDesk {

  private static final CodeTable REASONS = CodeTable.load("tosspayments-declines");
  private static final String MAYBE = "UNKNOWN";

  private static final Set<String> HIDDEN =
      Set.of(
          "cardNumber",
          "cardExpirationYear",
          "cardExpirationMonth",
          "customerIdentityNumber",
          "cardPassword",
          "authKey",
          "billingKey",
          "secret",
          "registrationNumber",
          "accountNumber",
          "accountKey",
          "holderName",
          "depositorName",
          "customerName",
          "customerEmail",
          "customerMobilePhone");

  private final Secret secretKey;
  private final PgHttp http;

  TossDesk(Secret secretKey, PgHttp http) {
    this.secretKey = secretKey;
    this.http = http;
  }

  /**
   * @param id the idempotency key
   */
  Outcome<JsonNode> post(String path, String orderId, String id, ObjectNode body) {
    return send(call("POST", path, orderId).header("Idempotency-Key", id).json(body.toString()));
  }

  PgHttp.Call call(String method, String path, String orderId) {
    String user = secretKey.reveal() + ":";
    String basic = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    return http.call(orderId, method, http.at("api", path))
        .header("Authorization", "Basic " + basic)
        .hide(HIDDEN);
  }

  /** The one place that speaks HTTP. */
  Outcome<JsonNode> send(PgHttp.Call call) {
    return switch (call.send()) {
      case Reply.Answer answer -> read(answer);
      case Reply.NotSent(String why) -> notSent(why);
      case Reply.NoAnswer(String why) -> new Unknown<>(why);
    };
  }

  /** A readable refusal is a no, unless its code says that the PG itself is not sure. */
  static Outcome<JsonNode> read(Reply.Answer answer) {
    Outcome<JsonNode> body = readable(() -> JsonMapper.shared().readTree(answer.body()));
    if (!(body instanceof Ok<JsonNode>(JsonNode json)) || answer.status() / 100 == 2) {
      return body;
    }
    String code = json.path("code").asString("");
    String message = json.path("message").asString("");
    return code.isEmpty() || answer.status() / 100 != 4
        ? new Unknown<>("HTTP " + answer.status() + " " + code + " " + message)
        : declined(code, message, answer.status());
  }

  static <T> Outcome<T> declined(String code, String message, int status) {
    return MAYBE.equals(REASONS.get(code))
        ? new Unknown<>(code + " " + message)
        : new Declined<>(new Decline(reason(code, status), code, message));
  }

  static Reason reason(String code, int status) {
    String name = REASONS.get(code, status == 401 ? "BAD_CREDENTIALS" : "UNLISTED");
    return name.equals(MAYBE) ? Reason.PG_ERROR : Reason.valueOf(name);
  }

  static <T> Outcome<T> notSent(String why) {
    return new Declined<>(Decline.of(Reason.UNREACHABLE, "PG에 연결하지 못했습니다: " + why));
  }

  /** What cannot be read proves nothing, whatever is wrong with it. */
  static <T> Outcome<T> readable(Supplier<T> reading) {
    try {
      return new Ok<>(reading.get());
    } catch (JacksonException | IllegalArgumentException | DateTimeException unreadable) {
      return new Unknown<>("unreadable answer: " + unreadable.getMessage());
    }
  }
}
