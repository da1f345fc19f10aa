package dev.naru.pg.tosspay;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
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
import dev.naru.connector.http.PgHttp.Reply;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Toss Pay, payment API v2 and billing API v1: JSON, the API key in the body. A payment is made,
 * its buyer agrees in the window, and nothing is charged before {@code execute}. There is no net
 * cancel: the PG's books know a payment by its token and by our order id. A refund has a number of
 * ours, and the same number is refunded once.
 *
 * <p>{@code [inferred]}, to be checked with the PG: that {@code resultCallback} is called for what
 * we execute; by which {@code errorCode} it says that an order or a key is unknown, a payment was
 * executed before, or more is to be refunded than is left; that {@code billing-key/status} takes
 * the key beside the user; that {@code bill} answers as {@code execute} does; and the largest
 * amount of a window, which older documents have at seven digits.
 */
public record Tosspay(Tosspay.Config config, PgHttp http)
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
      Pg.of(Tosspay.class, Config.class, Tosspay::new)
          .named("tosspay_v2", "토스페이", "Toss Pay")
          .aliases("tosspay")
          .real("api", "https://pay.toss.im")
          .sandbox("api", "/tosspay_v2")
          .browserHosts("https://*.toss.im")
          .demo(new Config("tosstest", new Secret("sk_test_w5lNQylNqa5lNQe013Nq")));

  /** The key decides about test and live; the MID only names the contract. */
  public record Config(String mid, Secret apiKey) {}

  private static final Reasons REASONS = Reasons.load("tosspay_v2");

  private static final String ACK = "OK";

  private static final Set<String> HIDDEN =
      Form.names(
          "apiKey billingKey checkoutUri checkoutAndroidUri checkoutIosUri encryptedUserCi"
              + " accountNumber");

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    return Outcome.composed(() -> TosspayWords.payment(order, visit))
        .then(body -> post("/api/v2/payments", order.id(), body))
        .read(answer -> window(answer, "checkoutPage", "payToken"));
  }

  @Override
  public Outcome<Window> openForKey(Order order, String owner, Visit visit) {
    return Outcome.composed(() -> TosspayWords.key(order, owner, visit))
        .then(body -> post("/api/v1/billing-key", order.id(), body))
        .read(answer -> window(answer, "checkoutUri", "billingKey"));
  }

  private Window window(JsonNode answer, String page, String kept) {
    return new Window.Redirect(
        http.window("api", Tree.text(answer, page), ".toss.im"),
        Map.of(kept, Tree.text(answer, kept)));
  }

  /** What the return says proves nothing: the PG executes only what its buyer agreed to. */
  @Override
  public Returned authenticate(Order order, PgReturn back) {
    return order.id().equals(back.fields(StandardCharsets.UTF_8).get("orderNo"))
        ? new Returned.Authenticated(null, Map.of())
        : new Returned.Forged("not this order's return");
  }

  /** This one proves nothing either: what became of the key that we know is asked for. */
  @Override
  public Returned authenticateKey(Order order, PgReturn back) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    if (fields.containsKey(TosspayWords.FAILED)) {
      String text = "토스페이에 결제수단을 등록하지 못했습니다.";
      return new Returned.Abandoned(new Decline(Reason.ABANDONED, fields.get("errorCode"), text));
    }
    return fields.containsKey("billingKey")
        ? new Returned.Authenticated(null, Map.of())
        : new Returned.Forged("no billingKey");
  }

  @Override
  public Outcome<Approval> approve(Order order, Map<String, String> intent) {
    ObjectNode body =
        Tree.object().put("payToken", intent.get("payToken")).put("orderNo", order.id());
    return post("/api/v2/execute", order.id(), body)
        .read(answer -> TosspayWords.approval(order, answer));
  }

  @Override
  public Ends approveEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent) {
    String key = intent.getOrDefault("billingKey", "");
    ObjectNode body = Tree.object().put("userId", owner).put("billingKey", key);
    return post("/api/v1/billing-key/status", order.id(), body)
        .judge(answer -> TosspayWords.issued(owner, key, answer));
  }

  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    return Outcome.composed(() -> TosspayWords.bill(order, key))
        .then(body -> post("/api/v1/billing-key/bill", order.id(), body))
        .read(answer -> TosspayWords.approval(order, answer));
  }

  /** Its codes know an order number that is used twice; that {@code bill} does, nobody says. */
  @Override
  public boolean chargesOrderOnce() {
    return false;
  }

  @Override
  public Ends chargeKeyEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Instant> delete(PgKey key) {
    return post(
            "/api/v1/billing-key/remove", "", Tree.object().put("billingKey", key.key().reveal()))
        .map(answer -> http.now());
  }

  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    return Outcome.composed(() -> TosspayWords.refund(cancel))
        .then(body -> post("/api/v2/refunds", cancel.order().id(), body))
        .read(TosspayWords::canceled);
  }

  @Override
  public Ends.OfCancels cancelEnds() {
    return Ends.IDEMPOTENT_RETRY.always();
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    String token = ref == null ? intent.get("payToken") : ref.tid();
    String by = token == null ? "orderNo" : "payToken";
    ObjectNode body = Tree.object().put(by, Form.or(token, order.id()));
    return post("/api/v2/status", order.id(), body)
        .read(answer -> TosspayWords.record(order, answer))
        .absentIf(no -> no.is("TRANSACTION_NOT_FOUND"));
  }

  /**
   * No notice is signed: that of a payment is a reason to look. That a key was made, its window's
   * return tells; one that the buyer removed in the app refuses its next charge.
   */
  @Override
  public Notice read(PgReturn raw) {
    try {
      JsonNode notice = Tree.of(new String(raw.body(), StandardCharsets.UTF_8));
      return notice.has("action")
          ? new Notice.Ignored(ACK)
          : new Notice.Charged(Tree.text(notice, "orderNo"), ACK);
    } catch (RuntimeException unreadable) {
      return new Notice.Unreadable(unreadable.getClass().getSimpleName());
    }
  }

  private Outcome<JsonNode> post(String path, String orderId, ObjectNode body) {
    return http.call(orderId, "POST", http.at("api", path))
        .hide(HIDDEN)
        .json(body.put("apiKey", config.apiKey().reveal()).toString())
        .ask(Tosspay::read);
  }

  /** 0 is a yes and -1 a no, whatever the status but an error of the PG's server. */
  private static Outcome<JsonNode> read(Reply.Answer answer) {
    JsonNode json = Tree.of(answer);
    String code = Tree.said(json, "code");
    String error = Tree.said(json, "errorCode");
    if (answer.isSuccess() && code.equals("0")) {
      return new Ok<>(json);
    }
    return code.equals("-1") && !error.isEmpty() && !answer.isServerError()
        ? Reasons.unlessUnsure(REASONS.ofCodeOrWords(error, Tree.said(json, "msg")))
        : new Unknown<>("HTTP " + answer.status() + ", code " + code + " " + error);
  }
}
