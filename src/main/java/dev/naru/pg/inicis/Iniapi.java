package dev.naru.pg.inicis;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.KeyOrder;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * INIAPI version 1, what INICIS offers to servers: forms in, JSON out, each request hashed with the
 * contract's key. It has no idempotency: what came of a lost answer is found out by its Inquiry.
 */
final class Iniapi {

  private static final Set<String> HIDDEN =
      Form.names(
          """
          hashData cardNumber cardExpire regNo cardPw cardCvc billKey nmInput vacct vacctNo vacctName
          nmVacct refundAcctNum refundAcctName regNum registName sendName sendPost sendAddr1 sendTel
          recvName recvPost recvAddr recvTel buyerName buyerTel buyerEmail
          """);

  /** What an Inquiry answers about an order that INICIS does not have; without spaces and stops. */
  private static final Set<String> ABSENT =
      Set.of("거래를찾을수없습니다", "거래내역이없습니다", "거래내역없음", "존재하지않는거래입니다", "원거래가없습니다");

  private final Contract contract;
  private final String serverIp;
  private final String siteUrl;
  private final PgHttp http;

  /** One MID with its keys. */
  record Contract(String mid, Secret apiKey, Secret apiIv) {}

  /**
   * @param serverIp our address as registered with INICIS
   * @param siteUrl the shop's address, which INICIS wants with each charge
   */
  Iniapi(Contract contract, String serverIp, String siteUrl, PgHttp http) {
    this.contract = contract;
    this.serverIp = serverIp;
    this.siteUrl = siteUrl;
    this.http = http;
  }

  String mid() {
    return contract.mid();
  }

  Instant now() {
    return http.now();
  }

  /**
   * Issues a key for a card. {@code [inferred]} Type, hash and the names of the answer come from
   * few sources: check with the PG.
   */
  Outcome<PgKey> issue(KeyOrder order, Card card) {
    Map<String, String> form = request("Auth", "Card");
    form.put("moid", order.id());
    form.put("price", "0");
    String number = encrypt(card.number().reveal());
    form.put("cardNumber", number);
    form.put("cardExpire", encrypt(expiry(card)));
    form.put("regNo", card.birth() == null ? "" : encrypt(card.birth().reveal()));
    form.put("cardPw", card.pin() == null ? "" : encrypt(card.pin().reveal()));
    buyer(form, order.buyer(), order.name() == null ? "카드 등록" : order.name());
    sign(form, order.id(), "0", number);
    return post("/api/v1/billing", order.id(), form)
        .read(reply -> IniAnswer.key(order.owner(), Form.need(reply, "billKey"), reply));
  }

  Outcome<Approval> charge(Order order, PgKey key) {
    String price = price(order.amount());
    Map<String, String> form = request("Billing", "Card");
    form.put("moid", order.id());
    form.put("price", price);
    form.put("billKey", key.key().reveal());
    form.put("authentification", "00");
    form.put("currency", "WON");
    form.put("cardQuota", "%02d".formatted(order.quota()));
    form.put("quotaInterest", order.wishes().cards().interestFree() ? "1" : "0");
    tax(form, order);
    buyer(form, order.buyer(), order.name());
    sign(form, order.id(), price, key.key().reveal());
    return post("/api/v1/billing", order.id(), form)
        .read(reply -> IniAnswer.ofBilling(order, contract.mid(), reply));
  }

  Outcome<Approval> open(Order order, String bank, Instant due, @Nullable String holder) {
    String price = price(order.amount());
    String until = Seoul.stamp(due);
    Map<String, String> form = request("Pay", "Vacct");
    form.put("moid", order.id());
    form.put("price", price);
    form.put("bankCode", Institutions.shortBank(bank));
    form.put("dtInput", until.substring(0, 8));
    form.put("tmInput", until.substring(8, 12));
    form.put("nmInput", Form.or(holder, Form.or(order.buyer().name(), "-")));
    form.put("flgCash", "0");
    buyer(form, order.buyer(), order.name());
    sign(form, order.id(), price);
    return post("/api/v1/formpay", order.id(), form)
        .read(reply -> IniAnswer.ofAccount(order, contract.mid(), reply));
  }

  /** A whole refund names no amount; a part names what is left after it, as a cross-check. */
  Outcome<Canceled> refund(CancelOrder cancel) {
    String paymethod =
        cancel.memo().getOrDefault("paymethod", IniAnswer.paymethod(cancel.order().method()));
    boolean toAccount = paymethod.equals("Vacct");
    CancelOrder.RefundAccount account = cancel.refund();
    if (toAccount && account == null) {
      return Outcome.declined(Reason.BAD_REFUND_ACCOUNT, "환불 계좌가 필요합니다.");
    }
    Map<String, String> form = request(cancel.isWhole() ? "Refund" : "PartialRefund", paymethod);
    form.put("tid", cancel.ref().tid());
    form.put("msg", cancel.reason());
    StringBuilder signed = new StringBuilder(cancel.ref().tid());
    if (!cancel.isWhole()) {
      form.put("price", price(cancel.amount()));
      form.put("confirmPrice", price(cancel.left()));
      form.put("currency", "WON");
      form.put("tax", String.valueOf(cancel.tax().vatOf(cancel.amount().minor())));
      form.put("taxFree", String.valueOf(cancel.tax().free()));
      signed.append(price(cancel.amount())).append(price(cancel.left()));
    }
    if (toAccount && account != null) {
      String number = encrypt(account.number().reveal());
      form.put("refundAcctNum", number);
      form.put("refundBankCode", Institutions.shortBank(account.bank()));
      form.put("refundAcctName", account.holder());
      signed.append(number);
    }
    sign(form, signed.toString());
    return sure(post("/api/v1/refund", cancel.order().id(), form))
        .read(reply -> canceled(cancel.ref(), reply));
  }

  /** One that failed somewhere on its way may have been done: the books tell. */
  private static <T> Outcome<T> sure(Outcome<T> answer) {
    return answer instanceof Declined<T>(Decline no) && no.reason() == Reason.ISSUER_UNAVAILABLE
        ? new Unknown<>(no.message())
        : answer;
  }

  /** Closes an account that nobody has paid into. */
  Outcome<Instant> revoke(Order order, PgRef ref, String reason) {
    Map<String, String> form = request("Refund", "GVacct");
    form.put("tid", ref.tid());
    form.put("msg", reason);
    sign(form, ref.tid());
    return post("/api/v1/refund", order.id(), form).read(reply -> canceled(ref, reply).at());
  }

  /**
   * What INICIS knows of an order. {@code [inferred]} The names of the answer's fields, and its
   * words for an order it does not know, are not public: check with the PG. Only these very words
   * are believed; with any other no the outcome stays unknown.
   */
  Outcome<Optional<PgRecord>> inquire(Order order) {
    Map<String, String> form = request("Extra", "Inquiry");
    form.put("originalTid", "");
    form.put("oid", order.id());
    sign(form);
    return post("/api/v1/extra", order.id(), form)
        .read(reply -> record(order, reply))
        .absentIf(no -> ABSENT.contains(no.text().replaceAll("[ .]", "")));
  }

  private PgRecord record(Order order, Map<String, String> reply) {
    if (!Form.need(reply, "oid").equals(order.id())) {
      throw new IllegalArgumentException("an answer about another order");
    }
    return switch (Form.need(reply, "status")) {
      case "WAITING" -> PgRecord.waiting(found(order, reply));
      case "PAID" -> PgRecord.paid(found(order, reply), remains(order, reply));
      case "PART_CANCELED", "CANCELED" ->
          Form.get(reply, "payDate") == null
              ? PgRecord.dead(order)
              : PgRecord.canceled(found(order, reply), remains(order, reply));
      default -> throw new IllegalArgumentException("status " + reply.get("status"));
    };
  }

  private Approval found(Order order, Map<String, String> reply) {
    return IniAnswer.ofInquiry(order, contract.mid(), reply);
  }

  private static Money remains(Order order, Map<String, String> reply) {
    return IniAnswer.amount(order, Form.need(reply, "remains"));
  }

  private static Canceled canceled(PgRef ref, Map<String, String> reply) {
    Instant at = IniAnswer.at(reply, "cancelDate", "cancelTime");
    String tid = reply.getOrDefault("tid", "");
    return new Canceled(tid.isBlank() ? ref : new PgRef(tid), at, null);
  }

  Map<String, String> request(String type, String paymethod) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("type", type);
    form.put("paymethod", paymethod);
    form.put("timestamp", Seoul.stamp(http.now()));
    form.put("clientIp", serverIp);
    form.put("mid", contract.mid());
    return form;
  }

  /**
   * INICIS refuses a charge in which any of these is blank, so what the shop left out is filled.
   */
  void buyer(Map<String, String> form, Buyer buyer, String name) {
    form.put("url", siteUrl);
    form.put("goodName", name);
    form.put("buyerName", Form.or(buyer.name(), "-"));
    form.put("buyerEmail", Form.or(buyer.email(), "-"));
    form.put("buyerTel", Form.or(buyer.tel(), "-"));
  }

  private static void tax(Map<String, String> form, Order order) {
    if (order.tax().free() > 0 || order.tax().vat() != null) {
      form.put("tax", String.valueOf(order.tax().vatOf(order.amount().minor())));
      form.put("taxFree", String.valueOf(order.tax().free()));
    }
  }

  void sign(Map<String, String> form, String... more) {
    String head =
        form.get("type")
            + form.getOrDefault("paymethod", "")
            + form.get("timestamp")
            + form.get("clientIp")
            + form.get("mid");
    form.put("hashData", IniCrypto.hashData(contract.apiKey(), head, String.join("", more)));
  }

  String encrypt(String text) {
    return IniCrypto.encrypt(contract.apiKey(), contract.apiIv(), text);
  }

  /** Year and month, two digits each. */
  private static String expiry(Card card) {
    return "%02d%02d".formatted(card.expiry().getYear() % 100, card.expiry().getMonthValue());
  }

  private static String price(Money amount) {
    return amount.major().toPlainString();
  }

  /**
   * Calls INIAPI: a readable answer other than 00 is a no, unless it tells of the PG's own trouble.
   */
  Outcome<Map<String, String>> post(String path, String about, Map<String, String> form) {
    return http.call(about, "POST", http.at("iniapi", path))
        .hide(HIDDEN)
        .form(form, StandardCharsets.UTF_8)
        .ask(
            answer ->
                answer.status() == 200
                    ? judged(Tree.flat(Tree.of(answer.text())))
                    : new Unknown<>("HTTP " + answer.status()));
  }

  private static Outcome<Map<String, String>> judged(Map<String, String> reply) {
    String code = reply.getOrDefault("resultCode", "");
    return code.equals("00")
        ? new Ok<>(reply)
        : code.isEmpty()
            ? new Unknown<>("no resultCode")
            : IniAnswer.declined(
                Form.or(reply.get("detailResultCode"), code), reply.getOrDefault("resultMsg", ""));
  }
}
