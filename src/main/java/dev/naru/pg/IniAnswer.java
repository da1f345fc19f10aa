package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRef;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads the answers of INICIS, each as a map of text fields. Whatever is missing or strange throws,
 * which {@link #readable} turns into an unknown outcome.
 */
final class IniAnswer {

  private static final CodeTable CARDS = CodeTable.load("html5_inicis-cards");
  private static final String MAYBE = "UNKNOWN";
  private static final CodeTable WORDS = CodeTable.load("html5_inicis-declines");

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
    String method = method(need(reply, "payMethod"), order);
    return new Approval(
        new PgRef(need(reply, "tid")),
        amount(order, need(reply, "TotPrice")),
        Seoul.at(need(reply, "applDate") + reply.getOrDefault("applTime", "")),
        method,
        BRANDS.get(reply.getOrDefault("CARD_SrcCode", "").strip()),
        blankToNull(reply.get("applNum")),
        method.equals("card")
            ? card(reply.get("CARD_Code"), reply.get("CARD_Num"), reply.get("CARD_CheckFlag"))
            : null,
        months(reply.get("CARD_Quota")),
        method.equals("vbank") ? pcAccount(reply) : null,
        bank(reply.get("ACCT_BankCode")),
        null,
        memo(mid, paymethod(method)));
  }

  /** Of the mobile window's approval. */
  static Approval ofMobile(Order order, String mid, Map<String, String> reply) {
    String method = method(need(reply, "P_TYPE"), order);
    return new Approval(
        new PgRef(need(reply, "P_TID")),
        amount(order, need(reply, "P_AMT")),
        Seoul.at(need(reply, "P_AUTH_DT")),
        method,
        BRANDS.get(reply.getOrDefault("P_SRC_CODE", "").strip()),
        blankToNull(reply.get("P_AUTH_NO")),
        method.equals("card")
            ? card(reply.get("P_FN_CD1"), reply.get("P_CARD_NUM"), reply.get("P_CARD_CHECKFLAG"))
            : null,
        months(reply.get("P_RMESG2")),
        method.equals("vbank") ? mobileAccount(reply) : null,
        method.equals("trans") ? bank(reply.get("P_FN_CD1")) : null,
        null,
        memo(mid, paymethod(method)));
  }

  /** Of a billing key's charge by INIAPI. */
  static Approval ofBilling(Order order, String mid, Map<String, String> reply) {
    return new Approval(
        new PgRef(need(reply, "tid")),
        amount(order, reply.getOrDefault("price", order.amount().major().toPlainString())),
        Seoul.at(need(reply, "payDate") + reply.getOrDefault("payTime", "")),
        "card",
        null,
        blankToNull(reply.get("payAuthCode")),
        card(reply.get("cardCode"), reply.get("cardNumber"), reply.get("checkFlg")),
        months(reply.get("payAuthQuota")),
        null,
        null,
        null,
        memo(mid, "Card"));
  }

  /** Of an account opened by INIAPI. */
  static Approval ofAccount(Order order, String mid, Map<String, String> reply) {
    return new Approval(
        new PgRef(need(reply, "tid")),
        amount(order, reply.getOrDefault("price", order.amount().major().toPlainString())),
        Seoul.at(need(reply, "authDate") + reply.getOrDefault("authTime", "")),
        "vbank",
        null,
        null,
        null,
        0,
        apiAccount(reply),
        null,
        null,
        memo(mid, "Vacct"));
  }

  /** Of an Inquiry; {@code [inferred]}, as the names of its fields are. */
  static Approval ofInquiry(Order order, String mid, Map<String, String> reply) {
    String method = method(need(reply, "payMethod"), order);
    String paid = reply.getOrDefault("payDate", "");
    boolean waiting = method.equals("vbank") && paid.isBlank();
    return new Approval(
        new PgRef(need(reply, "tid")),
        amount(order, need(reply, "price")),
        paid.isBlank() ? order.at() : Seoul.at(paid + reply.getOrDefault("payTime", "")),
        method,
        null,
        blankToNull(reply.get("payAuthCode")),
        method.equals("card")
            ? card(reply.get("cardCode"), reply.get("cardNumber"), reply.get("checkFlg"))
            : null,
        months(reply.get("payAuthQuota")),
        waiting ? apiAccount(reply) : null,
        null,
        null,
        memo(mid, paymethod(method)));
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
    return new Decline(
        WORDS.rows().entrySet().stream()
            .filter(word -> text.contains(word.getKey()))
            .map(word -> word.getValue().equals(MAYBE) ? "PG_ERROR" : word.getValue())
            .map(Reason::valueOf)
            .findFirst()
            .orElse(Reason.UNLISTED),
        code,
        text);
  }

  /** A no, unless its words say that the PG itself is not sure. */
  static <T> Outcome<T> declined(String code, String text) {
    Decline no = decline(code, text);
    return no.reason() == Reason.PG_ERROR
        ? new Outcome.Unknown<>("answered " + no.message())
        : new Outcome.Declined<>(no);
  }

  static <T> Outcome<T> notSent(String why) {
    return new Outcome.Declined<>(Decline.of(Reason.UNREACHABLE, "PG에 연결하지 못했습니다: " + why));
  }

  /** What cannot be read proves nothing, whatever is wrong with it. */
  static <T> Outcome<T> readable(Supplier<T> reading) {
    try {
      return new Outcome.Ok<>(reading.get());
    } catch (JacksonException | IllegalArgumentException | DateTimeException unreadable) {
      return new Outcome.Unknown<>("unreadable answer: " + unreadable.getMessage());
    }
  }

  static String need(Map<String, String> reply, String field) {
    String value = reply.getOrDefault(field, "").strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException("no " + field);
    }
    return value;
  }

  static Money amount(Order order, String text) {
    return Money.ofMajor(new BigDecimal(text.strip()), order.amount().currency());
  }

  /** INICIS's bank code: two digits where V1 has three. */
  static String bankOf(String v1) {
    return v1.length() == 3 && v1.startsWith("0") ? v1.substring(1) : v1;
  }

  static @Nullable String bank(@Nullable String code) {
    String stripped = code == null ? "" : code.strip();
    return stripped.isEmpty() ? null : stripped.length() == 2 ? "0" + stripped : stripped;
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
    String v1 = CARDS.get(code == null ? null : code.strip());
    Integer type = "1".equals(check) ? Integer.valueOf(1) : "0".equals(check) ? 0 : null;
    return new CardInfo(
        v1, CodeTable.CARDS.get(v1), null, null, null, null, blankToNull(number), type);
  }

  private static Approval.Account pcAccount(Map<String, String> reply) {
    return account(
        need(reply, "VACT_BankCode"),
        blankToNull(reply.get("vactBankName")),
        need(reply, "VACT_Num"),
        reply.get("VACT_Name"),
        Seoul.at(need(reply, "VACT_Date") + reply.getOrDefault("VACT_Time", "")));
  }

  private static Approval.Account apiAccount(Map<String, String> reply) {
    return account(
        need(reply, "vacctBankCode"),
        null,
        need(reply, "vacct"),
        reply.get("vacctName"),
        Seoul.at(need(reply, "validDate") + reply.getOrDefault("validTime", "")));
  }

  private static Approval.Account mobileAccount(Map<String, String> reply) {
    return account(
        need(reply, "P_VACT_BANK_CODE"),
        blankToNull(reply.get("P_FN_NM")),
        need(reply, "P_VACT_NUM"),
        reply.get("P_VACT_NAME"),
        Seoul.at(need(reply, "P_VACT_DATE") + reply.getOrDefault("P_VACT_TIME", "")));
  }

  private static Approval.Account account(
      String bank, @Nullable String name, String number, @Nullable String holder, Instant due) {
    String code = bank(bank);
    String standard = code == null ? bank : code;
    return new Approval.Account(
        standard,
        name == null ? CodeTable.BANKS.get(standard, "") : name,
        number,
        blankToNull(holder),
        due);
  }

  private static int months(@Nullable String text) {
    String digits = text == null ? "" : text.strip();
    return digits.matches("[0-9]{1,2}") ? Integer.parseInt(digits) : 0;
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
