package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.Notice;
import dev.naru.connector.PgRef;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Hecto posts by itself: forms in EUC-KR whose hash only the two of us can make. An
 * issued account is told by 0051, its deposit and every other charge by 0021. Anything but OK in
 * return makes it post again.
 */
final class SettleNotice {

  private static final String ACK = "OK";

  /** In place of our order id: the deposit is one of many into the same account. */
  private static final String NO_ORDER = "0000000";

  private SettleNotice() {}

  static Notice read(Map<String, String> fields, String mid, Secret key) {
    String owner = fields.getOrDefault("mchtId", "");
    if (!owner.isEmpty() && !owner.equals(mid)) {
      // Hashed with the key of that contract, which we need not have.
      return new Notice.Elsewhere(owner);
    }
    String expected =
        SettleCrypto.hash(
            key,
            fields.getOrDefault("outStatCd", ""),
            fields.getOrDefault("trdDtm", ""),
            fields.getOrDefault("mchtId", ""),
            fields.getOrDefault("mchtTrdNo", ""),
            fields.getOrDefault("trdAmt", ""));
    if (!SettleCrypto.isSame(expected, fields.getOrDefault("pktHash", "")) || owner.isEmpty()) {
      return new Notice.Forged("wrong pktHash");
    }
    try {
      return genuine(fields);
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      return new Notice.Unreadable(String.valueOf(unreadable.getMessage()));
    }
  }

  private static Notice genuine(Map<String, String> fields) {
    String type = fields.getOrDefault("bizType", "");
    boolean account = "VA".equals(fields.get("method"));
    if (type.startsWith("C") || type.equals("A2")) {
      // What we cancelled ourselves, or closed.
      return new Notice.Ignored(ACK);
    }
    return switch (fields.getOrDefault("outStatCd", "")) {
      case "0051" -> approved(fields, issued(fields));
      case "0021" -> account ? deposited(fields) : approved(fields, paid(fields));
      default -> new Notice.Changed(need(fields, "mchtTrdNo"), ACK);
    };
  }

  private static Notice approved(Map<String, String> fields, Approval approval) {
    return new Notice.Approved(need(fields, "mchtTrdNo"), approval, ACK);
  }

  private static Notice deposited(Map<String, String> fields) {
    String orderId = need(fields, "mchtTrdNo");
    return new Notice.Deposited(
        orderId.equals(NO_ORDER) ? null : orderId,
        new PgRef(need(fields, "trdNo")),
        need(fields, "vAcntNo"),
        amount(fields),
        at(fields),
        get(fields, "dpstrNm"),
        null,
        ACK);
  }

  private static Approval issued(Map<String, String> fields) {
    return SettleAnswer.waiting(
        need(fields, "trdNo"),
        amount(fields),
        at(fields),
        SettleAnswer.account(
            need(fields, "bankCd"),
            need(fields, "vAcntNo"),
            fields.getOrDefault("AcntPrintNm", ""),
            Seoul.at(need(fields, "expireDt"))));
  }

  private static Approval paid(Map<String, String> fields) {
    String method = need(fields, "method");
    String card = get(fields, "cardCd");
    return new Approval(
        new PgRef(need(fields, "trdNo")),
        amount(fields),
        at(fields),
        SettleRequest.payMethod(method),
        SettleAnswer.brand(card),
        get(fields, "cardApprNo"),
        method.equals("CA")
            ? SettleAnswer.card(card, get(fields, "cardNm"), get(fields, "cardNo"))
            : null,
        SettleAnswer.months(get(fields, "instmtMon")),
        null,
        method.equals("RA") ? get(fields, "bankCd") : null,
        null,
        SettleAnswer.memo(method, amount(fields), null));
  }

  private static Money amount(Map<String, String> fields) {
    return Money.krw(Long.parseLong(need(fields, "trdAmt")));
  }

  private static Instant at(Map<String, String> fields) {
    return Seoul.at(need(fields, "trdDtm"));
  }

  private static String need(Map<String, String> fields, String name) {
    return SettleReply.need(fields, name);
  }

  private static @Nullable String get(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }
}
