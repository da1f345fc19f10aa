package dev.naru.pg.naverpay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naru.connector.AfterSale;
import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Connector.Wallet;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Pending;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.CashAmount;
import dev.naru.connector.http.PgCall;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.http.PgHttp.Reply;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.GoodsList;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Requester;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Naver Pay, payment type: reserve, the window, apply; keys that its script registers, by which
 * each charge is reserved, too. A form is taken once under its idempotency key, and answered again
 * by HTTP 409. No net cancel, no notices: the history knows a payment by its paymentId.
 *
 * <p>{@code [inferred]}, to be checked with the PG: recurring payments, and that their {@code
 * merchantPayId} is the history's {@code merchantPayKey}; what its script takes; that the history
 * has a row for each cancel; a query in {@code returnUrl}; the words of {@code Fail}; that points
 * and a purchase told of again on another day count once.
 */
public record Naverpay(Naverpay.Config config, PgHttp http)
    implements Wallet, AfterSale.PointCredits, AfterSale.PurchaseConfirms, AfterSale.CashPart {

  public static final Pg<Config> PG =
      Pg.of(Naverpay.class, Config.class, Naverpay::new)
          .named("naverpay", "네이버페이 결제형", "Naver Pay")
          .at("apis", "apis.naver.com", "dev.apis.naver.com", "/naverpay")
          .at("pub", "apis.naver.com", "dev-pub.apis.naver.com", "/naverpay")
          .at("paygate", "pay.paygate.naver.com", "dev-pay.paygate.naver.com", "/naverpay")
          .at("window", "m.pay.naver.com", "test-m.pay.naver.com", "/naverpay")
          .at("script", "nsp.pay.naver.com", "nsp.pay.naver.com", "/naverpay")
          .browserHosts("https://*.pay.naver.com")
          .demo(new Config("naru-naverpay", "NaruNaverpay", new Secret("naru-secret"), "Naru", ""));

  /** Of the API's domain there have been three generations; blank is the first, {@code apis}. */
  public record Config(
      String partnerId, String clientId, Secret clientSecret, String chainId, String apiDomain) {}

  private static final String HISTORY = "v2.2/list/history";
  private static final Reasons REASONS = Reasons.load("naverpay");
  private static final CodeTable CARDS = CodeTable.load("naverpay-cards");
  private static final CodeTable RETURNS = CodeTable.load("naverpay-returns");

  /** V1's parameters, and what the PG calls them. */
  private static final CodeTable WISHES = CodeTable.load("naverpay-wishes");

  private static final String WRONG_GOODS = "상품 정보가 올바르지 않습니다. (naverProducts)";
  private static final GoodsList GOODS =
      new GoodsList(WRONG_GOODS, "categoryType", "categoryId", "uid", "name", "count");

  /** In Korean characters; the PG counts 256 bytes. */
  private static final int LONGEST_REASON = 85;

  private static final Set<String> HIDDEN =
      Form.names(
          "reserveId returnUrl recurrentId tempReceiptId userIdentifier userEmail merchantUserKey"
              + " merchantUserId purchaserName purchaserBirthday bankAccountNo primaryPayMeansNo");

  /** A shop with several chains has a channel for each, whatever a page says of one. */
  @Override
  public Set<String> otherMids() {
    return config.chainId() == null ? Set.of() : Set.of(config.chainId());
  }

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    return Outcome.composed(() -> reserve(order, visit))
        .then(body -> ask("v2/reserve", order, body))
        .read(body -> http.at("window", "/payments/" + Tree.text(body, "reserveId")))
        .map(Window.Redirect::new);
  }

  private static ObjectNode reserve(Order order, Visit visit) {
    JsonNode goods = GOODS.read(order.wishes().goods().naverProducts());
    ObjectNode body = sold(order).put("merchantPayKey", order.id());
    body.put("productCount", goods.valueStream().mapToInt(one -> one.path("count").asInt()).sum());
    body.set("productItems", goods);
    return body.put("returnUrl", back(order, visit));
  }

  private static ObjectNode sold(Order order) {
    long amount = order.amount().minor();
    if (amount < 10) {
      throw new IllegalArgumentException("결제금액은 10원 이상이어야 합니다. (amount)");
    }
    ObjectNode body = Tree.object().put("totalPayAmount", amount);
    return wished(taxed(body, amount, order.tax().free()), order);
  }

  private static ObjectNode taxed(ObjectNode body, long amount, long free) {
    return body.put("taxScopeAmount", amount - free).put("taxExScopeAmount", free);
  }

  private static ObjectNode wished(ObjectNode body, Order order) {
    if (!order.amount().currency().equals(Money.KRW)) {
      throw new IllegalArgumentException("원화(KRW) 결제만 지원합니다. (currency)");
    }
    WISHES.rows().forEach((v1, name) -> Tree.putIf(body, name, order.wishes().bypass(v1)));
    return body.put("productName", order.name());
  }

  private static String back(Order order, Visit visit) {
    return visit.back() + (visit.back().getQuery() == null ? "?" : "&") + "order=" + order.id();
  }

  /** The PG is not asked, its script is. Of one product code a buyer has one key. */
  @Override
  public Outcome<Window> openForKey(Order order, String owner, Visit visit) {
    boolean live = "m.pay.naver.com".equals(http.at("window", "").getHost());
    ObjectNode given = Tree.object().put("mode", live ? "production" : "development");
    given.put("clientId", config.clientId()).put("chainId", config.chainId());
    given.put("actionType", "NEW").put("productCode", order.id()).put("merchantUserKey", owner);
    given.put("totalPayAmount", order.amount().minor()).put("returnUrl", back(order, visit));
    URI script = http.at("script", "/sdk/js/naverpay.min.js");
    return Outcome.composed(() -> Map.<String, Object>copyOf(Tree.flat(wished(given, order))))
        .map(all -> new Window.Script(script, "naverpay", all, Map.of()));
  }

  /** The return is not signed: what it names is worth what the PG makes of it. */
  @Override
  public Returned authenticate(Order order, PgReturn back) {
    return returned(order, back, Set.of("paymentId"));
  }

  @Override
  public Returned authenticateKey(Order order, PgReturn back) {
    return returned(order, back, Set.of("reserveId", "tempReceiptId"));
  }

  private static Returned returned(Order order, PgReturn back, Set<String> names) {
    Map<String, String> fields = back.fields(UTF_8);
    String why = fields.getOrDefault("resultMessage", "");
    boolean ours = order.id().equals(fields.get("order"));
    if (ours && "Fail".equals(fields.get("resultCode"))) {
      return new Returned.Abandoned(REASONS.ofCode(why, RETURNS.get(why, "결제를 진행하지 못했습니다.")));
    }
    boolean done = ours && "Success".equals(fields.get("resultCode"));
    fields.keySet().retainAll(names);
    return done && fields.keySet().equals(names)
        ? new Returned.Authenticated(null, fields)
        : new Returned.Forged("not this order's return, or nothing in it");
  }

  @Override
  public Outcome<Approval> approve(Order order, Map<String, String> intent) {
    return once(order.id(), "v2.2/apply/payment", order, intent)
        .ask(Naverpay::read)
        .read(body -> approval(order, body.required("detail")));
  }

  private static Approval approval(Order order, JsonNode detail) {
    if (!isOf(order, detail)) {
      throw new IllegalArgumentException("no approval of this order");
    }
    boolean byCard = isByCard(detail);
    boolean byBank = Tree.said(detail, "primaryPayMeans").equals("BANK");
    return Approval.of(
            new PgRef(Tree.text(detail, "paymentId")),
            won(detail, "totalPayAmount"),
            Seoul.at(Tree.text(detail, "admissionYmdt")),
            byCard ? "card" : byBank ? "trans" : "point")
        .applyNum(Tree.optional(detail, "cardAuthNo"))
        .card(
            byCard ? card(detail, "cardCorpCode", "cardNo") : null,
            detail.path("cardInstCount").asInt(0))
        .bank(Institutions.bank(Tree.optional(detail, "bankCorpCode")))
        .build();
  }

  private static boolean isOf(Order order, JsonNode row) {
    return Tree.text(row, "merchantPayKey").equals(order.id())
        && Tree.text(row, "admissionState").equals("SUCCESS");
  }

  private static boolean isByCard(JsonNode row) {
    return Tree.said(row, "primaryPayMeans").equals("CARD");
  }

  private static CardInfo card(JsonNode card, String corp, String number) {
    return Institutions.card(CARDS.get(Tree.said(card, corp)), null)
        .numbered(Tree.optional(card, number), null);
  }

  private static Money won(JsonNode node, String field) {
    return Money.krw(node.required(field).longValue());
  }

  /** A key of which nobody knows what pays is a key all the same. */
  @Override
  public Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent) {
    return once(order.id(), "recurrent/regist/v1/approval", order, intent)
        .ask(Naverpay::read)
        .read(body -> Tree.text(body, "recurrentId"))
        .map(id -> new PgKey(new Secret(id), owner, paying(order, id).told().orElse(null)));
  }

  private Outcome<CardInfo> paying(Order order, String id) {
    return ask("recurrent/v1/list", order, Tree.object().put("recurrentId", id))
        .read(body -> body.required("list").valueStream().filter(Naverpay::isByCard).findFirst())
        .read(found -> found.orElseThrow())
        .read(one -> card(one, "primaryPayMeansCorpCd", "primaryPayMeansNo"));
  }

  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    String id = key.key().reveal();
    return Outcome.composed(() -> sold(order).put("recurrentId", id))
        .map(body -> body.put("merchantPayId", order.id()).put("merchantUserId", key.owner()))
        .then(body -> recurrent("reserve", order, Tree.flat(body)))
        .read(body -> Map.of("recurrentId", id, "paymentId", Tree.text(body, "paymentId")))
        .then(form -> recurrent("approval", order, form))
        .read(body -> approval(order, body.required("detail")));
  }

  private Outcome<JsonNode> recurrent(String what, Order order, Map<String, String> form) {
    String key = order.id() + "-" + what;
    return once(key, "recurrent/pay/v3/" + what, order, form).ask(Naverpay::read);
  }

  @Override
  public Outcome<Instant> delete(PgKey key) {
    return delete(key, Requester.ADMIN, "정기결제 해지");
  }

  @Override
  public Outcome<Instant> delete(PgKey key, Requester requester, String reason) {
    Map<String, String> form = new HashMap<>(Map.of("recurrentId", key.key().reveal()));
    form.put("expireRequester", code(requester));
    form.put("expireReason", cut(reason));
    return call("recurrent/expire/v1/request", "")
        .form(form, UTF_8)
        .ask(Naverpay::read)
        .map(body -> http.now());
  }

  private static String code(@Nullable Requester requester) {
    return requester == Requester.CUSTOMER ? "1" : "2";
  }

  private static String cut(String reason) {
    return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
  }

  /** The PG compares what is left after it. What is to be undone as a whole is asked for first. */
  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    Order order = cancel.order();
    Outcome<ObjectNode> amounts =
        cancel.reversal()
            ? history(order, cancel.ref()).read(rows -> all(approved(order, rows).orElseThrow()))
            : new Ok<>(sum(cancel.amount().minor(), cancel.taxBack().free()));
    return amounts
        .map(body -> Tree.flat(canceling(cancel, body)))
        .then(
            form ->
                once(cancel.id(), "v1/cancel", order, form).ask(told -> canceled(cancel, told)));
  }

  private static ObjectNode all(JsonNode row) {
    return sum(won(row, "totalPayAmount").minor(), won(row, "taxExScopeAmount").minor());
  }

  private static ObjectNode sum(long amount, long free) {
    return taxed(Tree.object().put("cancelAmount", amount), amount, free);
  }

  private static ObjectNode canceling(CancelOrder cancel, ObjectNode body) {
    return body.put("paymentId", cancel.ref().tid())
        .put("cancelReason", cut(cancel.reason()))
        .put("cancelRequester", code(cancel.requester()))
        .put("doCompareRest", 1)
        .put("expectedRestAmount", cancel.left().minor());
  }

  /** What it accepts the PG completes by itself: the history tells when. */
  private Outcome<Canceled> canceled(CancelOrder cancel, Reply.Answer answer) {
    return Tree.said(Tree.of(answer), "code").equals("CancelNotComplete")
        ? new Pending<>(cancel.ref(), http.now().plus(PG.patience()))
        : read(answer).read(body -> canceled(body));
  }

  private static Canceled canceled(JsonNode body) {
    PgRef ref = new PgRef(Tree.text(body, "payHistId"));
    return new Canceled(ref, Seoul.at(Tree.text(body, "cancelYmdt")), null);
  }

  /** A charge by a key has no id before: it is among all that was paid when it was made. */
  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    String id = ref == null ? intent.get("paymentId") : ref.tid();
    return id == null
        ? search(order, period(order), 1)
        : history(order, new PgRef(id))
            .absentIf(no -> no.is("InvalidPaymentId"))
            .read(rows -> rows.flatMap(some -> record(order, some)));
  }

  private ObjectNode period(Order order) {
    Instant end = order.at().plus(Duration.ofHours(1));
    return Tree.object()
        .put("startTime", Seoul.stamp(order.at().minus(Duration.ofMinutes(10))))
        .put("endTime", Seoul.stamp(end.isAfter(http.now()) ? http.now() : end))
        .put("approvalType", "APPROVAL")
        .put("rowsPerPage", 100);
  }

  private Outcome<Optional<PgRecord>> search(Order order, ObjectNode period, int page) {
    Outcome<JsonNode> rows = ask(HISTORY, order, period.put("pageNumber", page)).ofQuestion();
    boolean more = rows.told().filter(it -> it.path("totalPageCount").asInt(0) > page).isPresent();
    return rows.read(some -> approved(order, some).map(row -> Tree.text(row, "paymentId")))
        .then(
            id ->
                id.isPresent()
                    ? find(order, new PgRef(id.get()), Map.of())
                    : more ? search(order, period, page + 1) : new Ok<>(Optional.empty()));
  }

  private Outcome<JsonNode> history(Order order, PgRef ref) {
    return ask(HISTORY, order, Tree.object().put("paymentId", ref.tid()).put("rowsPerPage", 100));
  }

  /** Of the history of one payment; empty if it has none, or another order's. */
  private static Optional<PgRecord> record(Order order, JsonNode rows) {
    long back = rows(rows, "03|04").mapToLong(row -> won(row, "totalPayAmount").minor()).sum();
    return approved(order, rows).map(row -> PgRecord.less(approval(order, row), back));
  }

  private static Optional<JsonNode> approved(Order order, JsonNode rows) {
    return rows(rows, "01").filter(row -> isOf(order, row)).findFirst();
  }

  /** 01 approved, 03 cancelled, 04 in part; what failed has a row, too. */
  private static Stream<JsonNode> rows(JsonNode history, String types) {
    return history
        .required("list")
        .valueStream()
        .filter(row -> Tree.text(row, "admissionState").equals("SUCCESS"))
        .filter(row -> Tree.text(row, "admissionTypeCode").matches(types));
  }

  @Override
  public Outcome<Instant> creditPoints(Order order, PgRef ref) {
    return tell("v1/naverpoint-save", order, Map.of("paymentId", ref.tid()));
  }

  @Override
  public Outcome<Instant> confirmPurchase(Order order, PgRef ref, Requester requester) {
    Map<String, String> form = Map.of("paymentId", ref.tid(), "requester", code(requester));
    return tell("v1/purchase-confirm", order, form);
  }

  /** Under a key of its day: a no is not answered again for ever. */
  private Outcome<Instant> tell(String path, Order order, Map<String, String> form) {
    String day = Seoul.stamp(http.now()).substring(0, 8);
    return once(order.id() + "-" + day, path, order, form)
        .ask(Naverpay::read)
        .map(body -> http.now());
  }

  /** Gift cards count as the PG's own money. */
  @Override
  public Outcome<CashAmount> cashAmount(Order order, PgRef ref) {
    ObjectNode asked = Tree.object();
    asked.putArray("paymentIds").add(ref.tid());
    return ask("v2/receipt/cash-amount", order, asked)
        .read(all -> all.required(0))
        .judge(one -> said(Tree.text(one, "resultCode"), Tree.said(one, "resultMessage"), one))
        .read(one -> cash(one.required("cashReceiptAmount")));
  }

  private static CashAmount cash(JsonNode cash) {
    Money total = won(cash, "totalCashAmount");
    Money points = won(cash, "npointCashAmount").plus(won(cash, "giftCardCashAmount"));
    Money supply = won(cash, "supplyCashAmount");
    return new CashAmount(total, points, total.minus(points), supply, won(cash, "vatCashAmount"));
  }

  private Outcome<JsonNode> ask(String path, Order order, ObjectNode body) {
    return call(path, order.id()).json(body.toString()).ask(Naverpay::read);
  }

  private PgCall once(String key, String path, Order order, Map<String, String> form) {
    return call(path, order.id()).header("X-NaverPay-Idempotency-Key", key).form(form, UTF_8);
  }

  private PgCall call(String path, String orderId) {
    String api = "/" + config.partnerId() + "/naverpay/payments/" + path;
    return http.call(orderId, "POST", http.at(Form.or(config.apiDomain(), "apis"), api))
        .header("X-Naver-Client-Id", config.clientId())
        .header("X-Naver-Client-Secret", config.clientSecret().reveal())
        .header("X-NaverPay-Chain-Id", config.chainId())
        .hide(HIDDEN);
  }

  private static Outcome<JsonNode> read(Reply.Answer answer) {
    JsonNode json = Tree.of(answer);
    String code = Tree.said(json, "code");
    return code.isEmpty() || answer.isServerError()
        ? new Unknown<>("HTTP " + answer.status() + ", code " + code)
        : said(code, Tree.said(json, "message"), json.path("body"));
  }

  private static Outcome<JsonNode> said(String code, String text, JsonNode body) {
    return code.equals("Success")
        ? new Ok<>(body)
        : Reasons.unlessUnsure(REASONS.ofCodeOrWords(code, text));
  }
}
