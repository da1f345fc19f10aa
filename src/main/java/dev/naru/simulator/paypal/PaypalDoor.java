package dev.naru.simulator.paypal;

import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.till.Replays;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who calls PayPal, and whether they have called before: access tokens and request ids. */
final class PaypalDoor {

  /** The account of the sandbox; only its own secret opens it. Any other client has any secret. */
  private static final String CLIENT = "naru-paypal-client";

  private static final String SECRET = "naru-paypal-secret";
  private static final String CREDENTIAL = "[A-Za-z0-9_-]{10,80}";
  private static final Duration TOKEN_LIFE = Duration.ofHours(9);
  private static final String TOKEN_KEY = "token-key";

  /** How long PayPal knows a request id: of an order and a token, and of a refund. */
  static final Duration ORDERS = Duration.ofHours(6);

  static final Duration REFUNDS = Duration.ofDays(45);

  /**
   * One call.
   *
   * @param scope tells the requests with one request id from all others
   * @param whole the caller wants the whole resource in the answer
   */
  record Caller(String client, String scope, String origin, boolean whole) {}

  private final Till till;
  private final Replays replays;

  PaypalDoor(Till till) {
    this.till = till;
    this.replays = new Replays(till);
  }

  /** {@code POST /v1/oauth2/token}. */
  Answer token(Call call) {
    String client = client(call);
    if (client == null) {
      return Answer.Reply.json(
          401,
          Map.of("error", "invalid_client", "error_description", "Client Authentication failed"));
    }
    if (!call.form().getOrDefault("grant_type", "").equals("client_credentials")) {
      return Answer.Reply.json(
          400,
          Map.of(
              "error",
              "unsupported_grant_type",
              "error_description",
              "grant_type has to be client_credentials"));
    }
    Instant now = till.now();
    String claim = client + "." + now.plus(TOKEN_LIFE).getEpochSecond();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "scope",
        "https://uri.paypal.com/services/payments/payment"
            + " https://uri.paypal.com/services/vault/payment-tokens/readwrite");
    body.put("access_token", encoded(claim) + "." + sign(claim));
    body.put("token_type", "Bearer");
    body.put("app_id", "APP-80W284485P519543T");
    body.put("expires_in", TOKEN_LIFE.toSeconds());
    body.put("nonce", now + Numbers.token(43));
    return Answer.Reply.json(200, body);
  }

  private static @Nullable String client(Call call) {
    String[] pair = call.basic().split(":", -1);
    boolean known = pair.length == 2 && pair[0].matches(CREDENTIAL) && pair[1].matches(CREDENTIAL);
    return known && (!pair[0].equals(CLIENT) || pair[1].equals(SECRET)) ? pair[0] : null;
  }

  /** Null: the token is none of ours, or too old. */
  @Nullable Caller caller(Call call) {
    String header = call.header("Authorization");
    if (header == null || !header.startsWith("Bearer ")) {
      return null;
    }
    String[] parts = header.substring("Bearer ".length()).strip().split("\\.", -1);
    String claim = parts.length == 2 ? Digests.base64(parts[0]) : "";
    if (claim.isEmpty() || !Digests.same(sign(claim), parts[1])) {
      return null;
    }
    int dot = claim.lastIndexOf('.');
    Instant end = Instant.ofEpochSecond(Long.parseLong(claim.substring(dot + 1)));
    if (!end.isAfter(till.now())) {
      return null;
    }
    String client = claim.substring(0, dot);
    String prefer = call.header("Prefer");
    return new Caller(
        client,
        scope(call, client),
        call.origin() + "/" + till.ledger().pg(),
        prefer != null && prefer.contains("return=representation"));
  }

  /** A request without an id is like no other. */
  private static String scope(Call call, String client) {
    String id = call.header("PayPal-Request-Id");
    String which = id == null || id.isBlank() ? "\n" + Numbers.token(30) : id;
    return Digests.sha256(client + "\n" + call.method() + " " + call.path() + "\n" + which);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String sign(String claim) {
    return Digests.hmac(key().getBytes(StandardCharsets.US_ASCII), claim);
  }

  /** Kept, so that a token outlives the simulator. */
  private String key() {
    return till.ledger().kept(TOKEN_KEY, () -> Map.of("key", Numbers.token(40))).fact("key");
  }

  /** Serves what went well once per request id. Expects to be called under the order's lock. */
  Answer once(Caller caller, Duration life, Supplier<Answer> work) {
    Optional<Answer.Reply> before = replays.find(caller.scope(), life);
    if (before.isPresent()) {
      Answer.Reply first = before.get();
      return first.status() == 201 ? Answer.Reply.jsonText(200, first.body()) : first;
    }
    Answer answer = work.get();
    Answer.Reply made = answer.made();
    if (made != null && made.status() < 300) {
      replays.keep(caller.scope(), made);
    }
    return answer;
  }

  void keep(String scope, Answer.@Nullable Reply reply) {
    replays.keep(scope, reply);
  }

  /** Of what a request came to after all, when its own connection was long gone. */
  void finish(String scope, Answer.Reply reply) {
    if (!scope.isEmpty() && till.ledger().replay(scope) == null) {
      replays.keep(scope, reply);
    }
  }
}
