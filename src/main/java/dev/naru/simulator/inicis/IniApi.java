package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Stage;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * INIAPI: what a shop's server calls without a window. Version 1 takes forms, version 2 JSON; both
 * answer JSON.
 *
 * <p>A refusal is {@code resultCode} 01, with our own code in {@code detailResultCode}, since
 * INICIS publishes no table. INIAPI does not tell duplicates of an order: two charges with one moid
 * are two charges, as for the real one.
 */
final class IniApi {

  private final Till till;
  private final Ledger ledger;
  private final IniApiAftercare aftercare;
  private final Contracts contracts;

  IniApi(Till till, Contracts contracts) {
    this.till = till;
    this.aftercare = new IniApiAftercare(till, IniApi::refused);
    this.ledger = till.ledger();
    this.contracts = contracts;
  }

  Answer handle(Call call) {
    if (!call.method().equals("POST")) {
      return Answer.Reply.text(405, "text/plain;charset=UTF-8", "POST only\n");
    }
    if (call.path().startsWith("/v2/pg/")) {
      return v2(call);
    }
    Map<String, String> form = call.form();
    InicisMerchant merchant = InicisMerchant.of(contracts, form.get("mid"));
    if (merchant == null || !sound(form)) {
      return error("ER0101", "mid, timestamp 또는 clientIp가 올바르지 않습니다.");
    }
    return switch (call.path()) {
      case "/api/v1/refund" -> refund(merchant, form);
      case "/api/v1/billing" ->
          p(form, "type").equals("Auth") ? issue(merchant, form) : billing(merchant, form);
      case "/api/v1/formpay" -> formPay(merchant, form);
      case "/api/v1/extra" -> inquiry(merchant, form);
      case "/api/v1/receipt" -> receipt(merchant, form);
      case "/api/v1/escrow" ->
          signed(merchant, form, "oid", "tid", "price") && p(form, "type").equals("Dlv")
              ? aftercare.ship(merchant, form)
              : forged();
      default -> Answer.Reply.notFound();
    };
  }

  private static boolean sound(Map<String, String> form) {
    return p(form, "timestamp").matches("\\d{14}")
        && p(form, "clientIp").matches("\\d{1,3}(\\.\\d{1,3}){3}");
  }

  private static String p(Map<String, String> form, String name) {
    return form.getOrDefault(name, "");
  }

  /** What every operation of version 1 signs first, then fields of its own. */
  private static boolean signed(
      InicisMerchant merchant, Map<String, String> form, String... fields) {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("type", "paymethod", "timestamp", "clientIp", "mid")) {
      text.append(p(form, name));
    }
    for (String name : fields) {
      text.append(p(form, name));
    }
    return Digests.same(merchant.hashData(text.toString()), p(form, "hashData"));
  }

  private Answer refund(InicisMerchant merchant, Map<String, String> form) {
    boolean partial = p(form, "type").equals("PartialRefund");
    boolean account = p(form, "paymethod").equals("Vacct");
    boolean signed =
        partial
            ? account
                ? signed(merchant, form, "tid", "price", "confirmPrice", "refundAcctNum")
                : signed(merchant, form, "tid", "price", "confirmPrice")
            : account
                ? signed(merchant, form, "tid", "refundAcctNum")
                : signed(merchant, form, "tid");
    if (!signed || (!partial && !p(form, "type").equals("Refund"))) {
      return forged();
    }
    // By what paymethod a receipt is cancelled is [inferred].
    return p(form, "paymethod").equals("Receipt") && !partial
        ? aftercare.cancel(merchant, p(form, "tid"))
        : refund(merchant, form, partial);
  }

  private Answer refund(InicisMerchant merchant, Map<String, String> form, boolean partial) {
    Charge known = charge(merchant, p(form, "tid"));
    if (known == null) {
      return error("ER0401", "거래를 찾을 수 없습니다.");
    }
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = charge(merchant, p(form, "tid"));
          if (charge == null) {
            return error("ER0401", "거래를 찾을 수 없습니다.");
          }
          Optional<Refusal> wrong = wrongRefund(merchant, form, charge, partial);
          if (wrong.isPresent()) {
            return refused(wrong.get());
          }
          long amount = partial ? Numbers.amount(p(form, "price")) : charge.balance();
          return till.cancel(
              charge,
              amount,
              p(form, "msg"),
              "",
              Inicis.voice(c -> refunded(c, amount, partial), IniApi::refused));
        });
  }

  private static Optional<Refusal> wrongRefund(
      InicisMerchant merchant, Map<String, String> form, Charge charge, boolean partial) {
    if (charge.status() == Status.CANCELLED) {
      return refusal("500626", "이미 취소된 거래입니다.");
    }
    if (!charge.charged()) {
      return refusal("ER0402", "취소할 수 있는 거래가 아닙니다.");
    }
    if (charge.cancelIs(Stage.PENDING)) {
      return refusal("ER0403", "앞선 취소 요청을 처리하고 있습니다.");
    }
    if (!payMethod(charge).equals(p(form, "paymethod"))) {
      return refusal("ER0404", "paymethod가 거래와 다릅니다: " + payMethod(charge));
    }
    if (partial) {
      long price = Numbers.amount(p(form, "price"));
      if (price <= 0 || price > charge.balance()) {
        return refusal("ER0405", "취소할 수 있는 금액을 넘었습니다.");
      }
      if (charge.balance() - price != Numbers.amount(p(form, "confirmPrice"))) {
        return refusal("ER0406", "취소 후 남는 금액(confirmPrice)이 맞지 않습니다.");
      }
    } else if (charge.status() == Status.PARTLY_CANCELLED) {
      // Without confirmPrice nothing would tell a repeated request from a second one.
      return refusal("ER0407", "부분취소된 거래는 부분취소로만 취소할 수 있습니다.");
    }
    return payMethod(charge).equals("Vacct") ? wrongAccount(merchant, form) : Optional.empty();
  }

  private static Optional<Refusal> wrongAccount(InicisMerchant merchant, Map<String, String> form) {
    boolean sound =
        merchant.decrypt(p(form, "refundAcctNum")).matches("\\d{6,20}")
            && Cards.bank(p(form, "refundBankCode")).isPresent()
            && !p(form, "refundAcctName").isEmpty();
    return sound ? Optional.empty() : refusal("ER0408", "환불 계좌 정보가 올바르지 않습니다.");
  }

  private static String payMethod(Charge charge) {
    return switch (charge.means().method()) {
      case CARD -> "Card";
      case TRANSFER -> "Acct";
      case PHONE -> "HPP";
      case VBANK -> charge.paid() ? "Vacct" : "GVacct";
    };
  }

  private Answer.Reply refunded(Charge charge, long amount, boolean partial) {
    Instant now = till.now();
    Map<String, Object> result = Inicis.result("00", "정상처리");
    result.put("cancelDate", Seoul.date(now));
    result.put("cancelTime", Seoul.time(now));
    result.put("cshrCancelNum", "");
    result.put("detailResultCode", "");
    result.put("receiptInfo", "");
    if (partial) {
      result.put("tid", charge.cancels().getLast().id());
      result.put("prtcTid", charge.tid());
      result.put("prtcPrice", Long.toString(amount));
      result.put("prtcRemains", Long.toString(charge.balance()));
      result.put("prtcCnt", Integer.toString(charge.cancels().size()));
      result.put("prtcType", charge.balance() == 0 ? "0" : "1");
    }
    return Answer.Reply.json(200, result);
  }

  /** A billing key by card number [inferred]: nothing is charged. */
  private Answer issue(InicisMerchant merchant, Map<String, String> form) {
    if (!signed(merchant, form, "moid", "price", "cardNumber")) {
      return forged();
    }
    String number = merchant.decrypt(p(form, "cardNumber"));
    if (!Cards.wellFormed(number)) {
      return refused(Inicis.CODES.of(Effect.NUMBER));
    }
    String expire = merchant.decrypt(p(form, "cardExpire"));
    if (expire.length() != 4
        || Cards.expired(expire.substring(0, 2), expire.substring(2), till.now())) {
      return refused(Inicis.CODES.of(Effect.EXPIRED));
    }
    Means means = Means.card(number, 0);
    if (means.effect().invalidCard()) {
      return refused(Inicis.CODES.of(means.effect()));
    }
    Entry.Key key =
        new Entry.Key(
            Numbers.token(40), merchant.mid(), p(form, "moid"), means, Entry.KeyStage.ACTIVE);
    ledger.save(key);
    Instant now = till.now();
    Map<String, Object> result = Inicis.result("00", "정상처리");
    result.put("tid", Inicis.tid("INIAPI", "AUTH", merchant.mid(), now));
    result.put("moid", p(form, "moid"));
    result.put("billKey", key.id());
    result.put("authDate", Seoul.date(now));
    result.put("authTime", Seoul.time(now));
    result.putAll(IniApiAnswers.card(means.card()));
    return Answer.Reply.json(200, result);
  }

  private Answer billing(InicisMerchant merchant, Map<String, String> form) {
    return signed(merchant, form, "moid", "price", "billKey") ? charge(merchant, form) : forged();
  }

  private Answer charge(InicisMerchant merchant, Map<String, String> form) {
    for (String name : List.of("url", "goodName", "buyerName", "buyerEmail", "buyerTel", "moid")) {
      if (p(form, name).isBlank()) {
        return error("ER0102", "필수값이 없습니다: " + name);
      }
    }
    Entry.Key key = ledger.usable(p(form, "billKey"), merchant.mid()).orElse(null);
    if (key == null) {
      return error("ER0501", "빌링키가 올바르지 않습니다.");
    }
    String quota = p(form, "cardQuota");
    int months = quota.matches("\\d{1,2}") ? Integer.parseInt(quota) : 0;
    return pay(
        merchant,
        form,
        key.means().paidBy(key.id(), months),
        Inicis.voice(c -> Answer.Reply.json(200, IniApiAnswers.billing(c)), IniApi::refused));
  }

  private Answer formPay(InicisMerchant merchant, Map<String, String> form) {
    if (!signed(merchant, form, "moid", "price")) {
      return forged();
    }
    Cards.Bank bank = Cards.bank(p(form, "bankCode")).orElse(null);
    if (bank == null || p(form, "moid").isBlank() || p(form, "nmInput").isBlank()) {
      return error("ER0102", "필수값이 없습니다: bankCode, moid, nmInput");
    }
    Instant due = Seoul.due(p(form, "dtInput") + p(form, "tmInput"), Inicis.week(till.now()));
    Means means =
        Inicis.banked(
            new Means(Method.VBANK, Effect.APPROVE, null, null, null),
            bank.code(),
            p(form, "nmInput"),
            due);
    return pay(
        merchant,
        form,
        means,
        Inicis.voice(c -> Answer.Reply.json(200, IniApiAnswers.account(c)), IniApi::refused));
  }

  private Answer pay(
      InicisMerchant merchant, Map<String, String> form, Means means, Voice<Charge> voice) {
    long price = Numbers.amount(p(form, "price"));
    if (price <= 0) {
      return error("ER0103", "금액이 올바르지 않습니다.");
    }
    Map<String, String> more = new HashMap<>();
    more.put("buyerName", p(form, "buyerName"));
    more.put("buyerTel", p(form, "buyerTel"));
    more.put("buyerEmail", p(form, "buyerEmail"));
    more.put("applNum", Numbers.digits(8));
    Order order = new Order(merchant.mid(), p(form, "moid"), price, p(form, "goodName"), more);
    Instant now = till.now();
    String tid = Inicis.tid("INIAPI", InicisPc.tidPart(means.method()), merchant.mid(), now);
    Charge fresh = Charge.begun(tid, order, means, now);
    return ledger.locked(order.id(), () -> till.charge(fresh, voice));
  }

  private Answer inquiry(InicisMerchant merchant, Map<String, String> form) {
    if (!signed(merchant, form)
        || !p(form, "type").equals("Extra")
        || !p(form, "paymethod").equals("Inquiry")) {
      return forged();
    }
    return inquiry(merchant, p(form, "originalTid"), p(form, "oid"));
  }

  private Answer inquiry(InicisMerchant merchant, String tid, String oid) {
    Optional<Charge> found =
        tid.isEmpty()
            ? ledger.latest(merchant.mid(), oid, Charge::charged)
            : Optional.ofNullable(charge(merchant, tid));
    return found
        .filter(Charge::charged)
        .<Answer>map(c -> Answer.Reply.json(200, IniApiAnswers.inquiry(c)))
        .orElseGet(() -> error("ER0401", "거래를 찾을 수 없습니다."));
  }

  private Answer receipt(InicisMerchant merchant, Map<String, String> form) {
    String service = form.containsKey("srcvPrice") ? "srcvPrice" : "srvcPrice";
    if (!signed(merchant, form, "crPrice", "supPrice", service, "regNum")) {
      return forged();
    }
    return aftercare.issue(merchant, form, service);
  }

  private Answer v2(Call call) {
    Map<String, String> envelope = IniApiV2.fields(call.json());
    InicisMerchant merchant = InicisMerchant.of(contracts, envelope.get("mid"));
    if (merchant == null || !sound(envelope)) {
      return error("ER0101", "mid, timestamp 또는 clientIp가 올바르지 않습니다.");
    }
    String signed =
        merchant.mid()
            + p(envelope, "type")
            + p(envelope, "timestamp")
            + IniApiV2.dataText(call.text());
    if (!Digests.same(merchant.hashData(signed), p(envelope, "hashData"))) {
      return forged();
    }
    Map<String, String> data = IniApiV2.fields(call.json().path("data"));
    String operation = call.path().substring("/v2/pg/".length());
    Charge known = charge(merchant, p(data, "tid"));
    data.putIfAbsent("paymethod", known == null ? "" : payMethod(known));
    return switch (operation.toLowerCase(Locale.ROOT)) {
      case "refund", "refund/vacct" -> refund(merchant, data, false);
      case "partialrefund", "partialrefund/vacct" -> refund(merchant, data, true);
      case "inquiry" -> inquiry(merchant, p(data, "tid"), p(data, "oid"));
      case "billing" -> charge(merchant, data);
      default -> Answer.Reply.notFound();
    };
  }

  private @Nullable Charge charge(InicisMerchant merchant, String tid) {
    Charge charge = ledger.byTid(tid);
    return charge != null && charge.order().merchant().equals(merchant.mid()) ? charge : null;
  }

  private static Answer forged() {
    return error("ER0201", "hashData가 맞지 않습니다.");
  }

  private static Answer error(String code, String message) {
    return refused(new Refusal(200, code, message));
  }

  private static Optional<Refusal> refusal(String code, String message) {
    return Optional.of(new Refusal(200, code, message));
  }

  private static Answer.Reply refused(Refusal refusal) {
    Map<String, Object> result = Inicis.result("01", refusal.text());
    if (refusal.code().equals("ER0102")) {
      // The one code that merchants are known to see here as it is.
      result.put("resultCode", refusal.code());
    }
    result.put("detailResultCode", refusal.code());
    return Answer.Reply.json(200, result);
  }
}
