package dev.naru.simulator.nice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry.Receipt;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What NICE answers, as the table of its answers has it: JSON, in EUC-KR unless asked otherwise.
 */
final class NiceAnswers {

  private static final Map<String, String> ISSUERS = Cards.codes("nice/issuers.csv");

  private static final Map<String, String[]> ANSWERS =
      Cards.rows("nice/answers.csv").collect(Collectors.toMap(row -> row[0], Function.identity()));

  private NiceAnswers() {}

  /** Of what is known the fields that this answer has. */
  static Map<String, String> fields(String name, Map<String, String> facts) {
    String[] row = ANSWERS.getOrDefault(name, new String[] {name, "", "", ""});
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ResultCode", row[1]);
    fields.put("ResultMsg", row[2]);
    for (String field : List.of(row[3].split(" ", -1))) {
      fields.put(field, facts.getOrDefault(field, ""));
    }
    if (fields.containsKey("Signature")) {
      String amount = fields.containsKey("CancelAmt") ? "CancelAmt" : "Amt";
      String signed = fields.get("TID") + fields.get("MID") + fields.get(amount);
      fields.put("Signature", NiceMerchant.sign(signed));
    }
    return fields;
  }

  static Answer.Reply say(Map<String, String> form, Map<String, String> fields) {
    boolean utf8 = form.getOrDefault("CharSet", "").equalsIgnoreCase("utf-8");
    return new Answer.Reply(
        200,
        Answer.Reply.json(200, fields).body(),
        utf8 ? UTF_8 : Call.EUC_KR,
        Map.of("Content-Type", "text/html; charset=" + (utf8 ? "utf-8" : "euc-kr")));
  }

  static String stamp(Instant at) {
    return Seoul.compact(at).substring(2);
  }

  static String amount(long amount) {
    return "%012d".formatted(amount);
  }

  /** The answer to an approval or an opening. */
  static Map<String, String> approved(Charge charge) {
    return fields(charge.means().method().name(), facts(charge));
  }

  /** Of the last cancel: money that came in on an account is refunded. */
  static Map<String, String> cancelled(Charge charge) {
    boolean refund = charge.means().method() == Method.VBANK && charge.paid();
    return fields(refund ? "refunded" : "cancelled", facts(charge));
  }

  /** What is known of a charge, by NICE's names. */
  static Map<String, String> facts(Charge charge) {
    Order order = charge.order();
    Instant at = charge.course().at();
    Map<String, String> facts = new HashMap<>(order.more());
    facts.put("Amt", amount(order.amount()));
    facts.put("MID", order.merchant());
    facts.put("Moid", order.id());
    facts.put("TID", charge.tid());
    facts.put("GoodsName", order.name());
    facts.put("AuthDate", stamp(at == null ? charge.course().opened() : at));
    facts.put("Status", charge.status() == Status.CANCELLED ? "1" : "0");
    facts.put("BankCode", "088");
    facts.put("BankName", "신한은행");
    facts.put("RemainAmt", amount(charge.balance()));
    facts.putAll(card(charge.means().card()));
    facts.putAll(account(charge.means().account()));
    if (!charge.cancels().isEmpty()) {
      Cancel last = charge.cancels().getLast();
      facts.putAll(cancelled(last.amount(), last.at()));
      facts.put("CancelNum", last.id());
    }
    return facts;
  }

  static Map<String, String> cancelled(long amount, Instant at) {
    return Map.of(
        "ErrorCD", "0000",
        "ErrorMsg", "성공",
        "CancelAmt", amount(amount),
        "CancelDate", Seoul.date(at),
        "CancelTime", Seoul.time(at));
  }

  static Map<String, String> card(Cards.@Nullable Face face) {
    if (face == null) {
      return Map.of();
    }
    String code = Cards.code(ISSUERS, face);
    String name = Cards.issuer(face.issuer()).name();
    Map<String, String> facts = new HashMap<>(Map.of("CardInterest", "0", "CardCl", "0"));
    facts.put("CardCode", code);
    facts.put("CardName", name);
    facts.put("CardNo", face.masked());
    facts.put("CardQuota", "%02d".formatted(face.months()));
    facts.put("AcquCardCode", code);
    facts.put("AcquCardName", name);
    facts.put("CcPartCl", "1");
    return facts;
  }

  private static Map<String, String> account(@Nullable Account account) {
    return account == null
        ? Map.of()
        : Map.of(
            "VbankBankCode", "0" + account.bank(),
            "VbankBankName", Cards.bank(account.bank()).map(Cards.Bank::name).orElse(""),
            "VbankNum", account.number(),
            "VbankInputName", account.depositor(),
            "VbankExpDate", Seoul.date(account.due()),
            "VbankExpTime", Seoul.time(account.due()));
  }

  /** The notice of a deposit has some names of its own. */
  static Map<String, String> deposited(Charge charge) {
    Map<String, String> facts = facts(charge);
    facts.put("Amt", Long.toString(charge.order().amount()));
    facts.put("name", charge.order().more("BuyerName"));
    facts.put("MOID", charge.order().id());
    facts.put("FnCd", facts.getOrDefault("VbankBankCode", ""));
    facts.put("VbankName", facts.getOrDefault("VbankBankName", ""));
    return fields("deposit", facts);
  }

  static Map<String, String> receipt(Receipt receipt) {
    Instant cancelled = receipt.cancelledAt();
    Map<String, String> facts = new HashMap<>();
    facts.put("TID", receipt.id());
    facts.put("MID", receipt.merchant());
    facts.put("Moid", receipt.order());
    facts.put("AuthCode", receipt.applNum());
    facts.put("AuthDate", stamp(receipt.at()));
    if (cancelled != null) {
      facts.putAll(cancelled(receipt.amounts().total(), cancelled));
    }
    return fields(cancelled == null ? "receipt" : "undone", facts);
  }
}
