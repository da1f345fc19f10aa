package dev.naru.pg.inicis;

import dev.naru.connector.Notice;
import dev.naru.connector.PgRef;
import dev.naru.kernel.Money;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Seoul;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what INICIS posts by itself; anything but OK in return makes it post it again. */
final class IniNotice {

  private static final String ACK = "OK";
  private static final Pattern ACCOUNT = Pattern.compile("P_VACCT_NO=([0-9]+)");

  private IniNotice() {}

  /** One that cannot be read may tell of money, and so may one about another MID. */
  static Notice read(Map<String, String> fields, Set<String> mids) {
    boolean mobile = fields.containsKey("P_STATUS");
    String mid = fields.getOrDefault(mobile ? "P_MID" : "id_merchant", "").strip();
    if (mid.isEmpty()) {
      return new Notice.Unreadable("it names no MID");
    }
    if (!mids.contains(mid)) {
      return new Notice.Elsewhere(mid);
    }
    try {
      return mobile ? mobile(fields) : pc(fields);
    } catch (IllegalArgumentException | java.time.DateTimeException unreadable) {
      return new Notice.Unreadable(String.valueOf(unreadable.getMessage()));
    }
  }

  private static Notice pc(Map<String, String> fields) {
    String orderId = Form.need(fields, "no_oid");
    String account = Form.need(fields, "no_vacct");
    return switch (fields.getOrDefault("type_msg", "")) {
      case "0200" ->
          new Notice.Deposited(
              orderId,
              new PgRef(Form.need(fields, "no_tid")),
              account,
              Money.krw(Long.parseLong(Form.need(fields, "amt_input"))),
              Seoul.at(Form.need(fields, "dt_trans") + fields.getOrDefault("tm_trans", "")),
              fields.get("nm_input"),
              null,
              ACK);
      case "0400" -> new Notice.DepositReversed(orderId, account, null, ACK);
      default -> new Notice.Ignored(ACK);
    };
  }

  /**
   * Also tells of what the window charged by itself: bank and ISP payments, whose buyer may never
   * come back. {@code [inferred]} That such a charge stands in the Inquiry by then, and that a
   * P_TYPE other than VBANK under P_STATUS 00 is always a charge: check with the PG.
   */
  private static Notice mobile(Map<String, String> fields) {
    String orderId = Form.need(fields, "P_OID");
    boolean issued = "VBANK".equals(fields.get("P_TYPE"));
    return switch (fields.getOrDefault("P_STATUS", "")) {
      case "02" ->
          new Notice.Deposited(
              orderId,
              new PgRef(Form.need(fields, "P_TID")),
              account(fields),
              Money.krw(Long.parseLong(Form.need(fields, "P_AMT"))),
              Seoul.at(Form.need(fields, "P_AUTH_DT")),
              fields.get("P_UNAME"),
              null,
              ACK);
      case "00" -> issued ? new Notice.Ignored(ACK) : new Notice.Charged(orderId, ACK);
      default -> new Notice.Ignored(ACK);
    };
  }

  /** {@code [inferred]} Some deposits name their account in the message: check with the PG. */
  private static @Nullable String account(Map<String, String> fields) {
    Matcher found = ACCOUNT.matcher(fields.getOrDefault("P_RMESG1", ""));
    return found.find() ? found.group(1) : null;
  }
}
