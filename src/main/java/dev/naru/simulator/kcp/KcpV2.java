package dev.naru.simulator.kcp;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.people.NoCodes;
import dev.naru.simulator.kit.people.Verification;
import dev.naru.simulator.kit.people.Verification.Somebody;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.people.Verifications.Asked;
import dev.naru.simulator.kit.people.Verifications.No;
import dev.naru.simulator.kit.people.Verifications.Wording;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * KCP's identity hub: {@code POST /gw/hub/v1/cert}, of which {@code tx_type} says what is wanted.
 * KCP publishes no refusal codes: those here are ours.
 */
final class KcpV2 {

  private static final NoCodes CODES = NoCodes.of("kcp/identity-codes.csv");

  private static final Set<String> OPERATORS = Set.of("SKT", "KTF", "LGT", "SKM", "KTM", "LGM");
  private static final Set<String> LOOKED_UP = Set.of("KTM", "LGM");
  private static final Map<String, Pattern> PERSON =
      Map.of(
          "ordr_idxx", Pattern.compile("[A-Za-z0-9]{1,40}"),
          "cert_type", Pattern.compile("01"),
          "phone_no", Pattern.compile("01[016789]\\d{7,8}"),
          "user_name", Pattern.compile("(?=.*\\S).{1,50}"),
          "birth_day", Pattern.compile("(19|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])"),
          "local_code", Pattern.compile("0[12]"),
          "sex_code", Pattern.compile("0[12]"));

  private final Verifications verifications;
  private final Contracts contracts;

  /** Phones by the numbers that the operator look-up gave. */
  private final Map<String, String> lookedUp = new ConcurrentHashMap<>();

  KcpV2(Verifications verifications, Contracts contracts) {
    this.verifications = verifications;
    this.contracts = contracts;
  }

  Answer handle(Call call) {
    if (!call.is("POST", "/gw/hub/v1/cert")) {
      return Answer.Reply.notFound();
    }
    JsonNode body = call.json();
    String site = text(body, "site_cd");
    String sent = text(body, "kcp_cert_info");
    KcpCertificate certificate = KcpCertificate.of(sent);
    String told = contracts.of(site).getOrDefault("certificate", "").replaceAll("\\R", "");
    if (certificate == null || !(certificate.isOf(site) || sent.equals(told))) {
      return no(No.BAD_CREDENTIALS);
    }
    boolean common =
        text(body, "pay_method").equals("CERT:PERSON")
            && text(body, "kcp_web_yn").equals("N")
            && !text(body, "cust_ip").isEmpty()
            && OPERATORS.contains(text(body, "comm_id"));
    if (!common) {
      return no(No.BAD_REQUEST);
    }
    return switch (text(body, "tx_type")) {
      case "2400" -> person(body, certificate, () -> operator(body));
      case "2100" -> person(body, certificate, () -> realName(site, body));
      case "2200", "2300", "2500", "2600" -> known(site, body);
      default -> no(No.BAD_REQUEST);
    };
  }

  private interface Then {
    Answer answer();
  }

  /** The fields of a person, and the signature over them. */
  private Answer person(JsonNode body, KcpCertificate certificate, Then then) {
    for (Map.Entry<String, Pattern> field : PERSON.entrySet()) {
      if (!field.getValue().matcher(text(body, field.getKey())).matches()) {
        return no(No.BAD_REQUEST);
      }
    }
    String fields =
        List.of("phone_no", "birth_day", "user_name", "local_code", "sex_code").stream()
            .map(field -> text(body, field))
            .collect(Collectors.joining("^"));
    String given = text(body, "kcp_sign_data");
    return certificate.signed(fields, given) ? then.answer() : no(No.BAD_SIGNATURE);
  }

  private Answer operator(JsonNode body) {
    if (!LOOKED_UP.contains(text(body, "comm_id"))) {
      return no(No.BAD_REQUEST);
    }
    String number = Numbers.digits(14);
    lookedUp.put(number, text(body, "phone_no"));
    Map<String, Object> reply = reply("0000", "정상처리");
    reply.put("per_cert_no", number);
    reply.put("mvno_name", text(body, "comm_id").equals("KTM") ? "나루모바일" : "나루텔레콤");
    reply.put("phone_no", text(body, "phone_no"));
    reply.put("comm_id", text(body, "comm_id"));
    return Answer.Reply.json(200, reply);
  }

  private Answer realName(String site, JsonNode body) {
    String phone = text(body, "phone_no");
    String number = text(body, "per_cert_no");
    boolean operatorKnown =
        LOOKED_UP.contains(text(body, "comm_id"))
            ? phone.equals(lookedUp.get(number))
            : number.isEmpty();
    if (!operatorKnown
        || !text(body, "media_type").matches("MC0[12]")
        || !text(body, "cp_sms_msg").contains("[000000]")) {
      return no(No.BAD_REQUEST);
    }
    Somebody who =
        new Somebody(
            text(body, "user_name"),
            text(body, "birth_day"),
            text(body, "sex_code").equals("01") ? "male" : "female",
            text(body, "local_code").equals("01") ? "domestic" : "foreign");
    return verifications.check(new Asked(site, text(body, "ordr_idxx"), phone, who), wording(body));
  }

  private Answer known(String site, JsonNode body) {
    String tid = text(body, "per_cert_no");
    Wording wording = wording(body);
    if (verifications.of(site, tid).isEmpty()) {
      return no(No.UNKNOWN);
    }
    return switch (text(body, "tx_type")) {
      case "2200" ->
          text(body, "cp_sms_msg").contains("[000000]")
              ? verifications.send(tid, text(body, "cp_sms_msg"), wording)
              : no(No.BAD_REQUEST);
      case "2500" -> verifications.ask(tid, "본인인증 요청이 도착했습니다. 앱에서 승인해 주세요.", wording);
      case "2300" -> verifications.confirm(tid, text(body, "otp_no"), wording);
      default -> {
        boolean sk = text(body, "comm_id").startsWith("SK");
        yield sk && !text(body, "auth_tx_id").equals(authTxId(tid))
            ? no(No.BAD_REQUEST)
            : verifications.confirm(tid, "", wording);
      }
    };
  }

  private static Answer.Reply no(No why) {
    return Answer.Reply.json(200, reply(CODES.of(why).code(), CODES.of(why).text()));
  }

  /**
   * How KCP words it.
   *
   * @param comm the operator's code, which every reply repeats
   */
  private record Told(String comm) {

    Wording wording() {
      return new Wording(KcpV2::no, this::asked, this::certified);
    }

    private Answer.Reply asked(Verification verification) {
      Map<String, Object> reply = done(verification);
      reply.put("order_id", verification.order());
      reply.put("iden_only_yn", "N");
      reply.put("safe_guard_yn", "N");
      reply.put("usim_otp_yn", "N");
      reply.put("sms_snd_yn", verification.course().code().isEmpty() ? "N" : "Y");
      reply.put("auth_tx_id", authTxId(verification.tid()));
      return Answer.Reply.json(200, reply);
    }

    private Answer.Reply certified(Verification verification) {
      Map<String, Object> reply = done(verification);
      reply.put("CI", verification.keys().ci());
      reply.put("CI_URL", escaped(verification.keys().ci()));
      reply.put("DI", verification.keys().di());
      reply.put("DI_URL", escaped(verification.keys().di()));
      return Answer.Reply.json(200, reply);
    }

    private Map<String, Object> done(Verification verification) {
      Map<String, Object> reply = reply("0000", "정상처리");
      reply.put("per_cert_no", verification.tid());
      reply.put("phone_no", verification.phone());
      reply.put("comm_id", comm);
      return reply;
    }
  }

  private static Map<String, Object> reply(String code, String text) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("res_cd", code);
    reply.put("res_msg", text);
    return reply;
  }

  private static Wording wording(JsonNode body) {
    return new Told(text(body, "comm_id")).wording();
  }

  private static String authTxId(String tid) {
    return Digests.sha256(tid).substring(0, 20);
  }

  private static String escaped(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8);
  }
}
