package dev.naru.pg.payco;

import dev.naru.connector.AfterSale;
import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.OrderStatus;
import dev.naru.connector.http.PgHttp;
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
 * PAYCO, order API and automatic payment: JSON, the seller key in the body, calls from listed
 * addresses alone. An order is reserved, its buyer agrees on the order sheet ({@code PAY2}), and
 * nothing is charged before {@code approval}. There is neither a net cancel nor an idempotency key:
 * its books know an order by our id, and a cancel names what is left before it, so that a repeated
 * one is not done twice.
 *
 * <p>{@code [inferred]}, to be checked with the PG: every code but 0 and 2222, so that its texts
 * are read; that {@code getDetailForVerify} has nothing of what was not approved, knows a charge by
 * a key by our id alone, and has in {@code productPaymentAmt} what is left after a cancel; that
 * {@code autoPayment/info} takes what {@code delete} takes; the fields of {@code
 * updateOrderProductStatus}; that the order sheet may be framed; where the money of a virtual
 * account goes back to, which a cancel does not say; the codes of cards and banks.
 */
public record Payco(Payco.Config config, PgHttp http)
    implements Connector,
        Capability.Checkout,
        Capability.WindowKey,
        Capability.ChargeKey,
        Capability.DeleteKey,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Lookup,
        Capability.Notifies,
        AfterSale.OrderProgress {

  public static final Pg<Config> PG =
      Pg.of(Payco.class, Config.class, Payco::new)
          .named("payco", "페이코", "PAYCO")
          .live("api", "https://api-bill.payco.com")
          .test("api", "https://alpha-api-bill.payco.com")
          .sandbox("api", "/payco")
          .browserHosts("https://*.payco.com")
          .longestAddress(1_000)
          .demo(new Config("PARTNERTEST", "PROD_EASY", new Secret("S0FSJE")));

  /** Automatic payment has a contract of its own, which is another channel. */
  public record Config(String cpId, String productId, Secret sellerKey) {}

  private static final Reasons REASONS = Reasons.load("payco");

  /** What the PG says of an order that it has not approved {@code [inferred]}. */
  private static final String NO_ORDER = "존재하지 않는 주문";

  private static final Set<String> HIDDEN =
      Form.names(
          "sellerKey returnUrl orderSheetUrl paymentCertifyToken orderCertifyKey autoPaymentNo"
              + " autoPaymentCertifyKey pinNo memberName memberEmail accountNo cellphoneNo");

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    return Outcome.composed(() -> PaycoWords.reserve(config, order, visit))
        .then(body -> post("order/reserve", order.id(), body))
        .read(this::window);
  }

  @Override
  public Outcome<Window> openForKey(Order order, String owner, Visit visit) {
    return Outcome.composed(() -> PaycoWords.register(config, order, visit))
        .then(body -> post("autoPayment/reserve", order.id(), body))
        .read(this::window);
  }

  private Window window(JsonNode answer) {
    return new Window.Redirect(
        http.window("api", Tree.text(answer, "orderSheetUrl"), ".payco.com"),
        Map.of("reserveOrderNo", Tree.said(answer, "reserveOrderNo")));
  }

  /** The return is not signed: its token is worth nothing but for the order that we reserved. */
  @Override
  public Returned authenticate(Order order, PgReturn back) {
    return returned(order, back, "sellerOrderReferenceKey", "paymentCertifyToken");
  }

  @Override
  public Returned authenticateKey(Order order, PgReturn back) {
    return returned(order, back, "sellerAutoPaymentReferenceKey", "autoPaymentCertifyKey");
  }

  private static Returned returned(Order order, PgReturn back, String named, String proof) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    String code = fields.getOrDefault("code", "");
    String token = fields.getOrDefault(proof, "");
    // Whoever gave up may be told of without the order.
    boolean agreed = code.equals("0");
    boolean ours = fields.getOrDefault(named, agreed ? "" : order.id()).equals(order.id());
    if (code.isEmpty() || !ours || (agreed && token.isEmpty())) {
      return new Returned.Forged("not this order's return");
    }
    String why = Form.or(fields.get("message"), "페이코에서 결제를 진행하지 못했습니다.");
    return agreed
        ? new Returned.Authenticated(null, Map.of(proof, token))
        : new Returned.Abandoned(REASONS.ofCodeOrWords(code, why));
  }

  @Override
  public Outcome<Approval> approve(Order order, Map<String, String> intent) {
    ObjectNode body =
        PaycoWords.about(order, intent)
            .put("paymentCertifyToken", intent.get("paymentCertifyToken"))
            .put("totalPaymentAmt", order.amount().minor());
    return post("payment/approval", order.id(), body)
        .read(answer -> PaycoWords.approval(order, answer));
  }

  @Override
  public Ends approveEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent) {
    String proof = intent.getOrDefault("autoPaymentCertifyKey", "");
    return post("autoPayment/info", order.id(), PaycoWords.key(order.id(), proof))
        .read(answer -> PaycoWords.issued(order, owner, proof, answer));
  }

  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    String[] parts = PaycoWords.parts(key);
    return Outcome.composed(() -> PaycoWords.sold(config, order).put("autoPaymentNo", parts[0]))
        .map(body -> body.put("autoPaymentCertifyKey", parts[2]))
        .then(body -> post("autoPayment/payment", order.id(), body))
        .read(answer -> PaycoWords.charged(order, key, answer));
  }

  /** Its UNIQUE_KEY should see to that; that it does for automatic payments, nobody says. */
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
    String[] parts = PaycoWords.parts(key);
    return post("autoPayment/delete", "", PaycoWords.key(parts[1], parts[2]))
        .map(answer -> http.now());
  }

  /** What is to be undone as a whole is asked for first. */
  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    Order order = cancel.order();
    Outcome<Long> before =
        cancel.reversal()
            ? detail(order, cancel.memo()).read(PaycoWords::left)
            : new Outcome.Ok<>(cancel.before().minor());
    return before
        .then(won -> Outcome.composed(() -> PaycoWords.cancel(config, cancel, won)))
        .then(body -> post("order/cancel", order.id(), body))
        .read(PaycoWords::canceled);
  }

  @Override
  public Ends.OfCancels cancelEnds() {
    return Ends.LOOKUP.always();
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    return detail(order, intent)
        .read(answer -> PaycoWords.record(order, answer))
        .absentIf(no -> no.text().contains(NO_ORDER));
  }

  private Outcome<JsonNode> detail(Order order, Map<String, String> intent) {
    String path = "payment/approval/getDetailForVerify";
    return post(path, order.id(), PaycoWords.about(order, intent));
  }

  @Override
  public Outcome<Instant> progress(Order order, PgRef ref, OrderStatus status) {
    ObjectNode body =
        Tree.object()
            .put("orderNo", ref.tid())
            .put("sellerOrderProductReferenceKey", order.id())
            .put("orderProductStatus", status.name());
    return post("order/updateOrderProductStatus", order.id(), body).map(answer -> http.now());
  }

  /** Of a deposit, and not signed: the books must tell of it too. */
  @Override
  public Notice read(PgReturn raw) {
    try {
      Map<String, String> form = raw.fields(StandardCharsets.UTF_8);
      return PaycoWords.deposited(Tree.of(Form.need(form, "response")));
    } catch (RuntimeException unreadable) {
      return new Notice.Unreadable(unreadable.getClass().getSimpleName());
    }
  }

  private Outcome<JsonNode> post(String path, String orderId, ObjectNode body) {
    return http.call(orderId, "POST", http.at("api", "/outseller/" + path))
        .hide(HIDDEN)
        .json(body.put("sellerKey", config.sellerKey().reveal()).toString())
        .ask(Payco::read);
  }

  /** 0 is a yes and any other code a no, whatever the status but an error of the PG's server. */
  private static Outcome<JsonNode> read(PgHttp.Reply.Answer answer) {
    JsonNode json = Tree.of(answer);
    String code = Tree.said(json, "code");
    String text = Tree.said(json, "message");
    if (answer.isSuccess() && code.equals("0")) {
      return new Outcome.Ok<>(json.path("result"));
    }
    return code.isEmpty() || code.equals("0") || answer.isServerError()
        ? new Outcome.Unknown<>("HTTP " + answer.status() + ", code " + code + " " + text)
        : Reasons.unlessUnsure(REASONS.ofCodeOrWords(code, text));
  }
}
