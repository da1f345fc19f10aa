package dev.naru.simulator.settle;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Deposits;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of what Hecto posts by itself. */
final class SettleNotices {

  private SettleNotices() {}

  /** 0051 of an account that was issued, else 0021. */
  static Map<String, String> of(Charge charge, SettleMerchant merchant) {
    boolean issued = !charge.paid();
    String status = issued ? "0051" : "0021";
    Instant at = charge.course().at() == null ? charge.course().opened() : charge.course().at();
    Method method = charge.means().method();
    Charge.Order order = charge.order();
    String stamp = Seoul.compact(at);
    String amount = Long.toString(order.amount());
    Map<String, String> notice = new LinkedHashMap<>();
    notice.put("outStatCd", status);
    notice.put("trdNo", charge.tid());
    notice.put("method", SettleAnswers.method(method));
    notice.put("bizType", method != Method.VBANK ? "B0" : issued ? "A0" : "B1");
    notice.put("mchtId", order.merchant());
    notice.put("mchtTrdNo", order.id());
    notice.put("mchtCustNm", order.more("buyerName"));
    notice.put("mchtName", order.more("shop"));
    notice.put("pmtprdNm", order.name());
    notice.put("trdDtm", stamp);
    notice.put("trdAmt", amount);
    notice.put("mchtParam", order.more("mchtParam"));
    means(notice, charge);
    notice.put("pktHash", merchant.hash(status, stamp, order.merchant(), order.id(), amount));
    return notice;
  }

  private static void means(Map<String, String> notice, Charge charge) {
    Cards.Face face = charge.means().card();
    if (face != null) {
      notice.put("cardCd", SettleAnswers.card(face));
      notice.put("cardNm", face.issuer() + "카드");
      notice.put("cardNo", face.masked());
      notice.put("cardApprNo", charge.order().more("apprNo"));
      notice.put("instmtMon", "%02d".formatted(face.months()));
    }
    Account account = charge.means().account();
    if (account != null) {
      bank(notice, account.bank());
      notice.put("acntType", charge.order().more("acntType"));
      notice.put("vAcntNo", account.number());
      notice.put("expireDt", Seoul.compact(account.due()));
      notice.put("AcntPrintNm", account.holder());
      notice.put("dpstrNm", account.depositor());
    }
    if (!charge.order().more(Deposits.ACCOUNT).isEmpty()) {
      bank(notice, charge.order().more(Deposits.BANK));
      notice.put("acntType", "3");
      notice.put("vAcntNo", charge.order().more(Deposits.ACCOUNT));
      notice.put("dpstrNm", charge.order().more(Deposits.DEPOSITOR));
    }
    switch (charge.means().method()) {
      case TRANSFER -> bank(notice, "88");
      case PHONE -> {
        notice.put("telecomCd", "SKT");
        notice.put("telecomNm", "SK텔레콤");
      }
      case CARD, VBANK -> {}
    }
  }

  private static void bank(Map<String, String> notice, String code) {
    notice.put("bankCd", SettleAnswers.bank(code));
    notice.put("bankNm", Cards.bank(code).map(Cards.Bank::name).orElse(""));
  }
}
