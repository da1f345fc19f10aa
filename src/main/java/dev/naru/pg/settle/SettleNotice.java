package dev.naru.pg.settle;

import dev.naru.connector.Approval;
import dev.naru.connector.Notice;
import dev.naru.connector.PgRef;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Seoul;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

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
      default -> new Notice.Changed(Form.need(fields, "mchtTrdNo"), ACK);
    };
  }

  private static Notice approved(Map<String, String> fields, Approval approval) {
    return new Notice.Approved(Form.need(fields, "mchtTrdNo"), approval, ACK);
  }

  private static Notice deposited(Map<String, String> fields) {
    String orderId = Form.need(fields, "mchtTrdNo");
    return new Notice.Deposited(
        orderId.equals(NO_ORDER) ? null : orderId,
        new PgRef(Form.need(fields, "trdNo")),
        Form.need(fields, "vAcntNo"),
        amount(fields),
        at(fields),
        Form.get(fields, "dpstrNm"),
        null,
        ACK);
  }

  private static Approval issued(Map<String, String> fields) {
    return SettleAnswer.waiting(
        Form.need(fields, "trdNo"),
        amount(fields),
        at(fields),
        SettleAnswer.account(
            Form.need(fields, "bankCd"),
            Form.need(fields, "vAcntNo"),
            fields.getOrDefault("AcntPrintNm", ""),
            Seoul.at(Form.need(fields, "expireDt"))));
  }

  private static Approval paid(Map<String, String> fields) {
    String method = Form.need(fields, "method");
    String card = Form.get(fields, "cardCd");
    return Approval.of(
            new PgRef(Form.need(fields, "trdNo")),
            amount(fields),
            at(fields),
            SettleRequest.payMethod(method))
        .brand(SettleAnswer.brand(card))
        .applyNum(Form.get(fields, "cardApprNo"))
        .card(
            method.equals("CA")
                ? SettleAnswer.card(card, Form.get(fields, "cardNm"), Form.get(fields, "cardNo"))
                : null,
            SettleAnswer.months(Form.get(fields, "instmtMon")))
        .bank(method.equals("RA") ? Form.get(fields, "bankCd") : null)
        .memo(SettleAnswer.memo(method, amount(fields), null))
        .build();
  }

  private static Money amount(Map<String, String> fields) {
    return Money.krw(Long.parseLong(Form.need(fields, "trdAmt")));
  }

  private static Instant at(Map<String, String> fields) {
    return Seoul.at(Form.need(fields, "trdDtm"));
  }
}
