package dev.naru.simulator.payco;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Letters;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What PAYCO's requests must be like, and its answers: texts of {@code simulator/payco}. */
final class PaycoAnswers {

  private static final Map<String, String> ISSUERS = Cards.codes("payco/issuers.csv");
  private static final Map<String, String> ERRORS = Cards.codes("payco/errors.csv");
  private static final Map<String, String> MEANS = Cards.codes("payco/means.csv");

  static final Letters LETTERS = new Letters("payco");

  private PaycoAnswers() {}

  static Answer.Reply error(String code, String message) {
    return Answer.Reply.json(200, Map.of("code", Integer.parseInt(code), "message", message));
  }

  /** One code stands for all refusals: PAYCO publishes none. */
  static Answer.Reply error(String what) {
    return error("9999", ERRORS.getOrDefault(what, "필수 값이 올바르지 않습니다. (" + what + ")"));
  }

  /** A yes, with a result of this name. */
  static Answer.Reply say(String name, Map<String, String> facts) {
    return Answer.Reply.jsonText(
        200, LETTERS.write("success", Map.of("result", LETTERS.write(name, facts))));
  }

  /** Which fields of a request are wrong; what has parts must be their sum. */
  static String wrong(String path, JsonNode body) {
    boolean sums =
        isSum(body, "totalPaymentAmt", "total") && isSum(body, "cancelTotalAmt", "totalCancel");
    return sums ? LETTERS.wrong(path, field -> body.at(field).asString("")) : "amount";
  }

  private static boolean isSum(JsonNode body, String total, String parts) {
    long sum =
        Stream.of("TaxfreeAmt", "TaxableAmt", "VatAmt")
            .mapToLong(part -> body.path(parts + part).asLong(0))
            .sum();
    long products = body.at("/orderProducts/0/productAmt").asLong(0);
    boolean same = sum == body.path(total).asLong(0) && sum == products;
    return same || !body.has(parts + "TaxableAmt");
  }

  /** What is known of a payment. */
  static Map<String, String> facts(Charge charge) {
    Instant at = charge.course().at();
    Map<String, String> facts = by(charge.means(), charge.order().more());
    facts.put("order", charge.order().id());
    facts.put("tid", charge.tid());
    facts.put("amount", Long.toString(charge.order().amount()));
    facts.put("left", Long.toString(charge.balance()));
    facts.put("opened", Seoul.compact(charge.course().opened()));
    facts.put("complete", charge.paid() ? "Y" : "N");
    facts.put("paid", at == null ? "" : Seoul.compact(at));
    return facts;
  }

  /** The same after a cancel. */
  static Map<String, String> facts(Charge charge, Charge.Cancel cancel) {
    Map<String, String> facts = facts(charge);
    facts.put("cancel", cancel.id());
    facts.put("part", Long.toString(cancel.amount()));
    facts.put("at", Seoul.compact(cancel.at()));
    return facts;
  }

  /** Whether it is what a request says of it. */
  static boolean isMeant(Charge charge, JsonNode body) {
    Order order = charge.order();
    return fits(body, "reserveOrderNo", order.more("reserveOrderNo"))
        && fits(body, "paymentCertifyToken", order.more("token"))
        && fits(body, "orderCertifyKey", order.more("certify"))
        && fits(body, "orderNo", charge.tid());
  }

  static boolean isMeant(Entry.Key key, JsonNode body) {
    return fits(body, "autoPaymentNo", number(key))
        && fits(body, "sellerAutoPaymentReferenceKey", key.customer());
  }

  private static boolean fits(JsonNode body, String name, String value) {
    return body.path(name).asString(value).equals(value);
  }

  /** The number of a key goes with its proof. */
  private static String number(Entry.Key key) {
    return "AP" + Digests.sha256(key.id()).substring(0, 16);
  }

  static Map<String, String> facts(Entry.Key key) {
    return by(key.means(), Map.of("number", number(key)));
  }

  /** What pays. */
  private static Map<String, String> by(Charge.Means means, Map<String, String> more) {
    Map<String, String> facts = new HashMap<>(more);
    String method = means.method().name();
    Cards.Face face = means.card();
    Charge.Account account = means.account();
    facts.put("code", MEANS.getOrDefault(method, ""));
    facts.put("company", face == null ? "088" : Cards.code(ISSUERS, face));
    facts.put("issuer", face == null ? "신한은행" : Cards.issuer(face.issuer()).name() + "카드");
    facts.put("months", face == null ? "" : "%02d".formatted(face.months()));
    facts.put("card", face == null ? "" : face.masked());
    if (account != null) {
      facts.put("bank", Cards.bank(account.bank()).map(Cards.Bank::name).orElse(""));
      facts.put("bankcode", account.bank());
      facts.put("account", account.number());
      facts.put("due", Seoul.compact(account.due()));
    }
    facts.put("by", LETTERS.write(method.toLowerCase(Locale.ROOT), facts));
    return facts;
  }
}
