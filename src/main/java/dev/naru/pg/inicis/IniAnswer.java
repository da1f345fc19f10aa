package dev.naru.pg.inicis;

import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Seoul;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of INICIS, each as a map of text fields. Whatever is missing or strange throws,
 * which makes the outcome unknown.
 */
final class IniAnswer {

  private static final CodeTable CARDS = CodeTable.load("html5_inicis-cards");
  private static final Reasons REASONS = Reasons.load("html5_inicis");

  /** Easy pays, by the source code of a card payment. */
  private static final Map<String, String> BRANDS =
      Map.of(
          "C",
          "payco",
          "B",
          "samsung",
          "D",
          "samsung",
          "G",
          "ssgpay",
          "O",
          "kakaopay",
          "L",
          "lpay",
          "A",
          "kpay");

  private IniAnswer() {}

  /** Of the PC window's approval. */
  static Approval ofPc(Order order, String mid, Map<String, String> reply) {
    String method = method(Form.need(reply, "payMethod"), order);
    return Approval.of(
            new PgRef(Form.need(reply, "tid")),
            amount(order, Form.need(reply, "TotPrice")),
            at(reply, "applDate", "applTime"),
            method)
        .brand(BRANDS.get(reply.getOrDefault("CARD_SrcCode", "").strip()))
        .applyNum(Form.get(reply, "applNum"))
        .card(
            method.equals("card")
                ? card(reply.get("CARD_Code"), reply.get("CARD_Num"), reply.get("CARD_CheckFlag"))
                : null,
            months(reply.get("CARD_Quota")))
        .account(method.equals("vbank") ? pcAccount(reply) : null)
        .bank(Institutions.bank(reply.get("ACCT_BankCode")))
        .memo(memo(mid, paymethod(method)))
        .build();
  }

  /** Of the mobile window's approval. */
  static Approval ofMobile(Order order, String mid, Map<String, String> reply) {
    String method = method(Form.need(reply, "P_TYPE"), order);
    return Approval.of(
            new PgRef(Form.need(reply, "P_TID")),
            amount(order, Form.need(reply, "P_AMT")),
            Seoul.at(Form.need(reply, "P_AUTH_DT")),
            method)
        .brand(BRANDS.get(reply.getOrDefault("P_SRC_CODE", "").strip()))
        .applyNum(Form.get(reply, "P_AUTH_NO"))
        .card(
            method.equals("card")
                ? card(
                    reply.get("P_FN_CD1"), reply.get("P_CARD_NUM"), reply.get("P_CARD_CHECKFLAG"))
                : null,
            months(reply.get("P_RMESG2")))
        .account(method.equals("vbank") ? mobileAccount(reply) : null)
        .bank(method.equals("trans") ? Institutions.bank(reply.get("P_FN_CD1")) : null)
        .memo(memo(mid, paymethod(method)))
        .build();
  }

  /** Of a billing key's charge by INIAPI. */
  static Approval ofBilling(Order order, String mid, Map<String, String> reply) {
    return Approval.of(
            new PgRef(Form.need(reply, "tid")),
            amount(order, reply.getOrDefault("price", order.amount().major().toPlainString())),
            at(reply, "payDate", "payTime"),
            "card")
        .applyNum(Form.get(reply, "payAuthCode"))
        .card(apiCard(reply), months(reply.get("payAuthQuota")))
        .memo(memo(mid, "Card"))
        .build();
  }

  /** Of an account opened by INIAPI. */
  static Approval ofAccount(Order order, String mid, Map<String, String> reply) {
    return Approval.of(
            new PgRef(Form.need(reply, "tid")),
            amount(order, reply.getOrDefault("price", order.amount().major().toPlainString())),
            at(reply, "authDate", "authTime"),
            "vbank")
        .account(apiAccount(reply))
        .memo(memo(mid, "Vacct"))
        .build();
  }

  /** Of an Inquiry; {@code [inferred]}, as the names of its fields are. */
  static Approval ofInquiry(Order order, String mid, Map<String, String> reply) {
    String method = method(Form.need(reply, "payMethod"), order);
    boolean unpaid = Form.get(reply, "payDate") == null;
    return Approval.of(
            new PgRef(Form.need(reply, "tid")),
            amount(order, Form.need(reply, "price")),
            unpaid ? order.at() : at(reply, "payDate", "payTime"),
            method)
        .applyNum(Form.get(reply, "payAuthCode"))
        .card(method.equals("card") ? apiCard(reply) : null, months(reply.get("payAuthQuota")))
        .account(method.equals("vbank") && unpaid ? apiAccount(reply) : null)
        .memo(memo(mid, paymethod(method)))
        .build();
  }

  private static CardInfo apiCard(Map<String, String> reply) {
    return card(reply.get("cardCode"), reply.get("cardNumber"), reply.get("checkFlg"));
  }

  /** A time that is told in two fields, of which the second may be missing. */
  static Instant at(Map<String, String> reply, String date, String time) {
    return Seoul.at(Form.need(reply, date) + reply.getOrDefault(time, ""));
  }

  static PgKey key(String owner, String billKey, Map<String, String> reply) {
    String code = reply.getOrDefault("CARD_Code", reply.getOrDefault("cardCode", ""));
    String number = reply.getOrDefault("CARD_Num", reply.getOrDefault("cardNumber", ""));
    return new PgKey(new Secret(billKey), owner, card(code, number, reply.get("CARD_CheckFlag")));
  }

  /**
   * INICIS's table of codes is not public, so that its text decides; {@code [inferred]}: check with
   * the PG.
   */
  static Decline decline(String code, String text) {
    return REASONS.ofWords(code, text);
  }

  /** A no, unless its words say that the PG itself is not sure. */
  static <T> Outcome<T> declined(String code, String text) {
    return Reasons.unlessUnsure(decline(code, text));
  }

  static Money amount(Order order, String text) {
    return Money.ofMajor(new BigDecimal(text.strip()), order.amount().currency());
  }

  /** What a later cancel needs: whose contract it was, and INIAPI's word for the method. */
  static Map<String, String> memo(String mid, String paymethod) {
    return Map.of("mid", mid, "paymethod", paymethod);
  }

  /** INIAPI's word for V1's pay_method. */
  static String paymethod(String method) {
    return switch (method) {
      case "trans" -> "Acct";
      case "vbank" -> "Vacct";
      case "phone" -> "HPP";
      case "cultureland" -> "Culture";
      default -> "Card";
    };
  }

  /** V1's pay_method of INICIS's word, which differs by window. */
  private static String method(String word, Order order) {
    return switch (word) {
      case "Card", "VCard", "CARD", "ISP" -> "card";
      case "DirectBank", "BANK" -> "trans";
      case "VBank", "VBANK" -> "vbank";
      case "HPP", "MOBILE" -> "phone";
      default -> order.method();
    };
  }

  private static CardInfo card(
      @Nullable String code, @Nullable String number, @Nullable String check) {
    Integer type = "1".equals(check) ? Integer.valueOf(1) : "0".equals(check) ? 0 : null;
    return Institutions.card(CARDS.get(code == null ? null : code.strip()), null)
        .numbered(number == null || number.isBlank() ? null : number.strip(), type);
  }

  private static Approval.Account pcAccount(Map<String, String> reply) {
    return account(
        Form.need(reply, "VACT_BankCode"),
        Form.get(reply, "vactBankName"),
        Form.need(reply, "VACT_Num"),
        Form.get(reply, "VACT_Name"),
        at(reply, "VACT_Date", "VACT_Time"));
  }

  private static Approval.Account apiAccount(Map<String, String> reply) {
    return account(
        Form.need(reply, "vacctBankCode"),
        null,
        Form.need(reply, "vacct"),
        Form.get(reply, "vacctName"),
        at(reply, "validDate", "validTime"));
  }

  private static Approval.Account mobileAccount(Map<String, String> reply) {
    return account(
        Form.need(reply, "P_VACT_BANK_CODE"),
        Form.get(reply, "P_FN_NM"),
        Form.need(reply, "P_VACT_NUM"),
        Form.get(reply, "P_VACT_NAME"),
        at(reply, "P_VACT_DATE", "P_VACT_TIME"));
  }

  private static Approval.Account account(
      String bank, @Nullable String name, String number, @Nullable String holder, Instant due) {
    String code = Objects.requireNonNullElse(Institutions.bank(bank), bank);
    return Institutions.account(code, name, number, holder, due);
  }

  private static int months(@Nullable String text) {
    String digits = text == null ? "" : text.strip();
    return digits.matches("[0-9]{1,2}") ? Integer.parseInt(digits) : 0;
  }
}
