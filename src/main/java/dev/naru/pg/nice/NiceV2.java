package dev.naru.pg.nice;

import static dev.naru.pg.nice.NiceMessage.named;

import dev.naru.connector.AfterSale;
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
import dev.naru.connector.PgBuilder;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.Recovers;
import dev.naru.connector.aftercare.ReceiptOrder;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.aftercare.Shipment;
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
import dev.naru.pg.kit.Seoul;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * NICE Payments by a merchant id and its key: forms in EUC-KR, each signed over other fields. A
 * window's lost approval is undone at an address that came with it. What is done without a window
 * is looked up by the id we gave it; those books tell whether it stands, and no more.
 *
 * <p>{@code [inferred]}, to be checked with the PG: by what PayMethod wallets are asked for; that a
 * cancel closes an account nobody paid into; by which code a second approval is refused.
 */
public record NiceV2(NiceV2.Config config, PgHttp http)
    implements Connector,
        Capability.KeyIn,
        Capability.IssueKey,
        Capability.ChargeKey,
        Capability.DeleteKey,
        Capability.Checkout,
        Recovers.NetCancel,
        Recovers.CancelByRef,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Vbank,
        Capability.Lookup,
        AfterSale.Receipts,
        AfterSale.Escrow,
        Capability.Notifies {

  /** Where approvals and net cancels may go to, whatever address the browser brings. */
  private static final List<String> APIS = List.of("webapi", "pg-api", "dc1-api", "dc2-api");

  public static final Pg<Config> PG =
      hosts(Pg.of(NiceV2.class, Config.class, NiceV2::new))
          .named("nice_v2", "나이스페이먼츠", "NICE Payments")
          .aliases("nice")
          .browserHosts("https://*.nicepay.co.kr")
          .noticeAddresses("121.133.126.10", "121.133.126.11", "211.33.136.39")
          .demo(
              new Config(
                  "nicepay00m",
                  new Secret(
                      "EYzu8jGGMfqaDEp76gSckuvnaHHu+bC4opsSN6lHv3b2lurNYkVXrZ7Z1AoqQnXI"
                          + "3eLuaUFyoRNC6FkrzVjceg==")));

  /** The MID decides about test and live. */
  public record Config(String mid, Secret merchantKey) {}

  private static final Charset EUC_KR = Charset.forName("EUC-KR");
  private static final String UTF_8 = "utf-8";
  private static final String CARD = "0101";
  private static final String KEY = "0116";
  private static final String ACCOUNT = "0301";

  private static final Set<String> HIDDEN =
      Form.names(
          """
          EncData SignData Signature AuthToken BID CardNo BuyerName BuyerTel BuyerEmail BuyerAddr
          VbankNum VbankAccountName RefundAcctNo RefundAcctNm ReceiptTypeNo RegisterName
          """);

  @Override
  public Outcome<Approval> charge(Order order, Card card) {
    Map<String, String> known = NiceWords.of(order, Map.of("TID", tid(CARD, order)));
    known.put("EncData", sealed(card, "CardNo=%s&CardExpire=%s%s&BuyerAuthNum=%s&CardPwd=%s"));
    return ask("keyin", known).read(reply -> NiceAnswer.approval(order, reply));
  }

  @Override
  public Ends keyInEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<PgKey> issue(KeyOrder order, Card card) {
    Map<String, String> known = new HashMap<>(Map.of("Moid", order.id()));
    known.put("EncData", sealed(card, "CardNo=%s&ExpYear=%s&ExpMonth=%s&IDNo=%s&CardPw=%s"));
    NiceWords.buyer(known, order.buyer());
    return ask("register", known).read(reply -> NiceAnswer.key(order.owner(), reply));
  }

  private String sealed(Card card, String form) {
    return NiceMessage.seal(config.merchantKey(), NiceWords.data(card, form));
  }

  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    Map<String, String> more = Map.of("TID", tid(KEY, order), "BID", key.key().reveal());
    return ask("charge", NiceWords.of(order, more))
        .read(reply -> NiceAnswer.approval(order, reply));
  }

  @Override
  public Ends chargeKeyEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public boolean chargesOrderOnce() {
    return false;
  }

  @Override
  public Outcome<Instant> delete(PgKey key) {
    String id = "DEL" + Seoul.stamp(http.now());
    return ask("remove", Map.of("Moid", id, "BID", key.key().reveal())).map(gone -> http.now());
  }

  /**
   * The PC's script puts what it brings into the form, and the page posts that in its own charset;
   * which one it is we give the window to echo.
   */
  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    if (!order.amount().currency().equals(Money.KRW)) {
      return Outcome.declined(Reason.BAD_REQUEST, NiceWords.say("currency"));
    }
    return Outcome.composed(() -> NiceWords.of(order, visit))
        .map(
            known -> {
              known.put("CharSet", visit.mobile() ? "euc-kr" : UTF_8);
              known.put("ReqReserved", visit.mobile() ? "euc-kr" : UTF_8);
              Map<String, String> form = named("window").form(by(known), config.merchantKey());
              return visit.mobile()
                  ? new Window.FormPost(http.at("web", "/v3/v3Payment.jsp"), EUC_KR, form)
                  : new Window.Script(
                      http.at("js", "/v3/common/js/nicepay-pgweb.js"),
                      "nicepay",
                      Map.of("back", visit.back(), "close", visit.close()),
                      form);
            });
  }

  /** What is signed does not name the order: the approval tells whose it is. */
  @Override
  public Returned authenticate(Order order, PgReturn back) {
    Map<String, String> korean = back.fields(Form.KOREAN);
    Map<String, String> fields =
        UTF_8.equals(korean.get("ReqReserved")) ? back.fields(StandardCharsets.UTF_8) : korean;
    String code = Form.or(fields.get("AuthResultCode"), "0000");
    if (!code.equals("0000")) {
      return new Returned.Abandoned(NiceAnswer.abandoned(code, fields.get("AuthResultMsg")));
    }
    String approval = place(fields.getOrDefault("NextAppURL", ""));
    String undo = place(fields.getOrDefault("NetCancelURL", ""));
    if (approval == null || undo == null) {
      return new Returned.Forged("an address that is not NICE's");
    }
    try {
      Map<String, String> signed = genuine("returned", fields);
      return config.mid().equals(signed.get("MID")) && order.id().equals(signed.get("Moid"))
          ? new Returned.Authenticated(
              NiceAnswer.amount(order, Form.need(signed, "Amt")),
              Map.of(
                  "AuthToken",
                  Form.need(signed, "AuthToken"),
                  "TID",
                  Form.need(signed, "TxTid"),
                  "approval",
                  approval,
                  "undo",
                  undo))
          : new Returned.Forged("not this order's return");
    } catch (IllegalArgumentException unsigned) {
      return new Returned.Forged(String.valueOf(unsigned.getMessage()));
    }
  }

  /** Of an address of NICE's: which of its hosts, then the path; null for any other address. */
  private @Nullable String place(String address) {
    for (String host : APIS) {
      String base = http.at(host, "").toString();
      String path = address.startsWith(base) ? address.substring(base.length()) : "";
      if (path.matches("(/[\\w-]+)+(\\.jsp)?")) {
        return host + path;
      }
    }
    return null;
  }

  /** A token that was used says that an earlier call got through. */
  @Override
  public Outcome<Approval> approve(Order order, Map<String, String> intent) {
    Outcome<Approval> outcome =
        ask("approve", intent.getOrDefault("approval", ""), NiceWords.of(order, intent))
            .read(reply -> NiceAnswer.approval(order, genuine("approved", reply)));
    return outcome instanceof Outcome.Declined<Approval>(Decline no)
            && no.reason() == Reason.DUPLICATE_ORDER
        ? new Unknown<>(no.message())
        : outcome;
  }

  @Override
  public Ends approveEnds() {
    return Ends.NET_CANCEL;
  }

  @Override
  public Outcome<Instant> netCancel(Order order, Map<String, String> intent) {
    return ask("undo", intent.getOrDefault("undo", ""), NiceWords.of(order, intent))
        .map(undone -> http.now())
        .doneIf(NiceV2::isGone, http.now());
  }

  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    return canceled(NiceWords.of(cancel)).map(at -> new Canceled(cancel.ref(), at, null));
  }

  /** The books tell whether the whole was given back, and nothing of parts. */
  @Override
  public Ends.OfCancels cancelEnds() {
    return new Ends.OfCancels(Ends.LOOKUP, Ends.NONE);
  }

  private static boolean isGone(Decline no) {
    return no.reason() == Reason.ALREADY_CANCELED;
  }

  private Outcome<Instant> canceled(Map<String, String> known) {
    return ask("cancel", known).read(reply -> NiceAnswer.canceledAt(genuine("canceled", reply)));
  }

  @Override
  public Outcome<Approval> open(Order order, VbankOrder account) {
    Map<String, String> known = NiceWords.of(order, Map.of("TID", tid(ACCOUNT, order)));
    known.put("BankCode", account.bank());
    known.put("VbankExpDate", NiceWords.minute(account.due()));
    Form.putIf(known, "VbankAccountName", account.holder());
    return ask("account", known).read(reply -> NiceAnswer.approval(order, reply));
  }

  @Override
  public Outcome<Instant> revoke(Order order, PgRef ref, Approval.Account account, String reason) {
    return canceled(NiceWords.cancel(ref.tid(), order.id(), order.amount(), reason))
        .doneIf(NiceV2::isGone, http.now());
  }

  /** Nobody could tell the number of an account whose opening was not answered: it is closed. */
  @Override
  public Ends vbankEnds() {
    return Ends.CANCEL_BY_REF;
  }

  @Override
  public Outcome<Optional<Instant>> cancelByRef(Order order, Map<String, String> intent) {
    String why = NiceWords.say("unanswered");
    return canceled(NiceWords.cancel(tid(ACCOUNT, order), order.id(), order.amount(), why))
        .doneIf(NiceV2::isGone, http.now())
        .absentIf(no -> no.is("2012"));
  }

  /** Without an id of NICE's, by those we give: one for a card's data, one for a key. */
  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    String known = ref == null ? intent.get("TID") : ref.tid();
    if (known != null || order.method().equals("vbank")) {
      return asked(order, known == null ? tid(ACCOUNT, order) : known);
    }
    return asked(order, tid(CARD, order))
        .then(found -> found.isPresent() ? new Ok<>(found) : asked(order, tid(KEY, order)));
  }

  private Outcome<Optional<PgRecord>> asked(Order order, String tid) {
    return ask("status", Map.of("TID", tid, "Moid", order.id()))
        .ofQuestion()
        .read(reply -> NiceAnswer.record(order, tid, reply));
  }

  @Override
  public Outcome<Receipted> issue(ReceiptOrder order) {
    Map<String, String> known = NiceWords.of(order);
    known.put("TID", NiceMessage.tid(config.mid(), "0401", order.at(), order.id()));
    return ask("receipt", known).read(reply -> NiceAnswer.receipted(reply, http.now()));
  }

  /** Whether the books have receipts is in no public source: a lost answer stays lost. */
  @Override
  public Ends receiptEnds() {
    return Ends.NONE;
  }

  @Override
  public Outcome<Instant> revoke(ReceiptOrder.Cancel cancel) {
    String tid = cancel.ref().tid();
    return canceled(NiceWords.cancel(tid, cancel.orderId(), cancel.amount(), cancel.reason()))
        .doneIf(NiceV2::isGone, http.now());
  }

  @Override
  public Outcome<Instant> ship(Order order, PgRef ref, Shipment delivery) {
    return ask("delivery", NiceWords.of(order, ref, delivery)).map(registered -> http.now());
  }

  /** Not signed: the caller compares address, account, amount and transaction, and looks it up. */
  @Override
  public Notice read(PgReturn raw) {
    return NiceAnswer.notice(raw.fields(Form.KOREAN), config.mid());
  }

  private String tid(String what, Order order) {
    return NiceMessage.tid(config.mid(), what, order.at(), order.id());
  }

  /** Throws {@link IllegalArgumentException} unless NICE has signed it, over texts as they came. */
  private Map<String, String> genuine(String message, Map<String, String> told) {
    Map<String, String> signed = new HashMap<>(told);
    signed.putIfAbsent("MID", config.mid());
    String signature = named(message).signature(signed, config.merchantKey());
    if (!Digests.isSame(signature, Form.need(told, "Signature"))) {
      throw new IllegalArgumentException("a signature that is not NICE's");
    }
    return told;
  }

  private Map<String, String> by(Map<String, String> known) {
    Map<String, String> all = new HashMap<>(known);
    all.putIfAbsent("CharSet", UTF_8);
    all.put("MID", config.mid());
    all.put("EdiDate", Seoul.stamp(http.now()));
    all.put("EdiType", "JSON");
    return all;
  }

  private Outcome<Map<String, String>> ask(String message, Map<String, String> known) {
    return ask(message, named(message).place(), known);
  }

  /** Where what is asked for goes: a host's name, then the path. */
  private Outcome<Map<String, String>> ask(
      String message, String place, Map<String, String> known) {
    String[] parts = place.split("(?=/)", 2);
    return http.call(known.getOrDefault("Moid", ""), "POST", http.at(parts[0], parts[1]))
        .hide(HIDDEN)
        .form(named(message).form(by(known), config.merchantKey()), EUC_KR)
        .ask(
            answer ->
                answer.status() == 200
                    ? NiceAnswer.judged(answer.text(), named(message).yes())
                    : new Unknown<>("HTTP " + answer.status()));
  }

  /** Tests share the live hosts: the credentials decide. */
  private static PgBuilder<Config> hosts(PgBuilder<Config> pg) {
    APIS.forEach(
        name ->
            pg.real(name, "https://" + name + ".nicepay.co.kr").sandbox(name, "/nice_v2/" + name));
    return pg.real("web", "https://web.nicepay.co.kr")
        .sandbox("web", "/nice_v2/web")
        .real("js", "https://pg-web.nicepay.co.kr")
        .sandbox("js", "/nice_v2/js");
  }
}
