package dev.naru.pg.nice;

import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of NICE, each as a map of text fields. Whatever is missing or strange throws,
 * which makes the outcome unknown.
 */
final class NiceAnswer {

  /** Of an approval's memo: what was charged, which a reversal has to name. */
  static final String AMOUNT = "amount";

  private static final Reasons REASONS = Reasons.load("nice_v2");
  private static final CodeTable CARDS = CodeTable.load("nice_v2-cards");
  private static final CodeTable RECORDED = CodeTable.load("nice_v2-recorded");
  private static final CodeTable BRANDS = CodeTable.load("nice_v2-brands");

  /** What is approved, by how it is paid. */
  private static final Map<String, String> PAID =
      Map.of("3001", "card", "4000", "trans", "4100", "vbank", "A000", "phone");

  private NiceAnswer() {}

  /** A yes if its code is one of these. */
  static Outcome<Map<String, String>> judged(String body, Set<String> yes) {
    Map<String, String> reply = Tree.flat(Tree.of(body.strip()));
    String code = Form.need(reply, "ResultCode");
    String text = Form.or(reply.get("ResultMsg"), reply.getOrDefault("ErrorMsg", ""));
    return yes.contains(code)
        ? new Ok<>(reply)
        : Reasons.unlessUnsure(REASONS.ofCodeOrWords(code, text));
  }

  static Decline abandoned(String code, @Nullable String text) {
    return REASONS.ofCodeOrWords(code, Form.or(text, NiceWords.say("silent")));
  }

  /** Of a window, a card's data, a key, or an account that was opened. */
  static Approval approval(Order order, Map<String, String> reply) {
    if (!order.id().equals(Form.need(reply, "Moid"))) {
      throw new IllegalArgumentException("an answer about another order");
    }
    String method = PAID.getOrDefault(Form.need(reply, "ResultCode"), "");
    boolean card = method.equals("card");
    Money amount = amount(order, Form.need(reply, "Amt"));
    return told(order, amount, card ? RECORDED.get(order.method(), method) : method, reply)
        .brand(card ? BRANDS.get(order.method()) : null)
        .card(card ? card(reply) : null, card ? months(reply) : 0)
        .account(method.equals("vbank") ? account(order, reply) : null)
        .bank(method.equals("trans") ? Institutions.bank(reply.get("BankCode")) : null)
        .build();
  }

  private static Approval.Builder told(
      Order order, Money amount, String method, Map<String, String> reply) {
    PgRef ref = new PgRef(Form.need(reply, "TID"));
    return Approval.of(ref, amount, at(reply, order.at()), method)
        .applyNum(Form.get(reply, "AuthCode"))
        .memo(Map.of(AMOUNT, Long.toString(amount.minor())));
  }

  /**
   * What the books say of a transaction: whether it stands, and no more. What it was about is what
   * it was asked for with, since its id is that order's alone. {@code [inferred]} That an account
   * stands from its opening on, and a payment of which parts were given back: check with the PG.
   */
  static Optional<PgRecord> record(Order order, String tid, Map<String, String> reply) {
    if (!tid.equals(Form.need(reply, "TID"))) {
      throw new IllegalArgumentException("an answer about another transaction");
    }
    String method = RECORDED.get(order.method(), order.method());
    Approval approval =
        told(order, order.amount(), method, reply).brand(BRANDS.get(order.method())).build();
    return switch (Form.need(reply, "Status")) {
      case "0" ->
          Optional.of(
              method.equals("vbank")
                  ? PgRecord.standing(approval)
                  : PgRecord.paid(approval, order.amount()));
      case "1" -> Optional.of(PgRecord.canceled(approval, Money.zero(Money.KRW)));
      case "9" -> Optional.empty();
      default -> throw new IllegalArgumentException("an unknown status");
    };
  }

  static Instant canceledAt(Map<String, String> reply) {
    return Seoul.at(Form.need(reply, "CancelDate") + reply.getOrDefault("CancelTime", "").strip());
  }

  static PgKey key(String owner, Map<String, String> reply) {
    return new PgKey(new Secret(Form.need(reply, "BID")), owner, card(reply));
  }

  static Receipted receipted(Map<String, String> reply, Instant now) {
    return new Receipted(
        new PgRef(Form.need(reply, "TID")), Form.need(reply, "AuthCode"), at(reply, now), null);
  }

  /**
   * Of NICE's notices that of a deposit alone tells what nobody knows yet. One that cannot be read
   * may tell of money, and so may one about another MID.
   */
  static Notice notice(Map<String, String> fields, String mid) {
    try {
      if (!Form.need(fields, "MID").equals(mid)) {
        return new Notice.Elsewhere(Form.need(fields, "MID"));
      }
      return Form.need(fields, "ResultCode").equals("4110")
          ? new Notice.Deposited(
              Form.need(fields, "MOID"),
              new PgRef(Form.need(fields, "TID")),
              Form.get(fields, "VbankNum"),
              Money.krw(Long.parseLong(Form.need(fields, "Amt"))),
              Seoul.at("20" + Form.need(fields, "AuthDate")),
              Form.get(fields, "VbankInputName"),
              null,
              "OK")
          : new Notice.Ignored("OK");
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      return new Notice.Unreadable(String.valueOf(unreadable.getMessage()));
    }
  }

  /** Amounts come with zeros before them. */
  static Money amount(Order order, String text) {
    return Money.ofMajor(new BigDecimal(text.strip()), order.amount().currency());
  }

  private static Instant at(Map<String, String> reply, Instant otherwise) {
    String told = Form.get(reply, "AuthDate");
    return told == null ? otherwise : Seoul.at("20" + told);
  }

  private static CardInfo card(Map<String, String> reply) {
    String acquirer = CARDS.get(Form.get(reply, "AcquCardCode"));
    String type = Form.or(reply.get("CardCl"), "");
    return Institutions.card(CARDS.get(Form.get(reply, "CardCode")), Form.get(reply, "CardName"))
        .issued()
        .publishedBy(acquirer, Institutions.cardName(acquirer))
        .numbered(Form.get(reply, "CardNo"), type.matches("[01]") ? Integer.valueOf(type) : null);
  }

  private static Approval.Account account(Order order, Map<String, String> reply) {
    return Institutions.account(
        Form.need(reply, "VbankBankCode"),
        Form.get(reply, "VbankBankName"),
        Form.need(reply, "VbankNum"),
        order.buyer().name(),
        Seoul.at(Form.need(reply, "VbankExpDate") + reply.getOrDefault("VbankExpTime", "")));
  }

  private static int months(Map<String, String> reply) {
    return Integer.parseInt(Form.or(reply.get("CardQuota"), "0").strip());
  }
}
