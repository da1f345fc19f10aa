package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.DeleteKey;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Capability.WindowKey;
import dev.naru.connector.Capability.WindowKeyCharge;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.KeyedApproval;
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
import dev.naru.connector.Returned;
import dev.naru.connector.Visit;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kakao Pay, online payment API: ready, the window, approve by its token. It knows an order by its
 * TID only, which is therefore kept when the window opens; it has no idempotency key and no net
 * cancel. A CID is either for single payments or for recurring ones; a window of the second kind
 * ends in a SID, and charges what it shows.
 *
 * <p>{@code [inferred]}, to be checked with the PG: the hosts of its window, the card companies'
 * names and the codes of cards ({@code kakaopay-corps.tsv}, {@code kakaopay-methods.tsv}), that a
 * CID without a cid_secret is enough, and that order leaves READY … AUTH_PASSWORD when a TID dies.
 */
final class Kakaopay
    implements Connector,
        Checkout,
        WindowKey,
        WindowKeyCharge,
        ChargeKey,
        DeleteKey,
        Cancels,
        PartialCancels,
        Lookup {

  private static final Map<String, URI> REAL =
      Map.of("api", URI.create("https://open-api.kakaopay.com"));

  static final Pg<Config> PG =
      new Pg<>(
          "kakaopay",
          Set.of(),
          "카카오페이",
          "Kakao Pay",
          Kakaopay.class,
          Config.class,
          new Config("TC0ONETIME", "TCSUBSCRIP", new Secret("DEVNARUSANDBOXKEY")),
          Map.of(
              Mode.LIVE, REAL,
              Mode.TEST, REAL,
              Mode.SANDBOX, Map.of("api", URI.create("http://simulator.invalid/kakaopay"))),
          Set.of("https://*.kakaopay.com", "https://*.kakao.com"),
          Set.of(),
          Duration.ofMinutes(2),
          Kakaopay::new);

  /**
   * Both CIDs are of ten characters; the key decides about test and live.
   *
   * @param recurringCid blank for a shop without recurring payments
   */
  public record Config(String cid, String recurringCid, Secret secretKey) {}

  private static final CodeTable REASONS = CodeTable.load("kakaopay-declines");
  private static final CodeTable METHODS = CodeTable.load("kakaopay-methods");
  private static final String MAYBE = "UNKNOWN";
  private static final String NO_SUCH_TID = "-721";

  /** How long a TID lives: after it a payment that was not approved never will be. */
  private static final Duration LIFE = Duration.ofMinutes(15);

  /** Of the intent of a charge by a SID: our clock less theirs at most, in milliseconds. */
  private static final String AHEAD = "ahead";

  private static final Set<String> HIDDEN =
      Set.of(
          "pg_token",
          "sid",
          "next_redirect_app_url",
          "next_redirect_mobile_url",
          "next_redirect_pc_url",
          "android_app_scheme",
          "ios_app_scheme",
          "approval_url",
          "cancel_url",
          "fail_url");

  private final Config config;
  private final PgHttp http;

  Kakaopay(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
  }

  /** V1 names a channel by either CID. */
  @Override
  public Set<String> otherMids() {
    return Set.of(config.recurringCid());
  }

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    return ready(order, config.cid(), order.id(), visit);
  }

  @Override
  public Outcome<Window> openForKey(Order order, String owner, Visit visit) {
    return config.recurringCid().isBlank()
        ? declined("카카오페이 정기결제 CID가 설정되지 않은 채널입니다.")
        : ready(order, config.recurringCid(), owner, visit);
  }

  private Outcome<Window> ready(Order order, String cid, String user, Visit visit) {
    if (!order.amount().currency().equals(Money.KRW)) {
      return declined("원화(KRW) 결제만 지원합니다. (currency)");
    }
    ObjectNode body;
    try {
      body = KakaopayRequest.ready(order, visit);
    } catch (IllegalArgumentException badOption) {
      return declined(String.valueOf(badOption.getMessage()));
    }
    body.put("cid", cid).put("partner_user_id", user);
    return post("ready", order.id(), body)
        .then(answer -> TossDesk.readable(() -> window(order, cid, user, visit, answer)));
  }

  private Window window(Order order, String cid, String user, Visit visit, JsonNode answer) {
    boolean phone = visit.mobile() && !order.isSet(KakaopayRequest.AS_PC);
    String url =
        KakaopayAnswer.text(answer, phone ? "next_redirect_mobile_url" : "next_redirect_pc_url");
    URI target = URI.create(url);
    if (!isOurs(target)) {
      throw new IllegalArgumentException("a window that is elsewhere: " + target.getHost());
    }
    return new Window.Redirect(
        target, Map.of("tid", KakaopayAnswer.text(answer, "tid"), "cid", cid, "user", user));
  }

  /** The sandbox has its windows where its API is. */
  private boolean isOurs(URI target) {
    URI api = http.at("api", "");
    String host = String.valueOf(target.getHost());
    boolean known =
        host.equals(api.getHost()) || host.endsWith(".kakaopay.com") || host.endsWith(".kakao.com");
    return known && api.getScheme().equals(target.getScheme());
  }

  /** The return bears no signature: its token is worth nothing but for the TID that we keep. */
  @Override
  public Returned authenticate(Order order, PgReturn back) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    String token = fields.getOrDefault("pg_token", "");
    if (!order.id().equals(fields.get("order"))) {
      return new Returned.Forged("not this order's return");
    }
    if (fields.containsKey("failed")) {
      return new Returned.Abandoned(failed(order));
    }
    return token.isEmpty()
        ? new Returned.Forged("no pg_token")
        : new Returned.Authenticated(null, Map.of("pg_token", token));
  }

  @Override
  public Returned authenticateKey(Order order, PgReturn back) {
    return authenticate(order, back);
  }

  /** The PG does not say why; most of the time it is late. */
  private Decline failed(Order order) {
    return http.now().isBefore(order.at().plus(LIFE))
        ? Decline.of(Reason.REFUSED, "카카오페이에서 결제를 진행하지 못했습니다.")
        : Decline.of(Reason.EXPIRED, "결제 시간(15분)이 지나 결제가 진행되지 않았습니다.");
  }

  @Override
  public Outcome<Approval> approve(Order order, Map<String, String> intent) {
    return approved(order, intent)
        .then(answer -> TossDesk.readable(() -> KakaopayAnswer.approval(order, answer)));
  }

  @Override
  public Ends approveEnds() {
    return Ends.LOOKUP;
  }

  /** Of an order over nothing: the approval then makes a SID and charges nothing. */
  @Override
  public Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent) {
    return approved(order, intent)
        .then(answer -> TossDesk.readable(() -> KakaopayAnswer.key(owner, answer)));
  }

  @Override
  public Outcome<KeyedApproval> chargeFromWindow(
      Order order, String owner, Map<String, String> intent) {
    return approved(order, intent)
        .then(
            answer ->
                TossDesk.readable(
                    () ->
                        new KeyedApproval(
                            KakaopayAnswer.approval(order, answer),
                            KakaopayAnswer.key(owner, answer))));
  }

  @Override
  public Ends windowKeyChargeEnds() {
    return Ends.LOOKUP;
  }

  private Outcome<JsonNode> approved(Order order, Map<String, String> intent) {
    ObjectNode body =
        KakaopayRequest.order(order)
            .put("cid", intent.get("cid"))
            .put("tid", intent.get("tid"))
            .put("partner_user_id", intent.get("user"))
            .put("pg_token", intent.get("pg_token"))
            .put("total_amount", order.amount().minor());
    return post("approve", order.id(), body);
  }

  /** The PG knows no instalments here, and compares no order ids: it must not be repeated. */
  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    ObjectNode body =
        KakaopayRequest.sold(order)
            .put("cid", config.recurringCid())
            .put("sid", key.key().reveal())
            .put("partner_user_id", key.owner());
    return post("subscription", order.id(), body)
        .then(answer -> TossDesk.readable(() -> KakaopayAnswer.approval(order, answer)));
  }

  /**
   * Without an answer there is no TID, and no look-up by order id. The SID's own state tells when
   * it was last charged: if that was before, it was not charged now. That compares the PG's clock
   * with ours, and is believed only while both agree. If it was charged, nobody but the PG's people
   * can say by which TID, and the charge stays unknown.
   */
  @Override
  public boolean chargesOrderOnce() {
    return false;
  }

  @Override
  public Ends chargeKeyEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Map<String, String> chargeIntent(PgKey key) {
    Map<String, String> intent = new HashMap<>();
    intent.put("sid", key.key().reveal());
    intent.put("cid", config.recurringCid());
    http.skew("api").ifPresent(skew -> intent.put(AHEAD, Long.toString(skew.most().toMillis())));
    return intent;
  }

  @Override
  public Outcome<Instant> delete(PgKey key) {
    return post("manage/subscription/inactive", "", sid(key.key().reveal(), config.recurringCid()))
        .map(answer -> http.now());
  }

  private static ObjectNode sid(String sid, String cid) {
    return JsonMapper.shared().createObjectNode().put("cid", cid).put("sid", sid);
  }

  /**
   * The PG compares what is left before it, so that a repeated one is not done twice. What is to be
   * undone as a whole is asked for first.
   */
  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    ObjectNode body = about(cancel.ref().tid(), cancel.memo());
    if (!cancel.reversal()) {
      return cancelled(cancel, KakaopayRequest.cancel(cancel, body));
    }
    return post("order", cancel.order().id(), body.deepCopy())
        .then(
            order ->
                TossDesk.readable(
                    () -> KakaopayRequest.all(order, cancel.reason(), body.deepCopy())))
        .then(all -> cancelled(cancel, all));
  }

  private Outcome<Canceled> cancelled(CancelOrder cancel, ObjectNode body) {
    return post("cancel", cancel.order().id(), body)
        .then(answer -> TossDesk.readable(() -> KakaopayAnswer.canceled(answer)));
  }

  @Override
  public Ends cancelEnds() {
    return Ends.LOOKUP;
  }

  private ObjectNode about(String tid, Map<String, String> memo) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("cid", memo.getOrDefault("cid", config.cid()))
        .put("tid", tid);
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    String tid = ref == null ? intent.get("tid") : ref.tid();
    String sid = intent.get("sid");
    if (tid == null) {
      return sid == null
          ? new Unknown<>("no TID and no SID to look it up by")
          : lastCharge(order, sid, intent);
    }
    return switch (post("order", order.id(), about(tid, intent))) {
      case Ok<JsonNode>(JsonNode answer) ->
          TossDesk.readable(
              () -> Optional.of(KakaopayAnswer.record(order, answer, isOver(order, answer))));
      case Declined<JsonNode>(Decline no) when NO_SUCH_TID.equals(no.code()) ->
          new Ok<>(Optional.empty());
      // Any other no says nothing about the transaction.
      case Declined<JsonNode>(Decline no) -> new Unknown<>(no.message());
      case Outcome.Pending<JsonNode> pending -> new Unknown<>(pending.toString());
      case Unknown<JsonNode>(String why) -> new Unknown<>(why);
    };
  }

  /**
   * No approval can come any more, if there was none: by the PG's clock, which wrote when it began,
   * and which its answer has just told.
   */
  private boolean isOver(Order order, JsonNode answer) {
    Instant over = KakaopayAnswer.begun(order, answer).plus(LIFE).plus(PG.patience());
    return http.skew("api")
        .filter(skew -> over.isBefore(http.now().minus(skew.most())))
        .isPresent();
  }

  private Outcome<Optional<PgRecord>> lastCharge(
      Order order, String sid, Map<String, String> intent) {
    ObjectNode about = sid(sid, intent.getOrDefault("cid", config.recurringCid()));
    return asked(post("manage/subscription/status", order.id(), about))
        .then(answer -> TossDesk.readable(() -> KakaopayAnswer.lastCharge(answer)))
        .then(
            last -> KakaopayAnswer.charged(order.at(), intent.get(AHEAD), last, http.skew("api")));
  }

  /** A no to a question about the past says nothing about the past. */
  private static <T> Outcome<T> asked(Outcome<T> answer) {
    return answer instanceof Declined<T>(Decline no) ? new Unknown<>(no.message()) : answer;
  }

  private static <T> Outcome<T> declined(String text) {
    return new Declined<>(Decline.of(Reason.BAD_REQUEST, text));
  }

  /** The one place that speaks HTTP. */
  private Outcome<JsonNode> post(String operation, String orderId, ObjectNode body) {
    PgHttp.Call call =
        http.call(orderId, "POST", http.at("api", "/online/v1/payment/" + operation))
            .header("Authorization", "SECRET_KEY " + config.secretKey().reveal())
            .hide(HIDDEN)
            .json(body.toString());
    return switch (call.send()) {
      case Reply.Answer answer -> read(answer);
      case Reply.NotSent(String why) -> TossDesk.notSent(why);
      case Reply.NoAnswer(String why) -> new Unknown<>(why);
    };
  }

  /** A code that is not in the table proves nothing, whatever the status. */
  private static Outcome<JsonNode> read(Reply.Answer answer) {
    Outcome<JsonNode> body = TossDesk.readable(() -> JsonMapper.shared().readTree(answer.body()));
    if (!(body instanceof Ok<JsonNode>(JsonNode json)) || answer.status() / 100 == 2) {
      return body;
    }
    String code = json.path("error_code").asString("");
    String method = json.path("extras").path("method_result_code").asString("");
    String reason = METHODS.get(method, REASONS.get(code, MAYBE));
    String text = json.path("error_message").asString("");
    return reason.equals(MAYBE) || answer.status() / 100 != 4
        ? new Unknown<>("HTTP " + answer.status() + " " + code + " " + method + " " + text)
        : new Declined<>(
            new Decline(
                Reason.valueOf(reason),
                code,
                json.path("extras").path("method_result_message").asString(text)));
  }
}
