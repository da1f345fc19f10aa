package dev.naru.pg.paypal;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
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
public final class Paypal
    implements Connector,
        Capability.Checkout,
        Capability.WindowKey,
        Capability.ChargeKey,
        Capability.DeleteKey,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Lookup,
        Capability.Notifies {

  public static final Pg<Config> PG =
      Pg.of(Paypal.class, Config.class, Paypal::new)
          .named("paypal_v2", "페이팔", "PayPal")
          .live("api", "https://api-m.paypal.com")
          .test("api", "https://api-m.sandbox.paypal.com")
          .sandbox("api", "/paypal_v2")
          .browserHosts("https://*.paypal.com")
          .demo(
              new Config("NARUPAYPAL001", "naru-paypal-client", new Secret("naru-paypal-secret")));

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
  private final PaypalCalls calls;

  Paypal(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
    this.calls = new PaypalCalls(config.clientId(), config.clientSecret(), http);
  }

  @Override
  public Currency currency() {
    return Currency.getInstance("USD");
  }

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    return Outcome.composed(() -> PaypalWords.order(order, config.merchantId(), visit))
        .then(body -> calls.post(ORDERS, order.id(), order.id(), body))
        .read(this::window);
  }

  @Override
  public Outcome<Window> openForKey(Order order, String owner, Visit visit) {
    return Outcome.composed(() -> PaypalWords.key(order, visit))
        .then(body -> calls.vault(order.id(), "setup-tokens", order.id(), body))
        .read(this::window);
  }

  private Window window(JsonNode answer) {
    return new Window.Redirect(
        http.window("api", PaypalWords.link(answer), ".paypal.com"),
        Map.of("order", Tree.text(answer, "id")));
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
    return opened(intent).then(opened -> capture(order, opened, Tree.object()));
  }

  /** Of PayPal's own, if it is what the browser came back for. */
  private static Outcome<String> opened(Map<String, String> intent) {
    String opened = intent.getOrDefault("order", "");
    return opened.isEmpty() || !opened.equals(intent.get("token"))
        ? Outcome.declined(Reason.BAD_REQUEST, "다른 주문의 결제 결과입니다.")
        : new Ok<>(opened);
  }

  private Outcome<Approval> capture(Order order, String opened, ObjectNode body) {
    return calls
        .post(ORDERS + "/" + opened + "/capture", order.id(), "capture-" + order.id(), body)
        .judge(answer -> PaypalWords.approval(answer, http.now().plus(REVIEW)));
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
                calls.vault(
                    order.id(), "payment-tokens", "key-" + order.id(), PaypalWords.agreed(setup)))
        .read(answer -> new PgKey(new Secret(Tree.text(answer, "id")), owner, null));
  }

  /** In two calls, of which the first moves nothing and may be repeated: see {@link #find}. */
  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    return ordered(order)
        .read(answer -> Tree.text(answer, "id"))
        .then(opened -> capture(order, opened, PaypalWords.paidBy(key.key())));
  }

  private Outcome<JsonNode> ordered(Order order) {
    return Outcome.composed(() -> PaypalWords.order(order, config.merchantId()))
        .then(body -> calls.post(ORDERS, order.id(), order.id(), body));
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
    return calls
        .forget(key.key())
        .map(nothing -> http.now())
        .doneIf(no -> no.is(NOT_FOUND), http.now());
  }

  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    return calls
        .post(
            "/v2/payments/captures/" + cancel.ref().tid() + "/refund",
            cancel.order().id(),
            cancel.id(),
            PaypalWords.refund(cancel))
        .then(answer -> settled(cancel.order(), answer));
  }

  /** A repeated request may be answered as the first one was: how a review ended is asked for. */
  private Outcome<Canceled> settled(Order order, JsonNode refund) {
    Instant again = http.now().plus(REVIEW);
    Outcome<Canceled> said = new Ok<>(refund).judge(told -> PaypalWords.canceled(told, again));
    return said instanceof Outcome.Pending<Canceled>(PgRef ref, Instant until)
        ? calls
            .get("/v2/payments/refunds/" + ref.tid(), order.id())
            .judge(now -> PaypalWords.canceled(now, until))
        : said;
  }

  @Override
  public Ends.OfCancels cancelEnds() {
    return Ends.IDEMPOTENT_RETRY.always();
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
    return calls
        .get("/v2/payments/captures/" + capture.tid(), order.id())
        .ofQuestion()
        .read(answer -> PaypalWords.orderOf(answer));
  }

  /** PayPal's order of a charge by a key: made again under a key it remembers, it is the same. */
  private Outcome<String> opened(Order order) {
    if (http.now().isAfter(order.at().plus(REPLAYED))) {
      return new Unknown<>("PayPal has forgotten the request by which its order was known");
    }
    return ordered(order).ofQuestion().read(answer -> Tree.text(answer, "id"));
  }

  /** An order that nobody has captured is as absent as one that is not there. */
  private Outcome<Optional<PgRecord>> find(Order order, String opened) {
    return calls
        .get(ORDERS + "/" + opened, order.id())
        .read(answer -> PaypalWords.record(order, answer))
        .absentIf(no -> no.is(NOT_FOUND))
        .map(found -> found.flatMap(record -> record));
  }

  /** What changed is read in PayPal's books, so that a forged notice tells nothing. */
  @Override
  public Notice read(PgReturn raw) {
    Outcome<JsonNode> body = Outcome.reading(() -> JsonMapper.shared().readTree(raw.body()));
    if (!(body instanceof Ok<JsonNode>(JsonNode event))) {
      return new Notice.Unreadable("not JSON");
    }
    String order = Tree.said(event.path("resource"), "custom_id");
    boolean ours = Tree.said(event, "event_type").startsWith("PAYMENT.CAPTURE.");
    return ours && order.matches(ID) ? new Notice.Changed(order, "") : new Notice.Ignored("");
  }
}
