package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.DeleteKey;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Capability.WindowKey;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.Pg.Mode;
import dev.naru.connector.PgHttp;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.Visit;
import dev.naru.connector.Window;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * PayPal: Orders v2 with a page of PayPal's, captured when the buyer is back; Payments v2 for
 * refunds. Whatever moves money has its idempotency key. Captures and refunds may be under review
 * for days, of which webhooks tell.
 *
 * <p>A billing key is a payment token of Vault v3. A charge by it has two calls: an order that
 * nobody pays, then its capture by the token.
 *
 * <p>{@code [inferred]}, to be checked with the PG: that a webhook without the shop's webhook id
 * need not be verified, because it only makes us ask; that a capture takes a {@code vault_id},
 * which only PayPal's reference says; that {@code payee.merchant_id} may name the account whose own
 * app it is; the texts of refusals ({@code paypal_v2-declines.tsv} has the issues of PayPal's own
 * documents).
 */
final class Paypal
    implements Connector,
        Checkout,
        WindowKey,
        ChargeKey,
        DeleteKey,
        Cancels,
        PartialCancels,
        Lookup,
        Notifies {

  static final Pg<Config> PG =
      new Pg<>(
          "paypal_v2",
          Set.of(),
          "페이팔",
          "PayPal",
          Paypal.class,
          Config.class,
          new Config("NARUPAYPAL001", "naru-paypal-client", new Secret("naru-paypal-secret")),
          Map.of(
              Mode.LIVE, Map.of("api", URI.create("https://api-m.paypal.com")),
              Mode.TEST, Map.of("api", URI.create("https://api-m.sandbox.paypal.com")),
              Mode.SANDBOX, Map.of("api", URI.create("http://simulator.invalid/paypal_v2"))),
          Set.of("https://*.paypal.com"),
          Set.of(),
          Duration.ofMinutes(2),
          Paypal::new);

  /**
   * @param merchantId of the account that is paid
   * @param clientId and the secret belong to its app
   */
  public record Config(String merchantId, String clientId, Secret clientSecret) {}

  private static final String ORDERS = "/v2/checkout/orders";
  private static final String NOT_FOUND = "RESOURCE_NOT_FOUND";
  private static final String ID = "[0-9A-Z]{20}";

  /** A review takes hours or days; from the first look on the resolver looks ever more rarely. */
  private static final Duration REVIEW = Duration.ofSeconds(10);

  /** PayPal keeps what it answered to a request id for six hours. */
  private static final Duration REPLAYED = Duration.ofHours(5);

  private final Config config;
  private final PgHttp http;
  private final PaypalDesk desk;

  Paypal(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
    this.desk = new PaypalDesk(config.clientId(), config.clientSecret(), http);
  }

  @Override
  public Currency currency() {
    return Currency.getInstance("USD");
  }

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    return asked(() -> PaypalRequest.order(order, config.merchantId(), visit))
        .then(body -> desk.post(ORDERS, order.id(), order.id(), body))
        .then(answer -> TossDesk.readable(() -> window(answer)));
  }

  @Override
  public Outcome<Window> openForKey(Order order, String owner, Visit visit) {
    return asked(() -> PaypalRequest.key(order, visit))
        .then(body -> desk.vault(order.id(), "setup-tokens", order.id(), body))
        .then(answer -> TossDesk.readable(() -> window(answer)));
  }

  /** What is wrong with V1's parameters is found before PayPal is asked. */
  private static Outcome<ObjectNode> asked(Supplier<ObjectNode> body) {
    try {
      return new Ok<>(body.get());
    } catch (IllegalArgumentException wrong) {
      return new Declined<>(Decline.of(Reason.BAD_REQUEST, String.valueOf(wrong.getMessage())));
    }
  }

  private Window window(JsonNode answer) {
    URI target = PaypalAnswer.link(answer, List.of("payer-action", "approve"));
    if (!isOurs(target)) {
      throw new IllegalArgumentException("a window that is elsewhere: " + target.getHost());
    }
    return new Window.Redirect(target, Map.of("order", PaypalAnswer.text(answer, "id")));
  }

  /** The sandbox has its windows where its API is. */
  private boolean isOurs(URI target) {
    URI api = http.at("api", "");
    String host = String.valueOf(target.getHost());
    return (host.equals(api.getHost()) || host.endsWith(".paypal.com"))
        && api.getScheme().equals(target.getScheme());
  }

  /** The return bears no signature: what it names is compared with what we keep, see approve. */
  @Override
  public Returned authenticate(Order order, PgReturn back) {
    return named(back, "token");
  }

  @Override
  public Returned authenticateKey(Order order, PgReturn back) {
    return named(back, "approval_token_id");
  }

  private static Returned named(PgReturn back, String field) {
    String token = back.fields(StandardCharsets.UTF_8).getOrDefault(field, "");
    return token.isEmpty()
        ? new Returned.Forged("no token")
        : new Returned.Authenticated(null, Map.of("token", token));
  }

  @Override
  public Outcome<Approval> approve(Order order, Map<String, String> intent) {
    return opened(intent)
        .then(opened -> capture(order, opened, JsonMapper.shared().createObjectNode()));
  }

  /** Of PayPal's own, if it is what the browser came back for. */
  private static Outcome<String> opened(Map<String, String> intent) {
    String opened = intent.getOrDefault("order", "");
    return opened.isEmpty() || !opened.equals(intent.get("token"))
        ? new Declined<>(Decline.of(Reason.BAD_REQUEST, "다른 주문의 결제 결과입니다."))
        : new Ok<>(opened);
  }

  private Outcome<Approval> capture(Order order, String opened, ObjectNode body) {
    return desk.post(ORDERS + "/" + opened + "/capture", order.id(), "capture-" + order.id(), body)
        .then(answer -> readable(() -> PaypalAnswer.approval(answer, http.now().plus(REVIEW))));
  }

  @Override
  public Ends approveEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent) {
    return opened(intent)
        .then(
            setup ->
                desk.vault(
                    order.id(), "payment-tokens", "key-" + order.id(), PaypalRequest.agreed(setup)))
        .then(
            answer ->
                TossDesk.readable(
                    () -> new PgKey(new Secret(PaypalAnswer.text(answer, "id")), owner, null)));
  }

  /** In two calls, of which the first moves nothing and may be repeated: see {@link #find}. */
  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    return ordered(order)
        .then(answer -> TossDesk.readable(() -> PaypalAnswer.text(answer, "id")))
        .then(opened -> capture(order, opened, PaypalRequest.paidBy(key.key())));
  }

  private Outcome<JsonNode> ordered(Order order) {
    return asked(() -> PaypalRequest.order(order, config.merchantId()))
        .then(body -> desk.post(ORDERS, order.id(), order.id(), body));
  }

  @Override
  public boolean chargesOrderOnce() {
    return true;
  }

  @Override
  public Ends chargeKeyEnds() {
    return Ends.LOOKUP;
  }

  /** One that is gone already is as good as deleted. */
  @Override
  public Outcome<Instant> delete(PgKey key) {
    Outcome<JsonNode> gone = desk.forget(key.key());
    return gone instanceof Declined<JsonNode>(Decline no) && NOT_FOUND.equals(no.code())
        ? new Ok<>(http.now())
        : gone.map(nothing -> http.now());
  }

  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    return desk.post(
            "/v2/payments/captures/" + cancel.ref().tid() + "/refund",
            cancel.order().id(),
            cancel.id(),
            PaypalRequest.refund(cancel))
        .then(answer -> settled(cancel.order(), answer));
  }

  /** A repeated request may be answered as the first one was: how a review ended is asked for. */
  private Outcome<Canceled> settled(Order order, JsonNode refund) {
    Instant again = http.now().plus(REVIEW);
    Outcome<Canceled> said = readable(() -> PaypalAnswer.canceled(refund, again));
    return said instanceof Outcome.Pending<Canceled>(PgRef ref, Instant until)
        ? desk.get("/v2/payments/refunds/" + ref.tid(), order.id())
            .then(now -> readable(() -> PaypalAnswer.canceled(now, until)))
        : said;
  }

  @Override
  public Ends cancelEnds() {
    return Ends.IDEMPOTENT_RETRY;
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    String opened = intent.get("order");
    Outcome<String> known =
        opened != null ? new Ok<>(opened) : ref != null ? opened(order, ref) : opened(order);
    return known.then(found -> find(order, found));
  }

  /** PayPal's order of a capture that is, or was, under review. */
  private Outcome<String> opened(Order order, PgRef capture) {
    return desk.get("/v2/payments/captures/" + capture.tid(), order.id())
        .then(answer -> TossDesk.readable(() -> PaypalAnswer.orderOf(answer)));
  }

  /**
   * PayPal's order of a charge by a key: making it again under its idempotency key tells. When
   * PayPal has forgotten that key another order would be made, of which nothing is learnt.
   */
  private Outcome<String> opened(Order order) {
    if (http.now().isAfter(order.at().plus(REPLAYED))) {
      return new Unknown<>("PayPal has forgotten the request by which its order was known");
    }
    return switch (ordered(order)) {
      case Ok<JsonNode>(JsonNode answer) ->
          TossDesk.readable(() -> PaypalAnswer.text(answer, "id"));
      case Declined<JsonNode>(Decline no) -> new Unknown<>(no.message());
      case Outcome.Pending<JsonNode> pending -> new Unknown<>(pending.toString());
      case Unknown<JsonNode>(String why) -> new Unknown<>(why);
    };
  }

  private Outcome<Optional<PgRecord>> find(Order order, String opened) {
    return switch (desk.get(ORDERS + "/" + opened, order.id())) {
      case Ok<JsonNode>(JsonNode answer) -> TossDesk.readable(() -> PaypalAnswer.record(answer));
      case Declined<JsonNode>(Decline no) when NOT_FOUND.equals(no.code()) ->
          new Ok<>(Optional.empty());
      // Any other no says nothing about the transaction.
      case Declined<JsonNode>(Decline no) -> new Unknown<>(no.message());
      case Outcome.Pending<JsonNode> pending -> new Unknown<>(pending.toString());
      case Unknown<JsonNode>(String why) -> new Unknown<>(why);
    };
  }

  /** What changed is read in PayPal's books, so that a forged notice tells nothing. */
  @Override
  public Notice read(PgReturn raw) {
    Outcome<JsonNode> body = TossDesk.readable(() -> JsonMapper.shared().readTree(raw.body()));
    if (!(body instanceof Ok<JsonNode>(JsonNode event))) {
      return new Notice.Unreadable("not JSON");
    }
    String order = event.path("resource").path("custom_id").asString("");
    boolean ours = event.path("event_type").asString("").startsWith("PAYMENT.CAPTURE.");
    return ours && order.matches(ID) ? new Notice.Changed(order, "") : new Notice.Ignored("");
  }

  private static <T> Outcome<T> readable(Supplier<Outcome<T>> reading) {
    return TossDesk.readable(reading).then(outcome -> outcome);
  }
}
