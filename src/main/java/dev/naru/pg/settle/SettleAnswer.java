package dev.naru.pg.settle;

import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Seoul;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Hecto's answers. Whatever is missing or strange throws, which makes the outcome unknown.
 */
final class SettleAnswer {

  private static final CodeTable CARDS = CodeTable.load("settle-cards");

  /** Hecto's ids of easy pays, which stand where a card company's would. */
  private static final Map<String, String> BRANDS = Map.of("SSP", "samsung");

  private SettleAnswer() {}

  /** Of a charge by card number or by key. */
  static Approval ofCharge(Order order, SettleReply reply) {
    Money amount = or(reply.money("trdAmt"), order.amount());
    return Approval.of(new PgRef(reply.tid()), amount, reply.at(), "card")
        .applyNum(reply.get("apprNo"))
        .card(card(reply), months(reply.get("instmtMon")))
        .memo(memo("CA", amount, null))
        .build();
  }

  /** Of an account that waits for its deposit. */
  static Approval ofAccount(Order order, SettleReply reply, @Nullable String holder) {
    Approval.Account account =
        account(
            reply.need("bankCd"),
            reply.open("vAcntNo"),
            Form.or(reply.get("dpstrNm"), Form.or(holder, "")),
            Seoul.at(reply.need("expireDate")));
    Money amount = or(reply.money("trdAmt"), order.amount());
    return waiting(reply.tid(), amount, reply.at(), account);
  }

  static Approval waiting(String tid, Money amount, Instant at, Approval.Account account) {
    return Approval.of(new PgRef(tid), amount, at, "vbank")
        .account(account)
        .memo(memo("VA", amount, account.number()))
        .build();
  }

  static Approval.Account account(String bank, String number, String holder, Instant due) {
    return Institutions.account(bank, null, number, holder.isEmpty() ? null : holder, due);
  }

  /**
   * Of an inquiry. {@code [inferred]} Published are its three result codes and cnclAmt alone; that
   * it repeats what the approval said, tells a waiting account by 0051 and one nobody paid into in
   * time by 0009: check with the PG.
   */
  static PgRecord record(Order order, SettleReply reply) {
    return switch (reply.code()) {
      case "0000" -> reply.status().equals("0051") ? waiting(order, reply) : paid(order, reply);
      case "0001" -> paid(order, reply);
      case "0009" -> PgRecord.dead(order);
      default -> throw new IllegalArgumentException("outRsltCd " + reply.code());
    };
  }

  /** The account's number is told by the notice of its issue, if not here. */
  private static PgRecord waiting(Order order, SettleReply reply) {
    return reply.get("vAcntNo") == null
        ? PgRecord.running(order)
        : PgRecord.waiting(ofAccount(order, reply, null));
  }

  private static PgRecord paid(Order order, SettleReply reply) {
    Money amount = or(reply.money("trdAmt"), order.amount());
    Money none = Money.zero(amount.currency());
    boolean whole = reply.code().equals("0001");
    Money canceled = or(reply.money("cnclAmt"), whole ? amount : none);
    String method = SettleRequest.method(order.method());
    Approval approval =
        Approval.of(new PgRef(reply.tid()), amount, reply.at(), SettleRequest.payMethod(method))
            .brand(BRANDS.get(reply.data().getOrDefault("issrId", "")))
            .applyNum(reply.get("apprNo"))
            .card(
                order.method().equals("card") ? card(reply) : null, months(reply.get("instmtMon")))
            .bank(order.method().equals("trans") ? reply.get("bankCd") : null)
            .memo(memo(method, amount, null))
            .build();
    return canceled.isZero()
        ? PgRecord.paid(approval, amount)
        : PgRecord.canceled(approval, amount.minus(canceled));
  }

  static PgKey key(String owner, SettleReply reply) {
    return new PgKey(new Secret(reply.need("billKey")), owner, card(reply));
  }

  private static @Nullable CardInfo card(SettleReply reply) {
    return card(reply.get("issrId"), reply.get("cardNm"), reply.get("cardNo"));
  }

  /** An id that is not in the table leaves the name the PG gave. */
  static @Nullable CardInfo card(
      @Nullable String id, @Nullable String name, @Nullable String masked) {
    String code = CARDS.get(id);
    return id == null && name == null && masked == null
        ? null
        : Institutions.card(code, code == null ? name : Form.or(name, ""))
            .issued()
            .numbered(masked, null);
  }

  /** Hecto's id of V1's card company, null if it has none. */
  static @Nullable String company(@Nullable String v1) {
    return CARDS.codeOf(v1);
  }

  static @Nullable String brand(@Nullable String id) {
    return id == null ? null : BRANDS.get(id);
  }

  static int months(@Nullable String months) {
    return months != null && months.matches("[0-9]{1,2}") ? Integer.parseInt(months) : 0;
  }

  /**
   * What a later cancel needs: Hecto's word for the method, what was charged, and the account if it
   * may have to be closed.
   */
  static Map<String, String> memo(String method, Money amount, @Nullable String account) {
    return account == null
        ? Map.of("method", method, "amount", SettleRequest.digits(amount))
        : Map.of("method", method, "amount", SettleRequest.digits(amount), "account", account);
  }

  private static Money or(@Nullable Money told, Money otherwise) {
    return told == null ? otherwise : told;
  }
}
