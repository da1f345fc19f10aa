package dev.naru.pg.inicis;

import dev.naru.connector.AfterSale.Escrow;
import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
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
import dev.naru.pg.kit.Form;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * KG INICIS: windows whose lost approvals are undone, and {@link Iniapi}, where they are looked up.
 */
public final class Html5Inicis
    implements Connector,
        Capability.KeyIn,
        Capability.IssueKey,
        Capability.ChargeKey,
        Capability.Checkout,
        Capability.WindowKey,
        Recovers.NetCancel,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Vbank,
        Capability.Lookup,
        Receipts,
        Escrow,
        Capability.Notifies {

  public static final Pg<Config> PG =
      hosts(Pg.of(Html5Inicis.class, Config.class, Html5Inicis::new))
          .named("html5_inicis", "KG이니시스", "KG Inicis")
          .aliases("inicis")
          .browserHosts("https://*.inicis.com")
          .noticeAddresses(
              "203.238.37.3",
              "203.238.37.15",
              "203.238.37.16",
              "203.238.37.25",
              "203.238.37.32",
              "183.109.71.153",
              "118.129.210.25",
              "39.115.212.9")
          .demo(
              new Config(
                  "INIpayTest",
                  new Secret("SU5JTElURV9UUklQTEVERVNfS0VZU1RS"),
                  new Secret("ItEQKi3rY7uvDS8l"),
                  new Secret("HYb3yQ4f65QL89=="),
                  new Secret("3CB8183A4BE283555ACC8363C0360223"),
                  "INIBillTst",
                  new Secret("SU5JTElURV9UUklQTEVERVNfS0VZU1RS"),
                  new Secret("rKnPljRn5m6J9Mzz"),
                  new Secret("W2KLNKra6Wxc1P=="),
                  "127.0.0.1",
                  "http://127.0.0.1:8080"));

  /**
   * The MID for windows and its four keys; the MID for billing keys, blank if it is the same one;
   * our address as INICIS knows it, and the shop's.
   */
  public record Config(
      String mid,
      Secret signKey,
      Secret apiKey,
      Secret apiIv,
      Secret hashKey,
      String billingMid,
      Secret billingSignKey,
      Secret billingApiKey,
      Secret billingApiIv,
      String serverIp,
      String siteUrl) {

    private Iniapi.Contract main() {
      return new Iniapi.Contract(mid, apiKey, apiIv);
    }

    boolean hasBilling() {
      return !billingMid.isBlank() && !billingMid.equals(mid);
    }

    private Iniapi.Contract billing() {
      return hasBilling() ? new Iniapi.Contract(billingMid, billingApiKey, billingApiIv) : main();
    }
  }

  private final Config config;
  private final PgHttp http;
  private final IniCalls calls;
  private final Iniapi api;
  private final Iniapi billing;
  private final IniAftercare aftercare;

  Html5Inicis(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
    this.calls = new IniCalls(config, http);
    this.api = new Iniapi(config.main(), config.serverIp(), config.siteUrl(), http);
    this.billing = new Iniapi(config.billing(), config.serverIp(), config.siteUrl(), http);
    this.aftercare = new IniAftercare(api);
  }

  @Override
  public Set<String> otherMids() {
    return config.hasBilling() ? Set.of(config.billingMid()) : Set.of();
  }

  /**
   * INICIS has no charge by card number: a key is issued and charged at once. {@code [inferred]}
   * check with the PG. As long as the key is missing no money can have moved.
   */
  @Override
  public Outcome<Approval> charge(Order order, Card card) {
    KeyOrder once = new KeyOrder(order.id(), order.id(), order.buyer(), order.at(), order.name());
    return switch (billing.issue(once, card)) {
      case Ok<PgKey>(PgKey key) -> billing.charge(order, key);
      case Declined<PgKey>(Decline no) -> new Declined<>(no);
      case Outcome.Pending<PgKey> pending -> notCharged(pending.toString());
      case Unknown<PgKey>(String why) -> notCharged(why);
    };
  }

  @Override
  public Ends keyInEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<PgKey> issue(KeyOrder order, Card card) {
    return billing.issue(order, card);
  }

  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    return billing.charge(order, key);
  }

  @Override
  public boolean chargesOrderOnce() {
    return false;
  }

  @Override
  public Ends chargeKeyEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    if (!order.amount().currency().equals(Money.KRW)) {
      return Outcome.declined(Reason.BAD_REQUEST, "원화(KRW) 결제만 지원합니다.");
    }
    String stamp = String.valueOf(http.now().toEpochMilli());
    if (visit.mobile()) {
      return new Ok<>(
          new Window.FormPost(
              http.at("mobile", "/smart/payment/"),
              Charset.forName("EUC-KR"),
              IniWindow.mobile(order, visit, stamp, config),
              IniWindow.chargesByItself(order) ? Map.of(Window.MAY_CHARGE, "true") : Map.of()));
    }
    return new Ok<>(script(IniWindow.pc(order, visit, stamp, config)));
  }

  @Override
  public Returned authenticate(Order order, PgReturn back) {
    Map<String, String> mobile = back.fields(Form.KOREAN);
    if (IniWindow.chargesByItself(order) && order.id().equals(mobile.get(IniWindow.LEFT))) {
      return new Returned.Left();
    }
    return mobile.containsKey("P_STATUS")
        ? mobileReturn(order, mobile)
        : pcReturn(order, config.mid(), back.fields(StandardCharsets.UTF_8));
  }

  @Override
  public Outcome<Approval> approve(Order order, Map<String, String> intent) {
    return isMobile(intent) ? calls.mobile(order, intent) : calls.pc(order, intent);
  }

  @Override
  public Ends approveEnds() {
    return Ends.NET_CANCEL;
  }

  @Override
  public Outcome<Instant> netCancel(Order order, Map<String, String> intent) {
    return isMobile(intent)
        ? calls.undoMobile(order, intent)
        : calls.undoPc(order, config.mid(), intent);
  }

  /** The PC window serves mobiles as well when it is about a key. */
  @Override
  public Outcome<Window> openForKey(Order order, String owner, Visit visit) {
    String stamp = String.valueOf(http.now().toEpochMilli());
    return new Ok<>(script(IniWindow.forKey(order, visit, stamp, config)));
  }

  @Override
  public Returned authenticateKey(Order order, PgReturn back) {
    return pcReturn(order, billing.mid(), back.fields(StandardCharsets.UTF_8));
  }

  @Override
  public Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent) {
    return calls.key(order, billing.mid(), owner, intent);
  }

  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    boolean billed = config.hasBilling() && billing.mid().equals(cancel.memo().get("mid"));
    return (billed ? billing : api).refund(cancel);
  }

  @Override
  public Ends.OfCancels cancelEnds() {
    return Ends.LOOKUP.always();
  }

  /** Fixed accounts are another contract's: {@link VbankOrder#fixed} is not read. */
  @Override
  public Outcome<Approval> open(Order order, VbankOrder account) {
    return api.open(order, account.bank(), account.due(), account.holder());
  }

  @Override
  public Outcome<Instant> revoke(Order order, PgRef ref, Approval.Account account, String reason) {
    return api.revoke(order, ref, reason);
  }

  @Override
  public Ends vbankEnds() {
    return Ends.LOOKUP;
  }

  /** An order is in the books of one of the two contracts; nothing kept of it says which. */
  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    return api.inquire(order)
        .then(
            found ->
                found.isPresent() || !config.hasBilling()
                    ? new Ok<>(found)
                    : billing.inquire(order));
  }

  @Override
  public Outcome<Receipted> issue(ReceiptOrder order) {
    return aftercare.issue(order);
  }

  /** No order id, no look-up, no idempotency key: an answer that is lost stays lost. */
  @Override
  public Ends receiptEnds() {
    return Ends.NONE;
  }

  @Override
  public Outcome<Instant> revoke(ReceiptOrder.Cancel cancel) {
    return aftercare.revoke(cancel);
  }

  @Override
  public Outcome<Instant> ship(Order order, PgRef ref, Shipment delivery) {
    return aftercare.ship(order, ref, delivery);
  }

  /** Not signed: the caller compares address, account, amount and transaction, and looks it up. */
  @Override
  public Notice read(PgReturn raw) {
    return IniNotice.read(raw.fields(Form.KOREAN), Set.of(config.mid(), billing.mid()));
  }

  private Returned pcReturn(Order order, String mid, Map<String, String> fields) {
    String code = fields.getOrDefault("resultCode", "");
    String token = fields.getOrDefault("authToken", "");
    if (!code.equals("0000") && !code.isEmpty()) {
      return abandoned(code, fields.getOrDefault("resultMsg", ""));
    }
    if (!mid.equals(fields.get("mid"))
        || !order.id().equals(fields.get("orderNumber"))
        || token.isEmpty()) {
      return new Returned.Forged("not this order's return");
    }
    String idc = fields.getOrDefault("idc_name", "");
    return isOurs("stdpay." + idc, "/api/payAuth", fields.get("authUrl"))
            && isOurs("stdpay." + idc, "/api/netCancel", fields.get("netCancelUrl"))
        ? new Returned.Authenticated(
            null,
            Map.of(
                "authToken", token,
                "idc", idc,
                "stamp", String.valueOf(http.now().toEpochMilli())))
        : new Returned.Forged("an approval URL that is not INICIS's");
  }

  private Returned mobileReturn(Order order, Map<String, String> fields) {
    String status = fields.getOrDefault("P_STATUS", "");
    String tid = fields.getOrDefault("P_TID", "");
    if (!status.equals("00")) {
      return abandoned(status, fields.getOrDefault("P_RMESG1", ""));
    }
    // The return does not name the order; what we gave the window to echo does.
    if (!order.id().equals(fields.get("P_NOTI")) || tid.isEmpty()) {
      return new Returned.Forged("not this order's return");
    }
    String idc = fields.getOrDefault("idc_name", "");
    if (!isOurs("mobile." + idc, "/smart/payReq.ini", fields.get("P_REQ_URL"))) {
      return new Returned.Forged("an approval URL that is not INICIS's");
    }
    try {
      return new Returned.Authenticated(
          IniAnswer.amount(order, fields.getOrDefault("P_AMT", "")),
          Map.of("tid", tid, "idc", idc));
    } catch (IllegalArgumentException e) {
      return new Returned.Forged("no amount");
    }
  }

  /** The URL came through the browser: it must be, to the letter, the one that we compute. */
  private boolean isOurs(String host, String path, @Nullable String url) {
    return http.has(host) && http.at(host, path).toString().equals(url);
  }

  private static Returned abandoned(String code, String text) {
    boolean closed = code.equals("01") || code.startsWith("V8") || text.contains("취소");
    return new Returned.Abandoned(
        closed ? new Decline(Reason.ABANDONED, code, text) : IniAnswer.decline(code, text));
  }

  private static boolean isMobile(Map<String, String> intent) {
    return intent.containsKey("tid");
  }

  private Window script(Map<String, String> form) {
    return new Window.Script(http.at("stdpay", "/stdjs/INIStdPay.js"), "inicis", Map.of(), form);
  }

  private static <T> Outcome<T> notCharged(String why) {
    return Outcome.declined(Reason.NOT_CHARGED, "카드 확인이 끝나지 않아 결제하지 않았습니다: " + why);
  }

  /** Both windows are answered from several sites, each a host of its own. */
  private static PgBuilder<Config> hosts(PgBuilder<Config> pg) {
    pg.real("mobile", "https://mobile.inicis.com")
        .live("iniapi", "https://iniapi.inicis.com")
        .live("stdpay", "https://stdpay.inicis.com")
        .test("iniapi", "https://stginiapi.inicis.com")
        .test("stdpay", "https://stgstdpay.inicis.com")
        .sandbox("iniapi", "/html5_inicis/iniapi");
    for (String site : List.of("fc", "ks", "stg")) {
      for (String window : List.of("stdpay", "mobile")) {
        String url = "https://" + site + window + ".inicis.com";
        // [inferred] Test MIDs use the live mobile window, and may be answered from any site of it.
        pg.test(window + "." + site, url);
        if (!site.equals("stg")) {
          pg.live(window + "." + site, url);
        }
      }
    }
    for (String site : List.of("", ".fc", ".ks", ".stg")) {
      pg.sandbox("stdpay" + site, "/html5_inicis/stdpay");
      pg.sandbox("mobile" + site, "/html5_inicis/mobile");
    }
    return pg;
  }
}
