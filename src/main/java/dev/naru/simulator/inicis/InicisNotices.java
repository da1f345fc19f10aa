package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of INICIS' notices: about virtual accounts, and charges made by the mobile window. */
final class InicisNotices {

  private InicisNotices() {}

  /** A deposit, or its withdrawal by the bank. */
  static Map<String, String> pc(Charge charge, Account account) {
    boolean paid = charge.status() == Status.PAID;
    Instant now = charge.course().at() == null ? charge.course().opened() : charge.course().at();
    String bank = Cards.bank(account.bank()).map(Cards.Bank::name).orElse("");
    Map<String, String> notice = new LinkedHashMap<>();
    notice.put("msg_id", "");
    notice.put("no_tid", charge.tid());
    notice.put("no_oid", charge.order().id());
    notice.put("id_merchant", charge.order().merchant());
    notice.put("cd_bank", "000000" + account.bank());
    notice.put("cd_deal", "000000" + account.bank());
    notice.put("dt_trans", Seoul.date(now));
    notice.put("tm_trans", Seoul.time(now));
    notice.put("no_msgseq", Numbers.digits(10));
    notice.put("cd_joinorg", "20000050");
    notice.put("dt_transbase", Seoul.date(now));
    notice.put("no_transeq", Numbers.digits(7));
    notice.put("type_msg", paid ? "0200" : "0400");
    notice.put("cl_close", "0");
    notice.put("cl_kor", "2");
    notice.put("no_msgmanage", Numbers.digits(12));
    notice.put("no_vacct", account.number());
    notice.put("amt_input", Long.toString(charge.order().amount()));
    notice.put("amt_check", "0");
    notice.put("nm_inputbank", bank);
    notice.put("nm_input", account.depositor().isEmpty() ? account.holder() : account.depositor());
    notice.put("dt_inputstd", Seoul.date(account.due()));
    notice.put("dt_calculstd", Seoul.date(now));
    notice.put("flg_close", "0");
    return notice;
  }

  /** A transfer that the mobile window made by itself. */
  static Map<String, String> charged(Charge charge) {
    Map<String, String> notice = mobile(charge, "00", "BANK");
    notice.put("P_FN_CD1", "88");
    notice.put("P_FN_CD2", "");
    notice.put("P_FN_NM", Cards.bank("88").map(Cards.Bank::name).orElse(""));
    notice.put("P_RMESG1", "정상완료");
    return notice;
  }

  static Map<String, String> mobile(Charge charge, Account account, String status) {
    Map<String, String> notice = mobile(charge, status, "VBANK");
    notice.put("P_FN_CD1", account.bank());
    notice.put("P_FN_CD2", "");
    notice.put("P_FN_NM", Cards.bank(account.bank()).map(Cards.Bank::name).orElse(""));
    notice.put(
        "P_RMESG1", "P_VACCT_NO=" + account.number() + "|P_EXP_DT=" + Seoul.date(account.due()));
    return notice;
  }

  private static Map<String, String> mobile(Charge charge, String status, String type) {
    Instant now = charge.course().at() == null ? charge.course().opened() : charge.course().at();
    Map<String, String> notice = new LinkedHashMap<>();
    notice.put("P_TID", charge.tid());
    notice.put("P_MID", charge.order().merchant());
    notice.put("P_AUTH_DT", Seoul.compact(now));
    notice.put("P_STATUS", status);
    notice.put("P_TYPE", type);
    notice.put("P_OID", charge.order().id());
    notice.put("P_AMT", Long.toString(charge.order().amount()));
    notice.put("P_UNAME", charge.order().more("buyerName"));
    notice.put("P_RMESG2", "");
    notice.put("P_NOTI", charge.order().more("noti"));
    notice.put("P_AUTH_NO", "");
    notice.put("P_SRC_CODE", "");
    return notice;
  }
}
