package dev.naru.pg.paypal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.http.PgHttp.Reply;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Digests;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Tree;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls PayPal by an access token that it fetches when it needs one, and reads whether an answer is
 * a yes, a no, or nothing to rely on.
 */
final class PaypalCalls {

  private static final Reasons REASONS = Reasons.load("paypal_v2");

  /** A token is not used any more when it is about to end. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final Set<String> HIDDEN =
      Form.names(
          """
          access_token app_id nonce email_address given_name surname full_name address_line_1
          address_line_2 admin_area_1 admin_area_2 postal_code phone_number national_number payer_id
          account_id vault_id
          """);

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

  PaypalCalls(String clientId, Secret secret, PgHttp http) {
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
    var call =
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
    return call.ask(PaypalCalls::read);
  }

  /** Whatever happens here, the call that wants the token was not made: it is never unknown. */
  private Outcome<Secret> token(String orderId, boolean fresh) {
    Token known = TOKENS.get(account);
    if (!fresh && known != null && http.now().isBefore(known.until())) {
      return new Ok<>(known.value());
    }
    Outcome<Token> told =
        http.call(orderId, "POST", account.token())
            .header("Authorization", Digests.basic(account.clientId(), account.secret()))
            .hide(HIDDEN)
            .form(Map.of("grant_type", "client_credentials"), UTF_8)
            .ask(PaypalCalls::read)
            .read(this::token);
    if (told instanceof Ok<Token>(Token token)) {
      TOKENS.put(account, token);
    }
    return told instanceof Unknown<Token>(String why)
        ? Outcome.unreachable(why)
        : told.map(Token::value);
  }

  private Token token(JsonNode json) {
    Duration life = Duration.ofSeconds(json.required("expires_in").longValue()).minus(MARGIN);
    return new Token(new Secret(Tree.text(json, "access_token")), http.now().plus(life));
  }

  /** An issue that is not in the table proves nothing, unless PayPal says the request is wrong. */
  private static Outcome<JsonNode> read(Reply.Answer answer) {
    if (answer.status() == 204) {
      return new Ok<>(Tree.object());
    }
    JsonNode json = Tree.of(answer);
    if (answer.isSuccess()) {
      return new Ok<>(json);
    }
    if (answer.status() == 401) {
      return declined(Reason.BAD_CREDENTIALS, json.path("error").asString("401"), json);
    }
    String name = Tree.said(json, "name");
    String said = json.path("details").path(0).path("issue").asString(name);
    // What is not there is not there, whichever of several words says so.
    String issue = answer.status() == 404 && !REASONS.knows(said) ? name : said;
    Reason reason = answer.isRefusal() ? REASONS.certain(issue, name) : null;
    return reason == null
        ? new Unknown<>("HTTP " + answer.status() + " " + issue)
        : declined(reason, issue, json);
  }

  private static <T> Outcome<T> declined(Reason reason, String code, JsonNode json) {
    String said =
        json.path("details")
            .path(0)
            .path("description")
            .asString(json.path("message").asString(""));
    return new Declined<>(new Decline(reason, code, PaypalWords.inKorean(code, said)));
  }
}
