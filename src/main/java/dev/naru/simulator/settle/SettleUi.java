package dev.naru.simulator.settle;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
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
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Windows;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hecto's windows, which charge by themselves: when the buyer presses pay, the money has moved
 * before the browser leaves.
 */
final class SettleUi implements Windows.Flow {

  private final Till till;
  private final Ledger ledger;
  private final Windows windows;
  private final Contracts contracts;
  private final Consumer<Charge> changed;

  /**
   * @param changed sends the notice about what was charged or issued
   */
  SettleUi(Till till, Windows windows, Contracts contracts, Consumer<Charge> changed) {
    this.till = till;
    this.ledger = till.ledger();
    this.windows = windows;
    this.contracts = contracts;
    this.changed = changed;
  }

  Answer handle(Call call) {
    return switch (call.path()) {
      case "/card/main.do" -> open(call, "card", Method.CARD);
      case "/bank/main.do" -> open(call, "bank", Method.TRANSFER);
      case "/vbank/main.do" -> open(call, "vbank", Method.VBANK);
      case "/mobile/main.do" -> open(call, "mobile", Method.PHONE);
      case "/lost" -> windows.problem(call, "LOST", "결제창이 응답하지 않습니다. 이 브라우저는 가맹점으로 돌아가지 않습니다.");
      default -> Answer.Reply.notFound();
    };
  }

  private Answer open(Call call, String word, Method method) {
    Map<String, String> fields = new HashMap<>(call.form());
    SettleMerchant merchant = SettleMerchant.of(contracts, fields.getOrDefault("mchtId", ""));
    String amount = merchant.decrypt(fields.getOrDefault("trdAmt", ""));
    String wrong = wrong(fields, word, amount, merchant);
    if (wrong != null) {
      return windows.problem(call, "1901", wrong);
    }
    Order order =
        new Order(
            fields.getOrDefault("mchtId", ""),
            fields.getOrDefault("mchtTrdNo", ""),
            Numbers.amount(amount),
            fields.getOrDefault("pmtPrdtNm", ""),
            Map.of());
    return windows.open(
        call, ledger, new Entry.Window(Numbers.token(24), "ui", order, fields, List.of(method)));
  }

  private static @Nullable String wrong(
      Map<String, String> fields, String word, String amount, SettleMerchant merchant) {
    String id = fields.getOrDefault("mchtTrdNo", "");
    if (merchant.mid().isEmpty()) {
      return "mchtId: 등록되지 않은 상점입니다.";
    }
    if (id.isEmpty() || id.length() > 100 || Numbers.amount(amount) < 1) {
      return "mchtTrdNo, trdAmt";
    }
    for (String name : List.of("mchtName", "mchtEName", "pmtPrdtNm", "notiUrl")) {
      if (fields.getOrDefault(name, "").isBlank()) {
        return "필수값이 없습니다: " + name;
      }
    }
    String phone = merchant.decrypt(fields.getOrDefault("cphoneNo", ""));
    if (word.matches("vbank|mobile") && !phone.matches("\\d{9,12}")) {
      return "cphoneNo";
    }
    String hash =
        merchant.hash(
            merchant.mid(),
            word,
            id,
            fields.getOrDefault("trdDt", ""),
            fields.getOrDefault("trdTm", ""),
            amount);
    if (!word.equals(fields.get("method"))
        || !Digests.same(hash, fields.getOrDefault("pktHash", ""))) {
      return "pktHash가 맞지 않습니다.";
    }
    return Windows.address(fields.getOrDefault("nextUrl", ""))
            && Windows.address(fields.getOrDefault("cancUrl", ""))
        ? null
        : "nextUrl, cancUrl";
  }

  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    Order asked = window.order();
    return ledger.locked(
        asked.id(),
        () -> {
          return till.isTaken(asked.merchant(), asked.id())
              ? back(window, refused(new Refusal(200, "ST50", "중복된 거래 요청입니다.")))
              : charge(window, means, bank);
        });
  }

  private Entry.Next charge(Entry.Window window, Means means, String bank) {
    Instant now = till.now();
    Order asked = window.order();
    Map<String, String> more = new HashMap<>();
    more.put("notiUrl", window.field("notiUrl"));
    more.put("mchtParam", window.field("mchtParam"));
    more.put("shop", window.field("mchtName"));
    more.put(
        "buyerName",
        SettleMerchant.of(contracts, asked.merchant()).decrypt(window.field("mchtCustNm")));
    more.put("apprNo", Numbers.digits(8));
    more.put("acntType", "1");
    Order order = asked.with(more);
    String tid = SettleAsked.tid(SettleAnswers.method(means.method()), order.merchant(), now);
    Means whole =
        means.method() == Method.VBANK ? means.withAccount(account(window, bank, now)) : means;
    // What the window makes of it is read off the book: no answer goes to the shop's server.
    Answer _ = till.approve(Charge.begun(tid, order, whole, now), Voice.unheard(Settle.CODES));
    Charge charge = ledger.charge(tid);
    return charge == null ? lost() : left(window, charge);
  }

  private Entry.Next left(Entry.Window window, Charge charge) {
    Refusal refusal = charge.course().refusal();
    if (refusal != null) {
      return back(window, refused(refusal));
    }
    boolean silent = charge.means().effect() == Effect.ANSWER_LOST;
    if (charge.status() == Status.SILENCED || silent) {
      return lost();
    }
    if (charge.charged()) {
      changed.accept(charge);
    }
    return back(window, result(charge));
  }

  /** The browser never goes back to the shop. */
  private static Entry.Next lost() {
    return Entry.Next.get("/settle/ui/lost");
  }

  private static Account account(Entry.Window window, String bank, Instant now) {
    Instant due = Seoul.due(window.field("expireDt"), now.plus(Duration.ofDays(7)));
    return new Account(bank, Numbers.digits(14), window.field("mchtName"), due, "");
  }

  private static Map<String, String> refused(Refusal refusal) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("outStatCd", "0031");
    fields.put("outRsltCd", refusal.code());
    fields.put("outRsltMsg", URLEncoder.encode(refusal.text(), StandardCharsets.UTF_8));
    return fields;
  }

  private Map<String, String> result(Charge charge) {
    Instant at = charge.course().at() == null ? charge.course().opened() : charge.course().at();
    Account account = charge.means().account();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("outStatCd", account == null ? "0021" : "0051");
    fields.put("outRsltCd", "0000");
    fields.put("outRsltMsg", URLEncoder.encode("정상처리", StandardCharsets.UTF_8));
    fields.put("trdNo", charge.tid());
    SettleMerchant merchant = SettleMerchant.of(contracts, charge.order().merchant());
    fields.put("trdAmt", merchant.encrypt(Long.toString(charge.order().amount())));
    fields.put("authDt", Seoul.compact(at));
    fields.put("authNo", charge.order().more("apprNo"));
    if (account != null) {
      fields.put("vtlAcntNo", merchant.encrypt(account.number()));
      fields.put("expireDt", Seoul.compact(account.due()));
      fields.put("fnCd", SettleAnswers.bank(account.bank()));
    }
    Cards.Face face = charge.means().card();
    if (face != null) {
      fields.put("fnCd", SettleAnswers.card(face));
      fields.put("fnNm", face.issuer() + "카드");
      fields.put("intMon", "%02d".formatted(face.months()));
    }
    return fields;
  }

  private static Entry.Next back(Entry.Window window, Map<String, String> result) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("mchtId", window.order().merchant());
    fields.put("method", window.field("method"));
    fields.put("mchtTrdNo", window.order().id());
    fields.put("mchtParam", window.field("mchtParam"));
    fields.putAll(result);
    return Entry.Next.post(window.field("nextUrl"), fields, "UTF-8");
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return Entry.Next.get(window.field("cancUrl"));
  }
}
