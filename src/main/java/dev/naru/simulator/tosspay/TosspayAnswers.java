package dev.naru.simulator.tosspay;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Letters;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What Toss Pay's requests must be like, and its answers: texts of {@code simulator/tosspay}. */
final class TosspayAnswers {

  private static final Map<String, String> ISSUERS = Cards.codes("tosspay/issuers.csv");
  private static final Map<String, String> ERRORS = Cards.codes("tosspay/errors.csv");
  private static final Map<String, String> STATUSES = Cards.codes("tosspay/statuses.csv");

  private static final Letters LETTERS = new Letters("tosspay");

  private TosspayAnswers() {}

  static Answer.Reply error(int status, String code, String text) {
    return Answer.Reply.json(status, Map.of("code", -1, "errorCode", code, "msg", text));
  }

  static Answer.Reply error(String code) {
    return error(200, code, ERRORS.getOrDefault(code, ""));
  }

  static Answer.Reply say(String name, Map<String, String> facts) {
    return LETTERS.say(name, facts);
  }

  static String write(String name, Map<String, String> facts) {
    return LETTERS.write(name, facts);
  }

  /** Which fields of a request are wrong. */
  static String wrong(String path, JsonNode body) {
    Stream<String> parts = Stream.of("amount", "amountTaxFree", "amountTaxable", "amountVat");
    long[] all = parts.mapToLong(part -> body.path(part).asLong(0)).toArray();
    return body.has("amountTaxable") && all[0] != all[1] + all[2] + all[3]
        ? "amountTaxable"
        : LETTERS.wrong(path, field -> body.at(field).asString(""));
  }

  private static String time(Instant at) {
    return Seoul.offset(at).substring(0, 19).replace('T', ' ');
  }

  static String method(Means means) {
    return means.method() == Method.CARD ? "CARD" : "TOSS_MONEY";
  }

  /** What the books say; what waited too long for the shop is cancelled. */
  static Answer status(Charge charge, boolean over) {
    Map<String, String> facts = facts(charge);
    String status = STATUSES.getOrDefault(charge.status().name(), "");
    facts.put("status", over && charge.isApprovable() ? "PAY_CANCEL" : status);
    if (charge.means().card() != null) {
      facts.put("by", "\"card\":{" + facts.get("by") + "}");
    }
    return say(charge.paid() ? "status" : "unpaid", facts);
  }

  /** What is known of a payment. */
  static Map<String, String> facts(Charge charge) {
    Instant at = charge.course().at();
    Map<String, String> facts = by(charge.means(), charge.order().more("approval"));
    facts.put("token", charge.id());
    facts.put("order", charge.order().id());
    facts.put("tid", charge.tid());
    facts.put("amount", Long.toString(charge.order().amount()));
    facts.put("left", Long.toString(charge.balance()));
    facts.put("paid", time(at == null ? charge.course().opened() : at));
    Stream<String> refunds =
        charge.cancels().stream().map(one -> write("step", facts(charge, one)));
    facts.put("refunds", refunds.collect(Collectors.joining()));
    return facts;
  }

  static Map<String, String> facts(Charge charge, Cancel cancel) {
    return Map.of(
        "token", charge.id(),
        "number", cancel.replay(),
        "tid", cancel.id(),
        "left", Long.toString(charge.balance()),
        "amount", Long.toString(cancel.amount()),
        "at", time(cancel.at()));
  }

  static Map<String, String> facts(Entry.Key key) {
    Map<String, String> facts = by(key.means(), "");
    facts.put("token", key.id());
    facts.put("user", key.customer());
    facts.put("status", STATUSES.getOrDefault(key.stage().name(), ""));
    return facts;
  }

  /** The card or the account that pays. */
  private static Map<String, String> by(Means means, String approval) {
    Cards.Face face = means.card();
    Map<String, String> facts = new HashMap<>();
    facts.put("method", method(means));
    facts.put("approval", approval);
    if (face != null) {
      facts.put("company", Cards.code(ISSUERS, face));
      facts.put("name", Cards.issuer(face.issuer()).name());
      facts.put("months", Integer.toString(face.months()));
      facts.put("card", face.masked());
    }
    facts.put("by", write(face == null ? "account" : "card", facts));
    return facts;
  }
}
