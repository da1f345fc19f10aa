package dev.naru.pg.inicis;

import dev.naru.connector.Approval;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgKey;
import dev.naru.connector.http.PgCall;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.http.PgHttp.Reply;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Tree;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Where the windows of INICIS are approved, and where an approval is undone. */
final class IniCalls {

  private static final Pattern ESCAPED = Pattern.compile("%[0-9A-Fa-f]{2}");

  private static final Set<String> NAMES = Set.of("P_UNAME", "P_MNAME", "P_FN_NM", "P_RMESG1");

  private static final Set<String> HIDDEN =
      Form.names(
          """
          authToken signature verification mKey P_CHKFAKE CARD_BillKey authSignature buyerName
          buyerTel buyerEmail custEmail VACT_Num VACT_Name VACT_InputName HPP_Num P_VACT_NUM
          P_VACT_NAME P_HPP_NUM P_UNAME P_MOBILE P_EMAIL
          """);

  private final Html5Inicis.Config config;
  private final PgHttp http;

  IniCalls(Html5Inicis.Config config, PgHttp http) {
    this.config = config;
    this.http = http;
  }

  Outcome<Approval> pc(Order order, Map<String, String> intent) {
    return callPc(order, config.mid(), "/api/payAuth", intent)
        .read(
            reply -> {
              genuine(order, config.mid(), intent, reply);
              return IniAnswer.ofPc(order, config.mid(), reply);
            });
  }

  Outcome<Approval> mobile(Order order, Map<String, String> intent) {
    return callMobile(order, "/smart/payReq.ini", intent)
        .read(reply -> mobileApproval(order, reply));
  }

  Outcome<PgKey> key(Order order, String mid, String owner, Map<String, String> intent) {
    return callPc(order, mid, "/api/payAuth", intent)
        .read(
            reply -> {
              genuine(order, mid, intent, reply);
              return IniAnswer.key(owner, Form.need(reply, "CARD_BillKey"), reply);
            });
  }

  Outcome<Instant> undoPc(Order order, String mid, Map<String, String> intent) {
    return callPc(order, mid, "/api/netCancel", intent).map(done -> http.now());
  }

  Outcome<Instant> undoMobile(Order order, Map<String, String> intent) {
    return callMobile(order, "/smart/payNetCancel.ini", intent).map(done -> http.now());
  }

  /** INICIS signs what it approved; a wrong signature is as good as no answer. */
  private static void genuine(
      Order order, String mid, Map<String, String> intent, Map<String, String> reply) {
    String oid = Form.need(reply, "MOID");
    String price = Form.need(reply, "TotPrice");
    String signature = IniCrypto.authSignature(mid, Form.need(intent, "stamp"), oid, price);
    if (!oid.equals(order.id()) || !signature.equals(reply.get("authSignature"))) {
      throw new IllegalArgumentException("not the answer about this order");
    }
  }

  private Approval mobileApproval(Order order, Map<String, String> reply) {
    if (!Form.need(reply, "P_OID").equals(order.id())) {
      throw new IllegalArgumentException("an answer about another order");
    }
    return IniAnswer.ofMobile(order, config.mid(), reply);
  }

  /** The PC window's approval and net cancel take the very same fields. */
  private Outcome<Map<String, String>> callPc(
      Order order, String mid, String path, Map<String, String> intent) {
    String token = intent.getOrDefault("authToken", "");
    String stamp = intent.getOrDefault("stamp", "");
    Secret signKey = mid.equals(config.mid()) ? config.signKey() : config.billingSignKey();
    Map<String, String> signed = Map.of("authToken", token, "timestamp", stamp);
    Map<String, String> verified =
        Map.of("authToken", token, "signKey", signKey.reveal(), "timestamp", stamp);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("mid", mid);
    form.put("authToken", token);
    form.put("timestamp", stamp);
    form.put("signature", IniCrypto.signature(signed));
    form.put("verification", IniCrypto.signature(verified));
    form.put("charset", "UTF-8");
    form.put("format", "JSON");
    form.put("price", order.amount().major().toPlainString());
    PgCall call = call(order, "stdpay.", path, intent).form(form, StandardCharsets.UTF_8);
    return send(call, answer -> Tree.flat(Tree.of(answer.text())), "resultCode", "resultMsg");
  }

  private Outcome<Map<String, String>> callMobile(
      Order order, String path, Map<String, String> intent) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("P_MID", config.mid());
    form.put("P_TID", intent.getOrDefault("tid", ""));
    if (path.endsWith("payNetCancel.ini")) {
      String amount = order.amount().major().toPlainString();
      String stamp = String.valueOf(http.now().toEpochMilli());
      form.put("P_AMT", amount);
      form.put("P_OID", order.id());
      form.put("P_TIMESTAMP", stamp);
      form.put("P_CHKFAKE", IniCrypto.checkFake(amount, order.id(), stamp, config.hashKey()));
    }
    PgCall call = call(order, "mobile.", path, intent).form(form, Charset.forName("EUC-KR"));
    return send(call, answer -> pairs(answer.text(Form.KOREAN)), "P_STATUS", "P_RMESG1");
  }

  private PgCall call(Order order, String host, String path, Map<String, String> intent) {
    return http.call(order.id(), "POST", http.at(host + intent.getOrDefault("idc", ""), path))
        .hide(HIDDEN);
  }

  private static Outcome<Map<String, String>> send(
      PgCall call, Function<Reply.Answer, Map<String, String>> parse, String status, String text) {
    return call.ask(
        answer ->
            answer.status() == 200
                ? judged(parse.apply(answer), status, text)
                : new Unknown<>("HTTP " + answer.status()));
  }

  private static Outcome<Map<String, String>> judged(
      Map<String, String> fields, String status, String text) {
    String code = fields.getOrDefault(status, "");
    String said = fields.getOrDefault(text, "");
    if (code.equals("0000") || code.equals("00")) {
      return new Ok<>(fields);
    }
    return isUnsure(code, said)
        ? new Unknown<>("answered " + code + " " + said)
        : IniAnswer.declined(code, said);
  }

  /**
   * A token that was used already says that an earlier call got through. {@code [inferred]} Codes
   * from R300 are the PG's own trouble, as in a sister PG's table: check with the PG.
   */
  private static boolean isUnsure(String code, String text) {
    return code.isEmpty() || code.startsWith("R3") || text.contains("이미");
  }

  /** {@code a=b&c=d}, in which some servers escape the values and some do not. */
  private static Map<String, String> pairs(String body) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : body.strip().split("&")) {
      int equals = pair.indexOf('=');
      // Names of people and shops come cut in the middle of a letter; other fields never do.
      if (pair.indexOf('\uFFFD') >= 0 && !NAMES.contains(pair.substring(0, Math.max(equals, 0)))) {
        throw new IllegalArgumentException("broken bytes");
      }
      if (equals > 0) {
        String value = pair.substring(equals + 1);
        fields.put(
            pair.substring(0, equals),
            ESCAPED.matcher(value).find() ? URLDecoder.decode(value, Form.KOREAN) : value);
      }
    }
    return fields;
  }
}
