package dev.naru.pg.settle;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.http.PgHttp;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Sealing;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Calls Hecto's API, and reads whether an answer is a yes, a no, or nothing to rely on. */
final class SettleCalls {

  private static final Reasons REASONS = Reasons.load("settle");
  private static final Pattern WRONG_FIELD = Pattern.compile("1(00[1-9]|01[0-3]|1[0-2][0-9])");

  private static final Set<String> HIDDEN =
      Form.names(
          """
          pktHash cardNo vldDtMon vldDtYear idntNo cardPwd billKey vAcntNo escrPwd refundAcntNo
          refundDpstrNm dpstrNm rcptNm sellerNm AcntPrintNm cphoneNo mchtCustNm ordNm email phoneNo
          """);

  private final Settle.Config config;
  private final PgHttp http;

  /**
   * What every request says of itself.
   *
   * @param path below the API's root
   * @param version of the message
   * @param method Hecto's word for the means of payment, empty where it stands elsewhere
   * @param type the operation, empty where the path says it
   * @param tradeNo mchtTrdNo, unique to the request unless it asks about an earlier one
   * @param amount as it is hashed: digits, 0 where no amount is told
   */
  record Head(
      String path,
      String version,
      String method,
      String type,
      String tradeNo,
      Instant at,
      String amount) {

    static Head of(String path, String methodAndType, String tradeNo, Instant at, String amount) {
      String[] both = methodAndType.split("/", 2);
      return new Head(path, "0A19", both[0], both[1], tradeNo, at, amount);
    }
  }

  SettleCalls(Settle.Config config, PgHttp http) {
    this.config = config;
    this.http = http;
  }

  Instant now() {
    return http.now();
  }

  String encrypt(String text) {
    return Sealing.ecb(config.encryptionKey()).seal(text);
  }

  /** A request whose answer is a yes or a no. */
  Outcome<SettleReply> post(Head head, String about, ObjectNode data) {
    return ask(head, about, data)
        .then(
            reply ->
                switch (reply.status()) {
                  case "0021", "0051" -> new Ok<>(reply);
                  case "0031" -> declined(reply.code(), reply.text());
                  default -> new Unknown<>("outStatCd " + reply.status());
                });
  }

  /** Any readable, genuine answer. */
  Outcome<SettleReply> ask(Head head, String about, ObjectNode data) {
    String stamp = Seoul.stamp(head.at());
    Secret key = config.licenceKey();
    String hash = SettleCrypto.hash(key, stamp, config.mid(), head.tradeNo(), head.amount());
    ObjectNode body = Tree.object();
    ObjectNode params =
        body.putObject("params")
            .put("mchtId", config.mid())
            .put("ver", head.version())
            .put("encCd", "23")
            .put("mchtTrdNo", head.tradeNo())
            .put("trdDt", stamp.substring(0, 8))
            .put("trdTm", stamp.substring(8))
            .put("mobileYn", "N")
            .put("osType", "W");
    if (!head.method().isEmpty()) {
      params.put("method", head.method()).put("bizType", head.type());
    }
    body.set("data", data.put("pktHash", hash));
    return http.call(about, "POST", http.at("api", head.path()))
        .hide(HIDDEN)
        .json(body.toString())
        .ask(
            answer ->
                answer.status() == 200
                    ? genuine(head, hash, SettleReply.read(answer.text(), config.encryptionKey()))
                    : new Unknown<>("HTTP " + answer.status()));
  }

  /** Hecto repeats our hash, or hashes its own answer; one that does neither proves nothing. */
  private Outcome<SettleReply> genuine(Head head, String asked, SettleReply reply) {
    Map<String, String> params = reply.params();
    String given = reply.data().getOrDefault("pktHash", "");
    String own =
        SettleCrypto.hash(
            config.licenceKey(),
            reply.status(),
            params.getOrDefault("trdDt", ""),
            params.getOrDefault("trdTm", ""),
            config.mid(),
            head.tradeNo(),
            head.amount());
    boolean hashed =
        given.isEmpty() || SettleCrypto.isSame(asked, given) || SettleCrypto.isSame(own, given);
    boolean about = params.getOrDefault("mchtTrdNo", head.tradeNo()).equals(head.tradeNo());
    return hashed && about ? new Ok<>(reply) : new Unknown<>("not the answer to this request");
  }

  /** A no, unless the code says that the PG itself is not sure. */
  static <T> Outcome<T> declined(String code, String text) {
    return Reasons.unlessUnsure(decline(code, text));
  }

  /**
   * By code, else by the words of the text. {@code [inferred]} Few of the codes of card companies
   * are published: check with the PG.
   */
  static Decline decline(String code, String text) {
    Decline no = REASONS.ofCodeOrWords(code, text);
    return no.reason() == Reason.UNLISTED && WRONG_FIELD.matcher(code).matches()
        ? new Decline(Reason.BAD_REQUEST, code, text)
        : no;
  }
}
