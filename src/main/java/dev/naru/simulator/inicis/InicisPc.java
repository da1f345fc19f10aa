package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Form;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Windows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** INIpay Standard: the PC window, its approval and its net-cancel. */
final class InicisPc implements Windows.Flow {

  private static final String SCRIPT = Cards.text("inicis/inistdpay.js");
  private static final String CLOSER = Cards.text("inicis/inistdpay-close.js");
  private static final Pattern VBANK_DUE = Pattern.compile("(?i)vbank\\((\\d{8,12})\\)");
  private static final Refusal UNKNOWN_TOKEN = new Refusal(200, "R102", "인증 정보를 찾을 수 없습니다.");

  private final Till till;
  private final Ledger ledger;
  private final Windows windows;
  private final Contracts contracts;

  InicisPc(Till till, Windows windows, Contracts contracts) {
    this.till = till;
    this.ledger = till.ledger();
    this.windows = windows;
    this.contracts = contracts;
  }

  Answer handle(Call call) {
    return switch (call.path()) {
      case "/stdjs/INIStdPay.js" -> script(SCRIPT);
      case "/stdjs/INIStdPay_close.js" -> script(CLOSER);
      case "/payMain/pay" -> open(call);
      case "/api/payAuth" -> approve(call.form());
      case "/api/netCancel" -> netCancel(call.form());
      default -> Answer.Reply.notFound();
    };
  }

  private static Answer script(String text) {
    return Answer.Reply.text(200, "text/javascript;charset=UTF-8", text);
  }

  private Answer open(Call call) {
    Map<String, String> fields = new HashMap<>(call.form());
    String wrong = wrong(fields);
    if (wrong != null) {
      return windows.problem(call, "V010", wrong);
    }
    fields.put("origin", call.origin());
    Order order =
        new Order(
            fields.getOrDefault("mid", ""),
            fields.getOrDefault("oid", ""),
            Numbers.amount(fields.getOrDefault("price", "")),
            fields.getOrDefault("goodname", ""),
            Map.of());
    return windows.open(
        call, ledger, new Entry.Window(Numbers.token(24), "pc", order, fields, methods(fields)));
  }

  private @Nullable String wrong(Map<String, String> fields) {
    InicisMerchant merchant = InicisMerchant.of(contracts, fields.get("mid"));
    if (merchant == null) {
      return "mid: 등록되지 않은 상점입니다.";
    }
    String oid = fields.getOrDefault("oid", "");
    String price = fields.getOrDefault("price", "");
    String timestamp = fields.getOrDefault("timestamp", "");
    // A window that only makes a key shows whatever the shop wants, nothing included.
    long least = billing(fields.getOrDefault("acceptmethod", "")) ? 0 : 1;
    if (oid.isEmpty() || oid.length() > 40 || Numbers.amount(price) < least) {
      return "oid, price";
    }
    if (!Digests.same(merchant.mKey(), fields.getOrDefault("mKey", ""))) {
      return "mKey가 맞지 않습니다.";
    }
    if (!Digests.same(
        InicisMerchant.signature(oid, price, timestamp), fields.getOrDefault("signature", ""))) {
      return "signature가 맞지 않습니다.";
    }
    String verification = fields.getOrDefault("verification", "");
    boolean needed = fields.getOrDefault("use_chkfake", "").equals("Y") || !verification.isEmpty();
    if (needed && !Digests.same(merchant.verification(oid, price, timestamp), verification)) {
      return "verification이 맞지 않습니다.";
    }
    return Windows.address(fields.getOrDefault("returnUrl", "")) ? null : "returnUrl";
  }

  private static List<Method> methods(Map<String, String> fields) {
    if (billing(fields.getOrDefault("acceptmethod", ""))) {
      return List.of(Method.CARD);
    }
    List<Method> methods = new ArrayList<>();
    for (String name : fields.getOrDefault("gopaymethod", "").split(":", -1)) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "card" -> methods.add(Method.CARD);
        case "directbank" -> methods.add(Method.TRANSFER);
        case "vbank" -> methods.add(Method.VBANK);
        case "hpp" -> methods.add(Method.PHONE);
        default -> {}
      }
    }
    return methods.isEmpty() ? Arrays.asList(Method.values()) : methods;
  }

  private static boolean billing(String acceptMethod) {
    return acceptMethod.toUpperCase(Locale.ROOT).contains("BILLAUTH(CARD)");
  }

  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    if (means.effect().invalidCard()) {
      Refusal refusal = Inicis.CODES.of(means.effect());
      return back(window, "V2" + refusal.code().substring(2), refusal.text(), Map.of());
    }
    Instant now = till.now();
    String token = token();
    Map<String, String> more = new HashMap<>();
    more.put("buyerName", window.field("buyername"));
    more.put("buyerTel", window.field("buyertel"));
    more.put("buyerEmail", window.field("buyeremail"));
    more.put("applNum", Numbers.digits(8));
    if (billing(window.field("acceptmethod"))) {
      more.put("billing", "Y");
    }
    Order asked = window.order();
    Order order = asked.with(more);
    Means banked =
        Inicis.banked(
            means, bank, window.field("buyername"), due(window.field("acceptmethod"), now));
    String tid = Inicis.tid("Stdpay", tidPart(means.method()), asked.merchant(), now);
    ledger.save(Charge.begun(token, tid, order, banked, now));
    Map<String, String> auth = new LinkedHashMap<>();
    auth.put("authToken", token);
    auth.put("authUrl", window.field("origin") + "/html5_inicis/stdpay/api/payAuth");
    auth.put("netCancelUrl", window.field("origin") + "/html5_inicis/stdpay/api/netCancel");
    auth.put("checkAckUrl", window.field("origin") + "/html5_inicis/stdpay/api/checkAck");
    return back(window, "0000", "정상완료", auth);
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return Windows.address(window.field("closeUrl"))
        ? Entry.Next.get(window.field("closeUrl"))
        : back(window, "V801", "사용자가 결제를 취소했습니다.", Map.of());
  }

  private static Entry.Next back(
      Entry.Window window, String code, String message, Map<String, String> auth) {
    String charset = window.field("charset").isEmpty() ? "UTF-8" : window.field("charset");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("resultCode", code);
    fields.put("resultMsg", message);
    fields.put("mid", window.order().merchant());
    fields.put("orderNumber", window.order().id());
    fields.putAll(auth);
    fields.put("idc_name", "stg");
    fields.put("charset", charset);
    fields.put("merchantData", window.field("merchantData"));
    return new Entry.Next(
        window.field("returnUrl"), fields, charset, window.field("simulator_overlay_of"));
  }

  private static Instant due(String acceptMethod, Instant now) {
    Matcher given = VBANK_DUE.matcher(acceptMethod);
    Instant week = Inicis.week(now);
    return given.find() ? Seoul.due(given.group(1), week) : week;
  }

  /** Has the characters that must be escaped in a form, as the real ones do. */
  private static String token() {
    return Numbers.token(80) + "+/==";
  }

  private Answer approve(Map<String, String> form) {
    String token = form.getOrDefault("authToken", "");
    Charge known = ledger.charge(token);
    Refusal wrong = wrongToken(form, known);
    if (known == null || wrong != null) {
      return refused(form, wrong == null ? UNKNOWN_TOKEN : wrong);
    }
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = ledger.charge(token);
          if (charge == null) {
            return refused(form, UNKNOWN_TOKEN);
          }
          if (!charge.isApprovable()) {
            return refused(form, new Refusal(200, "R202", "이미 사용한 인증 정보입니다."));
          }
          String price = form.get("price");
          if (price != null && Numbers.amount(price) != charge.order().amount()) {
            return refused(form, new Refusal(200, "R203", "금액이 인증 때와 다릅니다."));
          }
          return charge.order().more("billing").equals("Y")
              ? issue(form, charge)
              : till.approve(
                  charge, Inicis.voice(c -> approved(form, c, null), r -> refused(form, r)));
        });
  }

  /** With BILLAUTH the approval makes a key and charges nothing. */
  private Answer issue(Map<String, String> form, Charge charge) {
    Charge done = charge.as(Status.KEY_ISSUED, till.now());
    Entry.Key key =
        new Entry.Key(
            Numbers.token(40),
            charge.order().merchant(),
            charge.order().id(),
            charge.means(),
            Entry.KeyStage.ACTIVE);
    ledger.save(new Entry.Charged(done), key);
    return approved(form, done, key);
  }

  private @Nullable Refusal wrongToken(Map<String, String> form, @Nullable Charge charge) {
    InicisMerchant merchant = InicisMerchant.of(contracts, form.get("mid"));
    if (merchant == null || charge == null || !charge.order().merchant().equals(merchant.mid())) {
      return UNKNOWN_TOKEN;
    }
    String token = form.getOrDefault("authToken", "");
    String timestamp = form.getOrDefault("timestamp", "");
    String verification = form.getOrDefault("verification", "");
    boolean signed =
        !timestamp.isEmpty()
            && Digests.same(
                InicisMerchant.tokenSignature(token, timestamp), form.getOrDefault("signature", ""))
            && (verification.isEmpty()
                || Digests.same(merchant.tokenVerification(token, timestamp), verification));
    return signed ? null : new Refusal(200, "R101", "signature가 맞지 않습니다.");
  }

  private Answer netCancel(Map<String, String> form) {
    String token = form.getOrDefault("authToken", "");
    Charge known = ledger.charge(token);
    Refusal wrong = wrongToken(form, known);
    if (known == null || wrong != null) {
      return refused(form, wrong == null ? UNKNOWN_TOKEN : wrong);
    }
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = ledger.charge(token);
          Charge undone = till.undo(charge == null ? known : charge, "망취소");
          deleteKey(undone);
          Map<String, Object> result = Inicis.result("0000", "망취소 성공");
          result.put("tid", undone.tid());
          result.put("mid", undone.order().merchant());
          return reply(form, result);
        });
  }

  private void deleteKey(Charge charge) {
    if (charge.order().more("billing").equals("Y")) {
      ledger
          .activeKey(charge.order().merchant(), charge.order().id())
          .ifPresent(key -> ledger.save(key.as(Entry.KeyStage.DELETED)));
    }
  }

  private static Answer.Reply refused(Map<String, String> form, Refusal refusal) {
    return reply(form, Inicis.result(refusal.code(), refusal.text()));
  }

  private static Answer.Reply approved(
      Map<String, String> form, Charge charge, Entry.@Nullable Key key) {
    return reply(form, InicisAnswers.approval(charge, key, form.getOrDefault("timestamp", "0")));
  }

  private static Answer.Reply reply(Map<String, String> form, Map<String, Object> result) {
    if (!form.getOrDefault("format", "JSON").equalsIgnoreCase("NVP")) {
      return Answer.Reply.json(200, result);
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    result.forEach((name, value) -> pairs.put(name, String.valueOf(value)));
    return Answer.Reply.text(
        200,
        "application/x-www-form-urlencoded;charset=UTF-8",
        Form.encode(pairs, StandardCharsets.UTF_8));
  }

  static String tidPart(Method method) {
    return switch (method) {
      case CARD -> "CARD";
      case TRANSFER -> "DBNK";
      case VBANK -> "VBNK";
      case PHONE -> "HPP_";
    };
  }
}
