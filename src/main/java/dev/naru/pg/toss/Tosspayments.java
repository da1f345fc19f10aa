package dev.naru.pg.toss;

import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.ReceiptOrder;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.http.PgCall;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.KeyOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.VbankOrder;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Digests;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Toss Payments, core API: JSON, basic authentication, an idempotency key on every POST. It has no
 * net cancel: a charge whose answer is missing is looked up by our order id.
 */
public record Tosspayments(Tosspayments.Config config, PgHttp http)
    implements Connector,
        Capability.KeyIn,
        Capability.IssueKey,
        Capability.ChargeKey,
        Capability.DeleteKey,
        Capability.Checkout,
        Capability.WindowKey,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Vbank,
        Capability.Lookup,
        Receipts,
        Capability.Notifies {

  public static final Pg<Config> PG =
      Pg.of(Tosspayments.class, Config.class, Tosspayments::new)
          .named("tosspayments", "토스페이먼츠", "Toss Payments")
          .real("api", "https://api.tosspayments.com")
          .real("js", "https://js.tosspayments.com")
          .sandbox("api", "/tosspayments")
          .sandbox("js", "/tosspayments/js")
          .browserHosts("https://*.tosspayments.com")
          .demo(
              new Config(
                  "tosstest",
                  "test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm",
                  new Secret("test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6")));

  /** The keys decide about test and live; the MID only names the contract. */
  public record Config(String mid, String clientKey, Secret secretKey) {}

  private static final String ACK = "OK";

  /** A receipt that is still being issued is looked at again after this. */
  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private static final int LONGEST_LIST = 10_000;

  private static final Set<String> HIDDEN =
      Form.names(
          """
          cardNumber cardExpirationYear cardExpirationMonth customerIdentityNumber cardPassword
          authKey billingKey secret registrationNumber accountNumber accountKey holderName
          depositorName customerName customerEmail customerMobilePhone
          """);

  @Override
  public boolean wantsHolder() {
    return true;
  }

  @Override
  public Outcome<Approval> charge(Order order, Card card) {
    ObjectNode body = TossRequest.card(TossRequest.charged(order), card);
    if (order.wishes().cards().interestFree()) {
      body.put("useFreeInstallmentPlan", true);
    }
    return approved(order, post("/v1/payments/key-in", order.id(), body));
  }

  @Override
  public Ends keyInEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<PgKey> issue(KeyOrder order, Card card) {
    ObjectNode body =
        TossRequest.buyer(
            TossRequest.card(Tree.object(), card).put("customerKey", order.owner()), order.buyer());
    return key(order.owner(), post("/v1/billing/authorizations/card", order.id(), body));
  }

  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    ObjectNode body = TossRequest.charged(order);
    Tree.putIf(body, "customerKey", key.owner());
    return approved(order, posted(ofKey("POST", key.key(), order.id()), order.id(), body));
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
    return ofKey("DELETE", key.key(), "")
        .ask(
            answer ->
                answer.isSuccess() ? new Ok<JsonNode>(Tree.object()) : TossAnswer.read(answer))
        .map(gone -> http.now());
  }

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    return Outcome.composed(() -> script("requestPayment", null, TossRequest.of(order, visit)));
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
        Tree.object()
            .put("paymentKey", intent.get("paymentKey"))
            .put("orderId", order.id())
            .put("amount", order.amount().major());
    return approved(order, post("/v1/payments/confirm", order.id(), body));
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
    ObjectNode body = Tree.object().put("authKey", intent.get("authKey")).put("customerKey", owner);
    return key(owner, post("/v1/billing/authorizations/issue", order.id(), body));
  }

  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    return cancelled(cancel.ref(), cancel.order().id(), cancel.id(), TossRequest.cancel(cancel))
        .read(payment -> TossAnswer.canceled(cancel.ref(), payment));
  }

  @Override
  public Ends.OfCancels cancelEnds() {
    return Ends.IDEMPOTENT_RETRY.always();
  }

  @Override
  public Outcome<Approval> open(Order order, VbankOrder account) {
    ObjectNode body =
        TossRequest.charged(order)
            .put("customerName", TossRequest.depositor(order, account.holder()))
            .put("bank", Institutions.shortBank(account.bank()))
            .put("dueDate", Seoul.iso(account.due()));
    Tree.putIf(body, "accountKey", account.fixed());
    Tree.putIf(body, "customerMobilePhone", order.buyer().tel());
    if (order.escrow()) {
      body.put("useEscrow", true);
    }
    return approved(order, post("/v1/virtual-accounts", order.id(), body));
  }

  @Override
  public Outcome<Instant> revoke(Order order, PgRef ref, Approval.Account account, String reason) {
    ObjectNode body = Tree.object().put("cancelReason", reason);
    return cancelled(ref, order.id(), "revoke-" + order.id(), body)
        .read(payment -> TossAnswer.canceled(ref, payment).at());
  }

  @Override
  public Ends vbankEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    return get("/v1/payments/orders/" + order.id(), order.id())
        .read(payment -> TossAnswer.record(order, payment))
        .absentIf(no -> no.is("NOT_FOUND_PAYMENT"));
  }

  /**
   * Repeating a request with its idempotency key gives the first answer again; one that said
   * IN_PROGRESS is followed up in the list of the day.
   */
  @Override
  public Outcome<Receipted> issue(ReceiptOrder order) {
    return post("/v1/cash-receipts", order.id(), TossRequest.receipt(order))
        .then(receipt -> followed(order, receipt))
        .judge(receipt -> TossAnswer.receipted(order, receipt, http.now().plus(PROGRESS)));
  }

  private Outcome<JsonNode> followed(ReceiptOrder order, JsonNode first) {
    if (!Tree.said(first, "issueStatus").equals("IN_PROGRESS")) {
      return new Ok<>(first);
    }
    String key = Tree.said(first, "receiptKey");
    String date = Seoul.iso(order.at()).substring(0, 10);
    String path = "/v1/cash-receipts?requestDate=" + date + "&limit=" + LONGEST_LIST;
    return get(path, order.id())
        .read(
            list ->
                list.required("data")
                    .valueStream()
                    .filter(one -> Tree.said(one, "receiptKey").equals(key))
                    .filter(one -> !Tree.said(one, "transactionType").equals("CANCEL"))
                    .findFirst()
                    .orElse(first));
  }

  @Override
  public Ends receiptEnds() {
    return Ends.IDEMPOTENT_RETRY;
  }

  /** A second cancel of the same receipt bears the first one's key, and gets its answer. */
  @Override
  public Outcome<Instant> revoke(ReceiptOrder.Cancel cancel) {
    String path = "/v1/cash-receipts/" + cancel.ref().tid() + "/cancel";
    return post(path, cancel.orderId(), cancel.id(), Tree.object())
        .read(receipt -> Seoul.ofIso(Tree.text(receipt, "requestedAt")));
  }

  /**
   * Payment notices are not signed. That of a deposit bears the secret of its account, which the
   * caller compares with the one in the memo; the others are a reason to look, no more.
   */
  @Override
  public Notice read(PgReturn raw) {
    try {
      JsonNode notice = JsonMapper.shared().readTree(raw.body());
      String wrapped = Tree.said(notice.path("data"), "orderId");
      if (notice.has("eventType")) {
        return Tree.said(notice, "eventType").equals("PAYMENT_STATUS_CHANGED") && !wrapped.isEmpty()
            ? new Notice.Changed(wrapped, ACK)
            : new Notice.Ignored(ACK);
      }
      return deposit(notice);
    } catch (RuntimeException unreadable) {
      return new Notice.Unreadable(unreadable.getClass().getSimpleName());
    }
  }

  private static Notice deposit(JsonNode notice) {
    String orderId = Tree.text(notice, "orderId");
    String secret = Tree.text(notice, "secret");
    Instant at = Seoul.ofIso(Tree.text(notice, "createdAt"));
    return switch (Tree.said(notice, "status")) {
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
    return new Returned.Abandoned(
        TossAnswer.decline(
            fields.getOrDefault("code", ""), fields.getOrDefault("message", ""), 400));
  }

  private Outcome<JsonNode> cancelled(PgRef ref, String orderId, String id, ObjectNode body) {
    return post("/v1/payments/" + ref.tid() + "/cancel", orderId, id, body);
  }

  private static Outcome<Approval> approved(Order order, Outcome<JsonNode> answer) {
    return answer.judge(payment -> TossAnswer.approved(order, payment));
  }

  private static Outcome<PgKey> key(String owner, Outcome<JsonNode> answer) {
    return answer.read(billing -> TossAnswer.key(owner, billing));
  }

  /** The order's id is the idempotency key. */
  private Outcome<JsonNode> post(String path, String orderId, ObjectNode body) {
    return post(path, orderId, orderId, body);
  }

  private Outcome<JsonNode> post(String path, String orderId, String key, ObjectNode body) {
    return posted(call("POST", path, orderId), key, body);
  }

  private static Outcome<JsonNode> posted(PgCall call, String key, ObjectNode body) {
    return call.header("Idempotency-Key", key).json(body.toString()).ask(TossAnswer::read);
  }

  private Outcome<JsonNode> get(String path, String orderId) {
    return call("GET", path, orderId).ask(TossAnswer::read);
  }

  /** Of a path that tells a billing key. */
  private PgCall ofKey(String method, Secret key, String orderId) {
    return call(method, "/v1/billing/" + key.reveal(), orderId).conceal(key);
  }

  private PgCall call(String method, String path, String orderId) {
    return http.call(orderId, method, http.at("api", path))
        .header("Authorization", Digests.basic(config.secretKey().reveal(), new Secret("")))
        .hide(HIDDEN);
  }
}
