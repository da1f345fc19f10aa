package dev.naru.simulator.settle;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.web.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answers of Hecto's API: two parts, of which the first repeats the request's. */
final class SettleAnswers {

  /** The ids of card companies, by their institution codes. */
  private static final Map<String, String> CARDS =
      Map.of(
          "366", "SHN",
          "381", "KBC",
          "365", "SSC",
          "367", "HDC",
          "368", "LTC",
          "374", "HNC",
          "361", "BCC",
          "371", "NHC",
          "041", "WRI",
          "090", "090");

  /** What became of a request: outStatCd, outRsltCd, outRsltMsg. */
  record Result(String status, String code, String text) {}

  private SettleAnswers() {}

  static String card(Cards.Face face) {
    return CARDS.getOrDefault(Cards.issuer(face.issuer()).institution(), "BCC");
  }

  static String method(Method method) {
    return switch (method) {
      case CARD -> "CA";
      case TRANSFER -> "RA";
      case VBANK -> "VA";
      case PHONE -> "MP";
    };
  }

  /** Banks have two digits in the simulators' table and three here. */
  static String bank(String code) {
    return "0" + code;
  }

  static Answer.Reply refused(SettleAsked asked, Refusal refusal) {
    return asked.answer(
        "", new Result("0031", refusal.code(), refusal.text()), new LinkedHashMap<>());
  }

  static Answer.Reply charged(SettleAsked asked, Charge charge) {
    Map<String, String> data = approval(charge);
    data.put("billKey", charge.order().more("billKey"));
    return done(asked, charge.tid(), data);
  }

  private static Map<String, String> approval(Charge charge) {
    Map<String, String> data = new LinkedHashMap<>();
    Cards.Face face = charge.means().card();
    if (face != null) {
      data.put("cardNo", face.masked());
      data.put("issrId", card(face));
      data.put("cardNm", face.issuer() + "카드");
      data.put("cardKind", "1");
      data.put("ninstmtTypeCd", "N");
      data.put("instmtMon", "%02d".formatted(face.months()));
      data.put("apprNo", charge.order().more("apprNo"));
    }
    return data;
  }

  static Answer.Reply key(SettleAsked asked, Entry.Key key) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("billKey", key.id());
    Cards.Face face = key.means().card();
    if (face != null) {
      data.put("issrId", card(face));
      data.put("cardNm", face.issuer() + "카드");
      data.put("cardNo", face.masked());
      data.put("cardKind", "1");
    }
    return done(asked, asked.tid("CA"), data);
  }

  static Answer.Reply account(SettleAsked asked, Charge charge, Account account) {
    return done(asked, charge.tid(), account(asked.merchant(), charge, account));
  }

  private static Map<String, String> account(
      SettleMerchant merchant, Charge charge, Account account) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("bankCd", bank(account.bank()));
    data.put("vAcntNo", merchant.encrypt(account.number()));
    data.put("expireDate", Seoul.compact(account.due()));
    data.put("trdAmt", merchant.encrypt(Long.toString(charge.order().amount())));
    data.put("acntType", charge.order().more("acntType"));
    data.put("dpstrNm", account.holder());
    return data;
  }

  static Answer.Reply cancelled(SettleAsked asked, Charge charge, long amount) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("cnclAmt", asked.merchant().encrypt(Long.toString(amount)));
    data.put("cardCnclAmt", asked.merchant().encrypt(Long.toString(amount)));
    data.put("pntCnclAmt", asked.merchant().encrypt("0"));
    data.put("blcAmt", asked.merchant().encrypt(Long.toString(charge.balance())));
    return done(asked, asked.tid(method(charge.means().method())), data);
  }

  static Answer.Reply done(SettleAsked asked, String tid, Map<String, String> data) {
    return asked.answer(tid, new Result("0021", "0000", "정상처리"), data);
  }

  /** Beyond the result codes and cnclAmt, what an inquiry tells is [inferred]. */
  static Answer.Reply inquiry(SettleAsked asked, Charge charge) {
    Map<String, String> data = approval(charge);
    data.put("trdAmt", Long.toString(charge.order().amount()));
    Account account = charge.means().account();
    if (charge.status() == Status.WAITING && account != null) {
      data.putAll(account(asked.merchant(), charge, account));
      return asked.answer(charge.tid(), new Result("0051", "0000", "입금대기"), data);
    }
    if (!charge.paid()) {
      return asked.answer(charge.tid(), new Result("0031", "0009", "실패거래"), data);
    }
    if (charge.means().method() == Method.TRANSFER) {
      data.put("bankCd", "088");
    }
    data.put("cnclAmt", Long.toString(charge.order().amount() - charge.balance()));
    boolean cancelled = charge.status() == Status.CANCELLED;
    return asked.answer(
        charge.tid(),
        cancelled ? new Result("0021", "0001", "취소거래") : new Result("0021", "0000", "정상거래"),
        data);
  }
}
