package dev.naru.simulator.nice;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.Windows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * NICE Payments, by MID and merchant key: the script of PCs, the window of phones, which post to
 * the shop what the approval needs, and {@link NiceApi}. Its notices are not signed.
 */
public final class Nice implements Fake, Windows.Flow {

  static final Refusals CODES = Refusals.of("nice/codes.csv");

  private static final String SCRIPT = Cards.text("nice/nicepay.js");
  private static final Map<String, String> METHODS = Cards.codes("nice/ways.csv");
  private static final Map<String, String> IDS =
      Cards.rows("nice/ways.csv").collect(Collectors.toMap(row -> row[0], row -> row[2]));
  private static final String WINDOW = "/v3/v3Payment.jsp";

  /** Which of its addresses the window brings. */
  private static final String API = "/nice_v2/dc1-api/webapi/";

  private final Till till;
  private final Ledger ledger;
  private final Windows windows;
  private final Notices notices;
  private final NiceApi api;

  /** Opens its book. */
  public Nice(House house) {
    Texts.add("nice/texts.csv");
    till = house.till("nice_v2");
    ledger = till.ledger();
    windows = house.windows();
    notices = house.notices();
    api = new NiceApi(till);
    windows.add(ledger, this);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/nice_v2", this::handle));
  }

  @Override
  public List<Till> tills() {
    return List.of(till);
  }

  /** A path begins with the name of one of its hosts. */
  private Answer handle(Call call) {
    int end = Math.max(call.path().indexOf('/', 1), 0);
    Call below = call.below(call.path().substring(0, end));
    return switch (below.path()) {
      case "/v3/common/js/nicepay-pgweb.js" ->
          Answer.Reply.text(200, "text/javascript;charset=UTF-8", SCRIPT);
      case "/v3/pay" -> open(call, call.form(StandardCharsets.UTF_8));
      case WINDOW -> open(call, call.form(Call.EUC_KR));
      default -> api.handle(below);
    };
  }

  private Answer open(Call call, Map<String, String> form) {
    Refusal wrong = NiceMerchant.wrong(WINDOW, form);
    if (wrong != null) {
      return windows.problem(call, wrong.code(), wrong.text());
    }
    Map<String, String> fields = new HashMap<>(form);
    fields.put("origin", call.origin());
    Order order =
        new Order(
            form.getOrDefault("MID", ""),
            form.getOrDefault("Moid", ""),
            Numbers.amount(form.getOrDefault("Amt", "")),
            form.getOrDefault("GoodsName", ""),
            Map.of());
    Method method = Method.valueOf(METHODS.getOrDefault(form.getOrDefault("PayMethod", ""), ""));
    List<Method> methods = List.of(method);
    return windows.open(
        call, ledger, new Entry.Window(Numbers.token(24), "window", order, fields, methods));
  }

  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    if (means.effect().invalidCard()) {
      return back(window, CODES.of(means.effect()), Map.of());
    }
    Instant now = till.now();
    Order asked = window.order();
    String way = IDS.getOrDefault(window.field("PayMethod"), "");
    String tid = asked.merchant() + way + NiceAnswers.stamp(now) + Numbers.serial(4);
    String token = "NICETOKN" + Numbers.token(32);
    Instant due = Seoul.due(window.field("VbankExpDate"), now.plus(Duration.ofDays(7)));
    Means banked =
        means.method() == Method.VBANK
            ? means.withAccount(
                new Account(bank, Numbers.digits(14), window.field("BuyerName"), due, ""))
            : means;
    Map<String, String> more =
        Map.of(
            "PayMethod", window.field("PayMethod"),
            "BuyerName", window.field("BuyerName"),
            "AuthCode", Numbers.digits(8));
    ledger.save(Charge.begun(token, tid, asked.with(more), banked, now));
    String base = window.field("origin") + API;
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("AuthToken", token);
    fields.put("TxTid", tid);
    fields.put("NextAppURL", base + "pay_process.jsp");
    fields.put("NetCancelURL", base + "net_cancel.jsp");
    String signed = token + asked.merchant() + window.field("Amt");
    fields.put("Signature", NiceMerchant.sign(signed));
    return back(window, new Refusal(200, "0000", "인증 성공"), fields);
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return back(window, NiceMerchant.refusal("I002", ""), Map.of());
  }

  /** What was asked for comes back as it was written. */
  private static Entry.Next back(
      Entry.Window window, Refusal result, Map<String, String> authentication) {
    boolean utf8 = window.field("CharSet").equalsIgnoreCase("utf-8");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("AuthResultCode", result.code());
    fields.put("AuthResultMsg", result.text());
    List.of("PayMethod", "MID", "Moid", "Amt", "ReqReserved")
        .forEach(name -> fields.put(name, window.field(name)));
    fields.putAll(authentication);
    return new Entry.Next(
        window.field("ReturnURL"),
        fields,
        utf8 ? "UTF-8" : "EUC-KR",
        window.field("simulator_overlay_of"));
  }

  /**
   * To the address that the merchant registered. None is known about a bank that takes one back.
   */
  @Override
  public boolean deposited(Charge charge) {
    String url = ledger.noticeUrl(charge.order().merchant());
    if (url == null || url.isEmpty() || !charge.paid()) {
      return false;
    }
    notices.send(Notices.Notice.form(url, NiceAnswers.deposited(charge), Call.EUC_KR));
    return true;
  }
}
