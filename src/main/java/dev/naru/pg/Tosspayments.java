package dev.naru.pg;

import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.DeleteKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Capability.WindowKey;
import dev.naru.connector.Card;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.KeyOrder;
import dev.naru.connector.Notice;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.Pg.Mode;
import dev.naru.connector.PgHttp;
import dev.naru.connector.PgHttp.Reply;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.PgReturn;
import dev.naru.connector.ReceiptOrder;
import dev.naru.connector.Receipted;
import dev.naru.connector.Returned;
import dev.naru.connector.VbankOrder;
import dev.naru.connector.Visit;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Toss Payments, core API: JSON, basic authentication, an idempotency key on every POST. It has no
 * net cancel: a charge whose answer is missing is looked up by our order id.
 */
final class Tosspayments
    implements Connector,
        KeyIn,
        IssueKey,
        ChargeKey,
        DeleteKey,
        Checkout,
        WindowKey,
        Cancels,
        PartialCancels,
        Vbank,
        Lookup,
        Receipts,
        Notifies {

  private static final Map<String, URI> REAL =
      Map.of(
          "api", URI.create("https://api.tosspayments.com"),
          "js", URI.create("https://js.tosspayments.com"));

  static final Pg<Config> PG =
      new Pg<>(
          "tosspayments",
          Set.of(),
          "토스페이먼츠",
          "Toss Payments",
          Tosspayments.class,
          Config.class,
          new Config(
              "tosstest",
              "test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm",
              new Secret("test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6")),
          Map.of(
              Mode.LIVE, REAL,
              Mode.TEST, REAL,
              Mode.SANDBOX,
                  Map.of(
                      "api", URI.create("http://simulator.invalid/tosspayments"),
                      "js", URI.create("http://simulator.invalid/tosspayments/js"))),
          Set.of("https://*.tosspayments.com"),
          Set.of(),
          Duration.ofMinutes(2),
          Tosspayments::new);

  /** The keys decide about test and live; the MID only names the contract. */
  public record Config(String mid, String clientKey, Secret secretKey) {}

  private static final String ACK = "OK";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Config config;
  private final PgHttp http;
  private final TossDesk desk;
  private final TossReceipts receipts;

  Tosspayments(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
    this.desk = new TossDesk(config.secretKey(), http);
    this.receipts = new TossReceipts(desk, http);
  }

  @Override
  public boolean wantsHolder() {
    return true;
  }

  @Override
  public Outcome<Approval> charge(Order order, Card card) {
    ObjectNode body = TossRequest.card(TossRequest.charged(order), card);
    if (order.isSet("interest_free_by_merchant")) {
      body.put("useFreeInstallmentPlan", true);
    }
    return approved(order, desk.post("/v1/payments/key-in", order.id(), order.id(), body));
  }

  @Override
  public Ends keyInEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<PgKey> issue(KeyOrder order, Card card) {
    ObjectNode body =
        TossRequest.card(JSON.createObjectNode(), card).put("customerKey", order.owner());
    TossRequest.putIf(body, "customerName", order.buyer().name());
    TossRequest.putIf(body, "customerEmail", order.buyer().email());
    return key(
        order.owner(), desk.post("/v1/billing/authorizations/card", order.id(), order.id(), body));
  }

  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    ObjectNode body = TossRequest.charged(order);
    TossRequest.putIf(body, "customerKey", key.owner());
    PgHttp.Call call =
        desk.call("POST", "/v1/billing/" + key.key().reveal(), order.id())
            .conceal(key.key())
            .header("Idempotency-Key", order.id())
            .json(body.toString());
    return approved(order, desk.send(call));
  }

  @Override
  public boolean chargesOrderOnce() {
    return true;
  }

  @Override
  public Ends chargeKeyEnds() {
    return Ends.LOOKUP;
  }

  /** {@code [inferred]} Known from client code only: check the path and its answer with the PG. */
  @Override
  public Outcome<Instant> delete(PgKey key) {
    PgHttp.Call call =
        desk.call("DELETE", "/v1/billing/" + key.key().reveal(), "").conceal(key.key());
    return switch (call.send()) {
      case Reply.Answer answer when answer.status() / 100 == 2 -> new Ok<>(http.now());
      case Reply.Answer answer -> TossDesk.read(answer).map(ignored -> http.now());
      case Reply.NotSent(String why) -> TossDesk.notSent(why);
      case Reply.NoAnswer(String why) -> new Unknown<>(why);
    };
  }

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    try {
      return new Ok<>(script("requestPayment", null, TossRequest.of(order, visit)));
    } catch (JacksonException | IllegalArgumentException badOption) {
      return new Declined<>(Decline.of(Reason.BAD_REQUEST, String.valueOf(badOption.getMessage())));
    }
  }

  @Override
  public Returned authenticate(Order order, PgReturn back) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    String paymentKey = fields.get("paymentKey");
    String amount = fields.get("amount");
    if (fields.containsKey("code")) {
      return abandoned(fields);
    }
    if (paymentKey == null || amount == null || !order.id().equals(fields.get("orderId"))) {
      return new Returned.Forged("not this order's return");
    }
    try {
      Money agreed = Money.ofMajor(new BigDecimal(amount), order.amount().currency());
      return new Returned.Authenticated(agreed, Map.of("paymentKey", paymentKey));
    } catch (IllegalArgumentException e) {
      return new Returned.Forged("no amount: " + e.getMessage());
    }
  }

  @Override
  public Outcome<Approval> approve(Order order, Map<String, String> intent) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("paymentKey", intent.get("paymentKey"))
            .put("orderId", order.id())
            .put("amount", order.amount().major());
    return approved(order, desk.post("/v1/payments/confirm", order.id(), order.id(), body));
  }

  @Override
  public Ends approveEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Window> openForKey(Order order, String owner, Visit visit) {
    return new Ok<>(script("requestBillingAuth", owner, TossRequest.forKey(order, visit)));
  }

  @Override
  public Returned authenticateKey(Order order, PgReturn back) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    String authKey = fields.get("authKey");
    if (fields.containsKey("code")) {
      return abandoned(fields);
    }
    return authKey == null
        ? new Returned.Forged("no authKey")
        : new Returned.Authenticated(null, Map.of("authKey", authKey));
  }

  /** The owner is ours, not the browser's: the PG refuses an authKey given to somebody else. */
  @Override
  public Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent) {
    ObjectNode body =
        JSON.createObjectNode().put("authKey", intent.get("authKey")).put("customerKey", owner);
    return key(owner, desk.post("/v1/billing/authorizations/issue", order.id(), order.id(), body));
  }

  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    return cancelled(cancel.ref(), cancel.order().id(), cancel.id(), TossRequest.cancel(cancel))
        .then(payment -> TossDesk.readable(() -> TossAnswer.canceled(cancel.ref(), payment)));
  }

  @Override
  public Ends cancelEnds() {
    return Ends.IDEMPOTENT_RETRY;
  }

  @Override
  public Outcome<Approval> open(Order order, VbankOrder account) {
    ObjectNode body =
        TossRequest.charged(order)
            .put("customerName", TossRequest.depositor(order, account.holder()))
            .put("bank", TossRequest.bank(account.bank()))
            .put("dueDate", Seoul.iso(account.due()));
    TossRequest.putIf(body, "accountKey", account.fixed());
    TossRequest.putIf(body, "customerMobilePhone", order.buyer().tel());
    if (order.isSet("escrow")) {
      body.put("useEscrow", true);
    }
    return approved(order, desk.post("/v1/virtual-accounts", order.id(), order.id(), body));
  }

  @Override
  public Outcome<Instant> revoke(Order order, PgRef ref, Approval.Account account, String reason) {
    ObjectNode body = JSON.createObjectNode().put("cancelReason", reason);
    return cancelled(ref, order.id(), "revoke-" + order.id(), body)
        .then(payment -> TossDesk.readable(() -> TossAnswer.canceled(ref, payment).at()));
  }

  @Override
  public Ends vbankEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    return switch (desk.send(desk.call("GET", "/v1/payments/orders/" + order.id(), order.id()))) {
      case Ok<JsonNode>(JsonNode payment) ->
          TossDesk.readable(() -> Optional.of(TossAnswer.record(order, payment)));
      case Declined<JsonNode>(Decline no) when "NOT_FOUND_PAYMENT".equals(no.code()) ->
          new Ok<>(Optional.empty());
      // Any other no says nothing about the transaction.
      case Declined<JsonNode>(Decline no) -> new Unknown<>(no.message());
      case Outcome.Pending<JsonNode> pending -> new Unknown<>(pending.toString());
      case Unknown<JsonNode>(String why) -> new Unknown<>(why);
    };
  }

  @Override
  public Outcome<Receipted> issue(ReceiptOrder order) {
    return receipts.issue(order);
  }

  @Override
  public Ends receiptEnds() {
    return Ends.IDEMPOTENT_RETRY;
  }

  @Override
  public Outcome<Instant> revoke(ReceiptOrder.Cancel cancel) {
    return receipts.revoke(cancel);
  }

  /**
   * Payment notices are not signed. That of a deposit bears the secret of its account, which the
   * caller compares with the one in the memo; the others are a reason to look, no more.
   */
  @Override
  public Notice read(PgReturn raw) {
    try {
      JsonNode notice = JSON.readTree(raw.body());
      String wrapped = notice.path("data").path("orderId").asString("");
      if (notice.has("eventType")) {
        return notice.path("eventType").asString("").equals("PAYMENT_STATUS_CHANGED")
                && !wrapped.isEmpty()
            ? new Notice.Changed(wrapped, ACK)
            : new Notice.Ignored(ACK);
      }
      return deposit(notice);
    } catch (RuntimeException unreadable) {
      return new Notice.Unreadable(unreadable.getClass().getSimpleName());
    }
  }

  private static Notice deposit(JsonNode notice) {
    String orderId = notice.required("orderId").stringValue();
    String secret = notice.required("secret").stringValue();
    Instant at = Seoul.ofIso(notice.required("createdAt").stringValue());
    return switch (notice.path("status").asString("")) {
      case "DONE" -> new Notice.Deposited(orderId, null, null, null, at, null, secret, ACK);
      // Also sent when the account is opened: it then says nothing new.
      case "WAITING_FOR_DEPOSIT" -> new Notice.DepositReversed(orderId, null, secret, ACK);
      default -> new Notice.Changed(orderId, ACK);
    };
  }

  private Window script(String verb, @Nullable String customerKey, Map<String, Object> request) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("clientKey", config.clientKey());
    arguments.put("verb", verb);
    arguments.put("request", request);
    if (customerKey != null) {
      arguments.put("customerKey", customerKey);
    }
    return new Window.Script(http.at("js", "/v2/standard"), "tosspayments", arguments, Map.of());
  }

  private static Returned abandoned(Map<String, String> fields) {
    String code = fields.getOrDefault("code", "");
    return new Returned.Abandoned(
        new Decline(TossDesk.reason(code, 400), code, fields.getOrDefault("message", "")));
  }

  private Outcome<JsonNode> cancelled(PgRef ref, String orderId, String id, ObjectNode body) {
    return desk.post("/v1/payments/" + ref.tid() + "/cancel", orderId, id, body);
  }

  /** Two answers count: the payment as asked for, or one that the PG has ended. */
  private Outcome<Approval> approved(Order order, Outcome<JsonNode> answer) {
    return answer.then(
        payment ->
            switch (TossAnswer.status(payment)) {
              case "DONE", "WAITING_FOR_DEPOSIT" ->
                  TossDesk.readable(() -> TossAnswer.approval(order, payment));
              case "ABORTED", "EXPIRED" -> {
                JsonNode failure = payment.path("failure");
                yield TossDesk.declined(
                    failure.path("code").asString(TossAnswer.status(payment)),
                    failure.path("message").asString(""),
                    400);
              }
              default -> new Unknown<>("status " + TossAnswer.status(payment));
            });
  }

  private Outcome<PgKey> key(String owner, Outcome<JsonNode> answer) {
    return answer.then(billing -> TossDesk.readable(() -> TossAnswer.key(owner, billing)));
  }
}
