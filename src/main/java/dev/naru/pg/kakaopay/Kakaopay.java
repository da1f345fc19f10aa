package dev.naru.pg.kakaopay;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.KeyedApproval;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
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
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.LastCharge;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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
public record Kakaopay(Kakaopay.Config config, PgHttp http)
    implements Connector.Wallet, Capability.WindowKeyCharge {

  public static final Pg<Config> PG =
      Pg.of(Kakaopay.class, Config.class, Kakaopay::new)
          .named("kakaopay", "카카오페이", "Kakao Pay")
          .real("api", "https://open-api.kakaopay.com")
          .sandbox("api", "/kakaopay")
          .browserHosts("https://*.kakaopay.com", "https://*.kakao.com")
          .demo(new Config("TC0ONETIME", "TCSUBSCRIP", new Secret("DEVNARUSANDBOXKEY")));

  /**
   * Both CIDs are of ten characters; the key decides about test and live.
   *
   * @param recurringCid blank for a shop without recurring payments
   */
  public record Config(String cid, String recurringCid, Secret secretKey) {}

  private static final Reasons REASONS =
      new Reasons(CodeTable.load("kakaopay-methods").and(CodeTable.load("kakaopay-declines")));

  /** How long a TID lives: after it a payment that was not approved never will be. */
  private static final Duration LIFE = Duration.ofMinutes(15);

  private static final Set<String> HIDDEN =
      Form.names(
          """
          pg_token sid next_redirect_app_url next_redirect_mobile_url next_redirect_pc_url
          android_app_scheme ios_app_scheme approval_url cancel_url fail_url
          """);

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
        ? Outcome.declined(Reason.BAD_REQUEST, "카카오페이 정기결제 CID가 설정되지 않은 채널입니다.")
        : ready(order, config.recurringCid(), owner, visit);
  }

  private Outcome<Window> ready(Order order, String cid, String user, Visit visit) {
    String url =
        visit.mobile() && !order.wishes().screen().asOnPc()
            ? "next_redirect_mobile_url"
            : "next_redirect_pc_url";
    return Outcome.composed(() -> KakaopayWords.ready(order, visit))
        .then(body -> post("ready", order.id(), body.put("cid", cid).put("partner_user_id", user)))
        .read(
            answer ->
                new Window.Redirect(
                    http.window("api", Tree.text(answer, url), ".kakaopay.com", ".kakao.com"),
                    Map.of("tid", Tree.text(answer, "tid"), "cid", cid, "user", user)));
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
    return approved(order, intent).read(answer -> KakaopayAnswers.approval(order, answer));
  }

  /** Of an order over nothing: the approval then makes a SID and charges nothing. */
  @Override
  public Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent) {
    return approved(order, intent).read(answer -> KakaopayAnswers.key(owner, answer));
  }

  @Override
  public Outcome<KeyedApproval> chargeFromWindow(
      Order order, String owner, Map<String, String> intent) {
    return approved(order, intent)
        .read(
            answer ->
                new KeyedApproval(
                    KakaopayAnswers.approval(order, answer), KakaopayAnswers.key(owner, answer)));
  }

  @Override
  public Ends windowKeyChargeEnds() {
    return Ends.LOOKUP;
  }

  private Outcome<JsonNode> approved(Order order, Map<String, String> intent) {
    return post("approve", order.id(), KakaopayWords.approve(order, intent));
  }

  /** The PG knows no instalments here, and compares no order ids: it must not be repeated. */
  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    ObjectNode body =
        KakaopayWords.sold(order)
            .put("cid", config.recurringCid())
            .put("sid", key.key().reveal())
            .put("partner_user_id", key.owner());
    return post("subscription", order.id(), body)
        .read(answer -> KakaopayAnswers.approval(order, answer));
  }

  /**
   * Without an answer there is no TID, and no look-up by order id. The SID's own state tells when
   * it was last charged: if that was before, it was not charged now. That compares the PG's clock
   * with ours, and is believed only while both agree. If it was charged, nobody but the PG's people
   * can say by which TID, and the charge stays unknown.
   */
  @Override
  public Ends chargeKeyEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Map<String, String> chargeIntent(PgKey key) {
    Map<String, String> intent = new HashMap<>();
    intent.put("sid", key.key().reveal());
    intent.put("cid", config.recurringCid());
    LastCharge.note(intent, http.skew("api"));
    return intent;
  }

  @Override
  public Outcome<Instant> delete(PgKey key) {
    ObjectNode sid = Tree.object().put("cid", config.recurringCid()).put("sid", key.key().reveal());
    return post("manage/subscription/inactive", "", sid).map(answer -> http.now());
  }

  /**
   * The PG compares what is left before it, so that a repeated one is not done twice. What is to be
   * undone as a whole is asked for first.
   */
  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    ObjectNode about = about(cancel.ref().tid(), cancel.memo());
    String id = cancel.order().id();
    Outcome<ObjectNode> body =
        cancel.reversal()
            ? post("order", id, about.deepCopy())
                .read(order -> KakaopayWords.all(order, cancel.reason(), about))
            : new Ok<>(KakaopayWords.cancel(cancel, about));
    return body.then(all -> post("cancel", id, all)).read(KakaopayAnswers::canceled);
  }

  private ObjectNode about(String tid, Map<String, String> memo) {
    return Tree.object().put("cid", memo.getOrDefault("cid", config.cid())).put("tid", tid);
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    String tid = ref == null ? intent.get("tid") : ref.tid();
    String sid = intent.get("sid");
    if (tid != null) {
      return post("order", order.id(), about(tid, intent))
          .read(answer -> KakaopayAnswers.record(order, answer, isOver(order, answer)))
          .absentIf(no -> no.is("-721"));
    }
    return sid == null
        ? new Unknown<>("no TID and no SID to look it up by")
        : lastCharge(order, sid, intent);
  }

  /**
   * No approval can come any more, if there was none: by the PG's clock, which wrote when it began,
   * and which its answer has just told.
   */
  private boolean isOver(Order order, JsonNode answer) {
    Instant over = KakaopayAnswers.begun(order, answer).plus(LIFE).plus(PG.patience());
    return http.skew("api")
        .filter(skew -> over.isBefore(http.now().minus(skew.most())))
        .isPresent();
  }

  private Outcome<Optional<PgRecord>> lastCharge(
      Order order, String sid, Map<String, String> intent) {
    ObjectNode about =
        Tree.object().put("cid", intent.getOrDefault("cid", config.recurringCid())).put("sid", sid);
    return post("manage/subscription/status", order.id(), about)
        .ofQuestion()
        .read(answer -> Optional.ofNullable(Tree.optional(answer, "last_approved_at")))
        .judge(
            last -> LastCharge.since(order.at(), intent, last.map(Seoul::ofIso), http.skew("api")));
  }

  private Outcome<JsonNode> post(String operation, String orderId, ObjectNode body) {
    return http.call(orderId, "POST", http.at("api", "/online/v1/payment/" + operation))
        .header("Authorization", "SECRET_KEY " + config.secretKey().reveal())
        .hide(HIDDEN)
        .json(body.toString())
        .ask(Kakaopay::read);
  }

  /** A code that is not in the table proves nothing, whatever the status. */
  private static Outcome<JsonNode> read(Reply.Answer answer) {
    JsonNode json = Tree.of(answer);
    if (answer.isSuccess()) {
      return new Ok<>(json);
    }
    String code = Tree.said(json, "error_code");
    String method = Tree.said(json.path("extras"), "method_result_code");
    String text = Tree.said(json, "error_message");
    Reason reason = answer.isRefusal() ? REASONS.certain(method, code) : null;
    return reason == null
        ? new Unknown<>("HTTP " + answer.status() + " " + code + " " + method + " " + text)
        : new Declined<>(
            new Decline(
                reason, code, json.path("extras").path("method_result_message").asString(text)));
  }
}
