package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Windows;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** INIpay mobile: EUC-KR unless the merchant asks for UTF-8, name=value answers. */
final class InicisMobile implements Windows.Flow {

  static final String FLOW = "mobile";

  /** Of an order: where the browser goes when the window has charged by itself; empty elsewhere. */
  private static final String LEFT = "left";

  private static final Entry.Next LOST = Entry.Next.get("/html5_inicis/mobile/smart/lost");
  private static final Refusal UNKNOWN_TID = new Refusal(200, "R102", "인증 정보를 찾을 수 없습니다.");

  private final Till till;
  private final Ledger ledger;
  private final Windows windows;
  private final Notices notices;
  private final Contracts contracts;

  InicisMobile(Till till, Windows windows, Notices notices, Contracts contracts) {
    this.till = till;
    this.ledger = till.ledger();
    this.windows = windows;
    this.notices = notices;
    this.contracts = contracts;
  }

  Answer handle(Call call) {
    return switch (call.path()) {
      case "/smart/payReq.ini" -> approve(call.form());
      case "/smart/payNetCancel.ini" -> netCancel(call.form());
      case "/smart/payment/", "/smart/payment" -> open(call, "");
      case "/smart/wcard/" -> open(call, "CARD");
      case "/smart/bank/" -> open(call, "BANK");
      case "/smart/vbank/" -> open(call, "VBANK");
      case "/smart/mobile/" -> open(call, "MOBILE");
      case "/smart/lost" ->
          windows.problem(call, "LOST", "은행 앱에서 결제창으로 돌아오지 못했습니다. 이 브라우저는 가맹점으로 돌아가지 않습니다.");
      default -> Answer.Reply.notFound();
    };
  }

  private Answer open(Call call, String method) {
    boolean utf8 = call.form().getOrDefault("P_CHARSET", "").equalsIgnoreCase("utf8");
    Map<String, String> fields =
        new HashMap<>(call.form(utf8 ? StandardCharsets.UTF_8 : Call.EUC_KR));
    String wrong = wrong(fields);
    if (wrong != null) {
      return windows.problem(call, "V010", wrong);
    }
    fields.put("origin", call.origin());
    fields.put("charset", utf8 ? "UTF-8" : "EUC-KR");
    Order order =
        new Order(
            fields.getOrDefault("P_MID", ""),
            fields.getOrDefault("P_OID", ""),
            Numbers.amount(fields.getOrDefault("P_AMT", "")),
            fields.getOrDefault("P_GOODS", ""),
            Map.of());
    String asked = method.isEmpty() ? fields.getOrDefault("P_INI_PAYMENT", "") : method;
    return windows.open(
        call, ledger, new Entry.Window(Numbers.token(24), FLOW, order, fields, methods(asked)));
  }

  private @Nullable String wrong(Map<String, String> fields) {
    InicisMerchant merchant = InicisMerchant.of(contracts, fields.get("P_MID"));
    if (merchant == null) {
      return "P_MID: 등록되지 않은 상점입니다.";
    }
    String oid = fields.getOrDefault("P_OID", "");
    String amount = fields.getOrDefault("P_AMT", "");
    if (oid.isEmpty() || oid.length() > 40 || Numbers.amount(amount) <= 0) {
      return "P_OID, P_AMT";
    }
    boolean hashed =
        List.of(fields.getOrDefault("P_RESERVED", "").split("&", -1)).contains("amt_hash=Y");
    String expected = merchant.chkFake(amount, oid, fields.getOrDefault("P_TIMESTAMP", ""));
    if (hashed && !expected.equals(fields.getOrDefault("P_CHKFAKE", ""))) {
      return "P_CHKFAKE가 맞지 않습니다.";
    }
    String left = fields.getOrDefault("P_RETURN_URL", "");
    return Windows.address(fields.getOrDefault("P_NEXT_URL", ""))
            && (left.isEmpty() || Windows.address(left))
        ? null
        : "P_NEXT_URL, P_RETURN_URL";
  }

  private static List<Method> methods(String asked) {
    return switch (asked) {
      case "CARD" -> List.of(Method.CARD);
      case "BANK" -> List.of(Method.TRANSFER);
      case "VBANK" -> List.of(Method.VBANK);
      case "MOBILE" -> List.of(Method.PHONE);
      default -> Arrays.asList(Method.values());
    };
  }

  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    if (means.effect().invalidCard()) {
      Refusal refusal = Inicis.CODES.of(means.effect());
      return back(window, refusal.code(), refusal.text(), Map.of());
    }
    Instant now = till.now();
    Order asked = window.order();
    Map<String, String> more = new HashMap<>();
    more.put("buyerName", window.field("P_UNAME"));
    more.put("buyerTel", window.field("P_MOBILE"));
    more.put("buyerEmail", window.field("P_EMAIL"));
    more.put("noti", window.field("P_NOTI"));
    more.put("notiUrl", window.field("P_NOTI_URL"));
    more.put("charset", window.field("charset"));
    if (means.method() == Method.TRANSFER) {
      more.put(LEFT, window.field("P_RETURN_URL"));
    }
    more.put("applNum", Numbers.digits(8));
    Order order = asked.with(more);
    Instant due =
        Seoul.due(window.field("P_VBANK_DT") + window.field("P_VBANK_TM"), Inicis.week(now));
    Means banked = Inicis.banked(means, bank, window.field("P_UNAME"), due);
    String auth = Inicis.tid("INIMX_", "AUTH", asked.merchant(), now);
    String tid = Inicis.tid("INIMX_", InicisPc.tidPart(means.method()), asked.merchant(), now);
    Charge charge = Charge.begun(auth, tid, order, banked, now);
    if (!order.more(LEFT).isEmpty()) {
      return charged(window, charge);
    }
    ledger.save(charge);
    return back(
        window,
        "00",
        "인증성공",
        Map.of(
            "P_TID",
            auth,
            "P_REQ_URL",
            window.field("origin") + "/html5_inicis/mobile/smart/payReq.ini"));
  }

  /**
   * One transaction: the buyer's bank is asked from the window, the result goes to P_NOTI_URL, and
   * the browser to P_RETURN_URL with nothing but what stands in it. Like the bank's app, the window
   * may not find back to the browser.
   */
  private Entry.Next charged(Entry.Window window, Charge begun) {
    return ledger.locked(
        begun.order().id(),
        () -> {
          // What became of it is read off the book: nobody waits for an answer.
          Answer _ = till.approve(begun, Voice.unheard(Inicis.CODES));
          Charge charge = ledger.charge(begun.id());
          if (charge == null) {
            return LOST;
          }
          Refusal refusal = charge.course().refusal();
          if (refusal != null) {
            return back(window, refusal.code(), refusal.text(), Map.of());
          }
          if (!charge.charged() || charge.means().effect() == Effect.ANSWER_LOST) {
            return LOST;
          }
          landed(charge);
          return Entry.Next.get(window.field("P_RETURN_URL"));
        });
  }

  /** A charge that nobody was told of by an answer. */
  void landed(Charge charge) {
    String url = charge.order().more("notiUrl");
    boolean byItself = !charge.order().more(LEFT).isEmpty();
    if (byItself && !url.isEmpty() && charge.status() == Status.PAID) {
      notices.send(Notices.Notice.form(url, InicisNotices.charged(charge), Call.EUC_KR));
    }
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return back(window, "01", "사용자가 결제를 취소했습니다.", Map.of());
  }

  private static Entry.Next back(
      Entry.Window window, String status, String message, Map<String, String> auth) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("P_STATUS", status);
    fields.put("P_RMESG1", message);
    fields.put("P_TID", auth.getOrDefault("P_TID", ""));
    fields.put("P_REQ_URL", auth.getOrDefault("P_REQ_URL", ""));
    fields.put("P_NOTI", window.field("P_NOTI"));
    fields.put("P_AMT", window.field("P_AMT"));
    fields.put("idc_name", "stg");
    return Entry.Next.post(window.field("P_NEXT_URL"), fields, window.field("charset"));
  }

  private Answer approve(Map<String, String> form) {
    Charge known = known(form);
    if (known == null) {
      return refused(StandardCharsets.UTF_8, UNKNOWN_TID);
    }
    Charset charset = charset(known);
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = known(form);
          if (charge == null || !charge.isApprovable()) {
            return refused(charset, new Refusal(200, "R202", "이미 사용한 인증 정보입니다."));
          }
          Answer answer =
              till.approve(
                  charge,
                  Inicis.voice(
                      c -> reply(charset, InicisAnswers.mobile(c)), r -> refused(charset, r)));
          Charge now = known(form);
          if (now != null && now.status() == Status.WAITING) {
            boolean _ = notice(now, "00");
          }
          return answer;
        });
  }

  private @Nullable Charge known(Map<String, String> form) {
    String tid = form.getOrDefault("P_TID", "");
    Charge charge = ledger.charge(tid) != null ? ledger.charge(tid) : ledger.byTid(tid);
    boolean theirs =
        charge != null
            && charge.order().merchant().equals(form.getOrDefault("P_MID", ""))
            && !charge.order().more("charset").isEmpty();
    return theirs ? charge : null;
  }

  private Answer netCancel(Map<String, String> form) {
    Charge known = known(form);
    if (known == null) {
      return refused(StandardCharsets.UTF_8, UNKNOWN_TID);
    }
    if (!form.getOrDefault("P_OID", "").equals(known.order().id())
        || Numbers.amount(form.getOrDefault("P_AMT", "")) != known.order().amount()
        || forged(form, known)) {
      return refused(charset(known), new Refusal(200, "R101", "망취소 요청이 올바르지 않습니다."));
    }
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = known(form);
          Charge undone = till.undo(charge == null ? known : charge, "망취소");
          Map<String, String> result = new LinkedHashMap<>();
          result.put("P_STATUS", "00");
          result.put("P_RMESG1", "망취소 성공");
          result.put("P_TID", undone.tid());
          return reply(charset(undone), result);
        });
  }

  private boolean forged(Map<String, String> form, Charge charge) {
    String given = form.getOrDefault("P_CHKFAKE", "");
    InicisMerchant merchant = InicisMerchant.of(contracts, charge.order().merchant());
    return !given.isEmpty()
        && merchant != null
        && !given.equals(
            merchant.chkFake(
                form.getOrDefault("P_AMT", ""),
                charge.order().id(),
                form.getOrDefault("P_TIMESTAMP", "")));
  }

  /** 00: the account was issued; 02: its deposit came in. */
  boolean notice(Charge charge, String status) {
    Account account = charge.means().account();
    String url = charge.order().more("notiUrl");
    if (url.isEmpty() || account == null) {
      return false;
    }
    notices.send(
        Notices.Notice.form(url, InicisNotices.mobile(charge, account, status), Call.EUC_KR));
    return true;
  }

  private static Charset charset(Charge charge) {
    return charge.order().more("charset").equals("UTF-8") ? StandardCharsets.UTF_8 : Call.EUC_KR;
  }

  private static Answer.Reply refused(Charset charset, Refusal refusal) {
    Map<String, String> result = new LinkedHashMap<>();
    result.put("P_STATUS", refusal.code());
    result.put("P_RMESG1", refusal.text());
    return reply(charset, result);
  }

  /** Plain name=value pairs: this interface does not escape. */
  private static Answer.Reply reply(Charset charset, Map<String, String> fields) {
    String text =
        fields.entrySet().stream()
            .map(f -> f.getKey() + "=" + f.getValue().replace("&", " "))
            .collect(Collectors.joining("&"));
    String name = charset.equals(StandardCharsets.UTF_8) ? "UTF-8" : "EUC-KR";
    return new Answer.Reply(
        200, text, charset, Map.of("Content-Type", "text/html;charset=" + name));
  }
}
