package dev.naru.pg;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgHttp;
import dev.naru.connector.PgHttp.Reply;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls PayPal by an access token that it fetches when it needs one, and reads whether an answer is
 * a yes, a no, or nothing to rely on.
 */
final class PaypalDesk {

  private static final CodeTable REASONS = CodeTable.load("paypal_v2-declines");
  private static final String MAYBE = "UNKNOWN";

  /** A token is not used any more when it is about to end. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final Set<String> HIDDEN =
      Set.of(
          "access_token",
          "app_id",
          "nonce",
          "email_address",
          "given_name",
          "surname",
          "full_name",
          "address_line_1",
          "address_line_2",
          "admin_area_1",
          "admin_area_2",
          "postal_code",
          "phone_number",
          "national_number",
          "payer_id",
          "account_id",
          "vault_id");

  private static final Set<String> HIDDEN_OF_VAULT =
      Stream.concat(HIDDEN.stream(), Stream.of("id", "href")).collect(Collectors.toSet());

  private static final String VAULT = "/v3/vault/";
  private static final String FORGET = VAULT + "payment-tokens/";

  /** Connectors come and go, the tokens of an account stay. */
  private static final Map<Account, Token> TOKENS = new ConcurrentHashMap<>();

  private record Account(URI token, String clientId, Secret secret) {}

  private record Token(Secret value, Instant until) {}

  private final Account account;
  private final PgHttp http;

  PaypalDesk(String clientId, Secret secret, PgHttp http) {
    this.account = new Account(http.at("api", "/v1/oauth2/token"), clientId, secret);
    this.http = http;
  }

  /**
   * A call in the making.
   *
   * @param id the idempotency key, null where there is nothing to repeat
   * @param body null for none
   */
  private record Asked(
      String method, String path, String orderId, @Nullable String id, @Nullable ObjectNode body) {}

  /**
   * @param id the idempotency key
   */
  Outcome<JsonNode> post(String path, String orderId, String id, ObjectNode body) {
    return send(new Asked("POST", path, orderId, id, body));
  }

  Outcome<JsonNode> get(String path, String orderId) {
    return send(new Asked("GET", path, orderId, null, null));
  }

  /** Of the vault, whose ids are billing keys. */
  Outcome<JsonNode> vault(String orderId, String path, String id, ObjectNode body) {
    return send(new Asked("POST", VAULT + path, orderId, id, body));
  }

  Outcome<JsonNode> forget(Secret key) {
    String path = FORGET + URLEncoder.encode(key.reveal(), UTF_8);
    return send(new Asked("DELETE", path, "", null, null));
  }

  /** A token that is refused was taken back before its time: nothing was done, a new one is. */
  private Outcome<JsonNode> send(Asked asked) {
    for (boolean fresh = false; ; fresh = true) {
      Outcome<Secret> token = token(asked.orderId(), fresh);
      if (!(token instanceof Ok<Secret>(Secret value))) {
        return token.then(none -> new Unknown<>("no token"));
      }
      Outcome<JsonNode> outcome = send(asked, value);
      boolean refused =
          outcome instanceof Declined<JsonNode>(Decline no)
              && no.reason() == Reason.BAD_CREDENTIALS;
      if (fresh || !refused) {
        return outcome;
      }
    }
  }

  private Outcome<JsonNode> send(Asked asked, Secret token) {
    String path = asked.path();
    PgHttp.Call call =
        http.call(asked.orderId(), asked.method(), http.at("api", path))
            .header("Authorization", "Bearer " + token.reveal())
            .header("Prefer", "return=representation")
            .hide(path.startsWith(VAULT) ? HIDDEN_OF_VAULT : HIDDEN);
    if (path.startsWith(FORGET)) {
      call.conceal(new Secret(path.substring(FORGET.length())));
    }
    if (asked.id() != null) {
      call.header("PayPal-Request-Id", asked.id());
    }
    if (asked.body() != null) {
      call.json(asked.body().toString());
    }
    return answer(call);
  }

  /** Whatever happens here, the call that wants the token was not made: it is never unknown. */
  private Outcome<Secret> token(String orderId, boolean fresh) {
    Token known = TOKENS.get(account);
    if (!fresh && known != null && http.now().isBefore(known.until())) {
      return new Ok<>(known.value());
    }
    String basic = account.clientId() + ":" + account.secret().reveal();
    PgHttp.Call call =
        http.call(orderId, "POST", account.token())
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8)))
            .hide(HIDDEN)
            .form(Map.of("grant_type", "client_credentials"), UTF_8);
    return switch (answer(call).then(json -> TossDesk.readable(() -> token(json)))) {
      case Ok<Token>(Token token) -> {
        TOKENS.put(account, token);
        yield new Ok<>(token.value());
      }
      case Declined<Token>(Decline no) -> new Declined<>(no);
      case Unknown<Token>(String why) -> TossDesk.notSent(why);
      case Outcome.Pending<Token> pending -> TossDesk.notSent(pending.toString());
    };
  }

  private Token token(JsonNode json) {
    Duration life = Duration.ofSeconds(json.required("expires_in").longValue()).minus(MARGIN);
    return new Token(new Secret(PaypalAnswer.text(json, "access_token")), http.now().plus(life));
  }

  /** The one place that speaks HTTP. */
  private static Outcome<JsonNode> answer(PgHttp.Call call) {
    return switch (call.send()) {
      case Reply.Answer answer -> read(answer);
      case Reply.NotSent(String why) -> TossDesk.notSent(why);
      case Reply.NoAnswer(String why) -> new Unknown<>(why);
    };
  }

  /** An issue that is not in the table proves nothing, unless PayPal says the request is wrong. */
  private static Outcome<JsonNode> read(Reply.Answer answer) {
    if (answer.status() == 204) {
      return new Ok<>(JsonMapper.shared().createObjectNode());
    }
    Outcome<JsonNode> body = TossDesk.readable(() -> JsonMapper.shared().readTree(answer.body()));
    if (!(body instanceof Ok<JsonNode>(JsonNode json)) || answer.status() / 100 == 2) {
      return body;
    }
    if (answer.status() == 401) {
      return declined(Reason.BAD_CREDENTIALS, json.path("error").asString("401"), json);
    }
    String name = json.path("name").asString("");
    String said = json.path("details").path(0).path("issue").asString(name);
    // What is not there is not there, whichever of several words says so.
    String issue = answer.status() == 404 && REASONS.get(said) == null ? name : said;
    String reason = REASONS.get(issue, REASONS.get(name, MAYBE));
    return answer.status() / 100 != 4 || reason.equals(MAYBE)
        ? new Unknown<>("HTTP " + answer.status() + " " + issue)
        : declined(Reason.valueOf(reason), issue, json);
  }

  private static <T> Outcome<T> declined(Reason reason, String code, JsonNode json) {
    String said =
        json.path("details")
            .path(0)
            .path("description")
            .asString(json.path("message").asString(""));
    return new Declined<>(new Decline(reason, code, PaypalAnswer.inKorean(code, said)));
  }
}
