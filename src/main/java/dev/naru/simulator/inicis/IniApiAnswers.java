package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Seoul;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What INIAPI answers when things went well. */
final class IniApiAnswers {

  private IniApiAnswers() {}

  static Map<String, Object> billing(Charge charge) {
    Instant now = InicisAnswers.time(charge);
    Map<String, Object> result = Inicis.result("00", "정상처리");
    result.put("tid", charge.tid());
    result.put("payDate", Seoul.date(now));
    result.put("payTime", Seoul.time(now));
    result.put("payAuthCode", charge.order().more("applNum"));
    result.put("price", Long.toString(charge.order().amount()));
    result.putAll(card(charge.means().card()));
    return result;
  }

  static Map<String, Object> card(Cards.@Nullable Face face) {
    Map<String, Object> card = new LinkedHashMap<>();
    if (face != null) {
      Cards.Issuer issuer = Cards.issuer(face.issuer());
      card.put("payAuthQuota", InicisAnswers.quota(face));
      card.put("cardCode", Cards.code(InicisAnswers.ISSUERS, face));
      card.put("cardName", issuer.name());
      card.put("cardNumber", face.masked());
      card.put("checkFlg", "0");
      card.put("prtcCode", "1");
      card.put("cardPoint", "");
    }
    return card;
  }

  static Map<String, Object> account(Charge charge) {
    Instant now = InicisAnswers.time(charge);
    Map<String, Object> result = Inicis.result("00", "정상처리");
    result.put("tid", charge.tid());
    result.put("authDate", Seoul.date(now));
    result.put("authTime", Seoul.time(now));
    result.put("price", Long.toString(charge.order().amount()));
    putAccount(result, charge.means().account());
    return result;
  }

  private static void putAccount(Map<String, Object> result, @Nullable Account account) {
    if (account != null) {
      result.put("vacct", account.number());
      result.put("vacctName", "이니시스테스트");
      result.put("vacctBankCode", account.bank());
      result.put("validDate", Seoul.date(account.due()));
      result.put("validTime", Seoul.time(account.due()));
    }
  }

  /**
   * A transaction as it stands now. No sample of this answer is public, so its field names beyond
   * resultCode, resultMsg and tid are [inferred].
   *
   * <p>status: WAITING (account issued, no deposit), PAID, PART_CANCELED, CANCELED.
   */
  static Map<String, Object> inquiry(Charge charge) {
    Instant now = InicisAnswers.time(charge);
    Map<String, Object> result = Inicis.result("00", "정상처리");
    result.put("tid", charge.tid());
    result.put("mid", charge.order().merchant());
    result.put("oid", charge.order().id());
    result.put("moid", charge.order().id());
    result.put("goodName", charge.order().name());
    result.put("price", Long.toString(charge.order().amount()));
    result.put("remains", Long.toString(charge.balance()));
    result.put("payMethod", InicisAnswers.method(charge.means().method()));
    result.put("status", status(charge));
    result.put("payDate", charge.paid() ? Seoul.date(now) : "");
    result.put("payTime", charge.paid() ? Seoul.time(now) : "");
    result.put("payAuthCode", charge.order().more("applNum"));
    result.putAll(card(charge.means().card()));
    putAccount(result, charge.means().account());
    result.put(
        "cancels",
        charge.cancels().stream()
            .map(
                c ->
                    Map.of(
                        "tid", c.id(),
                        "price", Long.toString(c.amount()),
                        "cancelDate", Seoul.date(c.at()),
                        "cancelTime", Seoul.time(c.at())))
            .toList());
    return result;
  }

  private static String status(Charge charge) {
    return switch (charge.status()) {
      case WAITING -> "WAITING";
      case PARTLY_CANCELLED -> "PART_CANCELED";
      case CANCELLED -> "CANCELED";
      case PAID, AUTHENTICATED, SILENCED, PENDING, DECLINED, BLOCKED, KEY_ISSUED -> "PAID";
    };
  }
}
