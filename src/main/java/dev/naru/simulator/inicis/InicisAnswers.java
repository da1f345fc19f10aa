package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Seoul;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of INICIS' approvals: PC in long names, mobile in P_ names. */
final class InicisAnswers {

  static final Map<String, String> ISSUERS = Cards.codes("inicis/issuers.csv");

  private static final Map<String, String> ISSUER_BANKS = Cards.codes("inicis/issuer-banks.csv");

  private InicisAnswers() {}

  static Map<String, Object> approval(Charge charge, Entry.@Nullable Key key, String timestamp) {
    Charge.Order order = charge.order();
    String price = Long.toString(order.amount());
    Instant now = time(charge);
    Map<String, Object> result = Inicis.result("0000", "정상완료");
    result.put("tid", charge.tid());
    result.put("mid", order.merchant());
    result.put("MOID", order.id());
    result.put("TotPrice", price);
    result.put("goodName", order.name());
    result.put("goodsName", order.name());
    result.put("payMethod", method(charge.means().method()));
    result.put("applDate", Seoul.date(now));
    result.put("applTime", Seoul.time(now));
    result.put("applNum", order.more("applNum"));
    result.put("buyerName", order.more("buyerName"));
    result.put("buyerTel", order.more("buyerTel"));
    result.put("buyerEmail", order.more("buyerEmail"));
    result.put("custEmail", order.more("buyerEmail"));
    result.put("EventCode", "");
    result.put("payDevice", "PC");
    card(result, charge.means().card());
    if (key != null) {
      result.put("CARD_BillKey", key.id());
    }
    putOthers(result, charge);
    result.put(
        "authSignature",
        InicisMerchant.authSignature(order.merchant(), order.id(), price, timestamp));
    return result;
  }

  private static void putOthers(Map<String, Object> result, Charge charge) {
    Account account = charge.means().account();
    if (account != null) {
      result.put("VACT_Num", account.number());
      result.put("VACT_BankCode", account.bank());
      result.put("vactBankName", bankName(account.bank()));
      result.put("VACT_Name", "이니시스테스트");
      result.put("VACT_InputName", account.holder());
      result.put("VACT_Date", Seoul.date(account.due()));
      result.put("VACT_Time", Seoul.time(account.due()));
    }
    if (charge.means().method() == Method.TRANSFER) {
      result.put("ACCT_BankCode", "88");
      result.put("CSHR_ResultCode", "");
      result.put("CSHR_Type", "");
    }
    if (charge.means().method() == Method.PHONE) {
      result.put("HPP_Num", charge.order().more("buyerTel"));
      result.put("HPP_Corp", "SKT");
    }
  }

  private static void card(Map<String, Object> result, Cards.@Nullable Face face) {
    if (face == null) {
      return;
    }
    Cards.Issuer issuer = Cards.issuer(face.issuer());
    result.put("P_FN_NM", issuer.name());
    result.put("CARD_Num", face.masked());
    result.put("CARD_Code", Cards.code(ISSUERS, face));
    result.put("CARD_BankCode", Cards.code(ISSUER_BANKS, face));
    result.put("CARD_Quota", quota(face));
    result.put("CARD_Interest", "0");
    result.put("CARD_PRTC_CODE", "1");
    result.put("CARD_CheckFlag", "0");
    result.put("CARD_SrcCode", "");
    result.put("CARD_Point", "");
  }

  static Map<String, String> mobile(Charge charge) {
    Charge.Order order = charge.order();
    Map<String, String> result = new LinkedHashMap<>();
    result.put("P_STATUS", "00");
    result.put("P_RMESG1", "정상완료");
    result.put("P_TID", charge.tid());
    result.put("P_MID", order.merchant());
    result.put("P_OID", order.id());
    result.put("P_AMT", Long.toString(order.amount()));
    result.put("P_TYPE", mobileType(charge.means().method()));
    result.put("P_AUTH_DT", Seoul.compact(time(charge)));
    result.put("P_AUTH_NO", order.more("applNum"));
    result.put("P_APPL_NUM", order.more("applNum"));
    result.put("P_UNAME", order.more("buyerName"));
    result.put("P_NOTI", order.more("noti"));
    putMobileMethod(result, charge);
    return result;
  }

  private static void putMobileMethod(Map<String, String> result, Charge charge) {
    Cards.Face face = charge.means().card();
    if (face != null) {
      Cards.Issuer issuer = Cards.issuer(face.issuer());
      result.put("P_FN_CD1", Cards.code(ISSUERS, face));
      result.put("P_FN_NM", issuer.name());
      result.put("P_CARD_NUM", face.masked());
      result.put("P_CARD_ISSUER_CODE", Cards.code(ISSUER_BANKS, face));
      result.put("P_CARD_PURCHASE_CODE", Cards.code(ISSUERS, face));
      result.put("P_CARD_PRTC_CODE", "1");
      result.put("P_CARD_INTEREST", "0");
      result.put("P_CARD_CHECKFLAG", "0");
      result.put("P_RMESG2", quota(face));
      result.put("P_SRC_CODE", "");
    }
    Account account = charge.means().account();
    if (account != null) {
      result.put("P_FN_CD1", account.bank());
      result.put("P_FN_NM", bankName(account.bank()));
      result.put("P_VACT_NUM", account.number());
      result.put("P_VACT_BANK_CODE", account.bank());
      result.put("P_VACT_NAME", "이니시스테스트");
      result.put("P_VACT_DATE", Seoul.date(account.due()));
      result.put("P_VACT_TIME", Seoul.time(account.due()));
    }
    if (charge.means().method() == Method.PHONE) {
      result.put("P_HPP_CORP", "SKT");
      result.put("P_HPP_NUM", charge.order().more("buyerTel"));
    }
  }

  static String quota(Cards.Face face) {
    return face.months() < 10 ? "0" + face.months() : Integer.toString(face.months());
  }

  static Instant time(Charge charge) {
    Instant paid = charge.course().at();
    return paid == null ? charge.course().opened() : paid;
  }

  static String bankName(String code) {
    return Cards.bank(code).map(Cards.Bank::name).orElse("");
  }

  static String method(Method method) {
    return switch (method) {
      case CARD -> "Card";
      case TRANSFER -> "DirectBank";
      case VBANK -> "VBank";
      case PHONE -> "HPP";
    };
  }

  private static String mobileType(Method method) {
    return switch (method) {
      case CARD -> "CARD";
      case TRANSFER -> "BANK";
      case VBANK -> "VBANK";
      case PHONE -> "MOBILE";
    };
  }
}
