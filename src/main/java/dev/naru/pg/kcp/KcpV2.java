package dev.naru.pg.kcp;

import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Identifies.IdentityApp;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.http.PgHttp.Reply;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.OtpOrder.Means;
import dev.naru.connector.identity.OtpSent;
import dev.naru.connector.identity.Person;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Tree;
import java.security.GeneralSecurityException;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * NHN KCP's identity hub ({@code /gw/hub/v1/cert}), which V1 calls {@code kcp_v2}: the server asks
 * for the message and confirms the code; its window is {@link KcpCert}. The hub is known from two
 * independent services that agree on the fields, not from a published manual. {@code [inferred]},
 * to be checked with KCP:
 *
 * <ul>
 *   <li>2100 (real name) comes before 2200 (message); where 2100 says {@code sms_snd_yn} Y, the
 *       message has gone out already.
 *   <li>2500 starts the request to the app, after 2100.
 *   <li>A repeated 2300 or 2600 of a confirmed transaction is answered as the first was.
 *   <li>The refusal codes: KCP publishes none. One that is not in the table is a plain refusal.
 *   <li>{@code adl_agree_yn} N: no further service is consented to.
 * </ul>
 */
public final class KcpV2 implements Connector, IdentityOtp, IdentityApp, IdentityWindow {

  /** KCP's public test site; the key pair is made at the first start of a sandbox. */
  private static final class Sample {
    private static final String SITE = "AO7F3";
    private static final KcpKeys KEYS = KcpKeys.generate(SITE);
    static final Config CONFIG =
        new Config(
            SITE,
            KEYS.certificate(),
            KEYS.privateKey(),
            KEYS.password(),
            new Secret("c2a22fa3ebe4698075bcac6b433d52e351c881b02fb83488d4283a43385b1f8e"),
            "",
            false);
  }

  public static final Pg<Config> PG =
      Pg.of(KcpV2.class, Config.class, KcpV2::new)
          .named("kcp_v2", "NHN KCP 본인확인", "NHN KCP identity")
          .live("hub", "https://spl.kcp.co.kr")
          .live("cert", "https://cert.kcp.co.kr")
          .test("hub", "https://stg-spl.kcp.co.kr")
          .test("cert", "https://testcert.kcp.co.kr")
          .sandbox("hub", "/kcp_v2")
          .sandbox("cert", "/kcp_cert")
          .browserHosts("https://cert.kcp.co.kr", "https://testcert.kcp.co.kr")
          .sample(() -> Sample.CONFIG);

  /**
   * The site code, and the files of KCP's partner console.
   *
   * @param certificate PEM
   * @param privateKey PEM, PKCS#8
   * @param encKey what seals the window's messages; null: the channel has no window
   * @param webSiteId the site's id at KCP, null or empty where there is one site only
   * @param carrierApproved the carriers approved that the shop learns phone, carrier, foreigner
   */
  public record Config(
      String siteCd,
      String certificate,
      Secret privateKey,
      Secret password,
      @Nullable Secret encKey,
      @Nullable String webSiteId,
      boolean carrierApproved) {}

  private static final Reasons REASONS = Reasons.load("kcp_v2");
  private static final String DONE = "0000";

  /** Of the operators on other networks KCP looks these up by a call of its own. */
  private static final Set<String> LOOKED_UP = Set.of("KTM", "LGM");

  private static final Set<String> HIDDEN =
      Form.names(
          """
          phone_no user_name birth_day sex_code local_code otp_no kcp_sign_data kcp_cert_info CI CI_URL
          DI DI_URL
          """);

  private final Config config;
  private final KcpKeys keys;
  private final PgHttp http;
  private final KcpCert window;

  KcpV2(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
    String site = config.webSiteId();
    window = new KcpCert(config.siteCd(), config.encKey(), site == null ? "" : site, http);
    keys = new KcpKeys(config.certificate(), config.privateKey(), config.password());
  }

  @Override
  public Outcome<OtpSent> request(OtpOrder order) {
    String comm = commId(order.person().line());
    ObjectNode person = person(order, comm);
    try {
      person.put("kcp_sign_data", keys.sign(signed(person)));
    } catch (GeneralSecurityException badKey) {
      return Outcome.declined(Reason.BAD_CREDENTIALS, "KCP 개인키를 읽을 수 없습니다. 채널 설정을 확인해 주세요.");
    }
    Outcome<JsonNode> operator =
        LOOKED_UP.contains(comm) ? call(order, "2400", person) : new Ok<>(Tree.object());
    return operator
        .then(known -> realName(order, person, Tree.said(known, "per_cert_no")))
        .then(checked -> asked(order, comm, checked));
  }

  private Outcome<JsonNode> realName(OtpOrder order, ObjectNode person, String perCertNo) {
    ObjectNode fields = person.deepCopy();
    fields.put("media_type", bypass(order, "media_type", "MC01"));
    fields.put("per_cert_no", perCertNo);
    return call(order, "2100", message(order, fields));
  }

  /** Has the message sent, or the app ask. */
  private Outcome<OtpSent> asked(OtpOrder order, String comm, JsonNode checked) {
    String perCertNo = Tree.said(checked, "per_cert_no");
    if (perCertNo.isEmpty()) {
      return new Unknown<>("no per_cert_no");
    }
    ObjectNode fields = Tree.object().put("per_cert_no", perCertNo).put("comm_id", comm);
    Outcome<JsonNode> sent;
    if (order.means() == Means.APP) {
      sent = call(order, "2500", fields);
    } else if (Tree.said(checked, "sms_snd_yn").equals("Y")) {
      sent = new Ok<>(checked);
    } else {
      sent = call(order, "2200", message(order, fields));
    }
    return sent.map(
        answer -> {
          String app = Tree.said(answer, "auth_tx_id");
          return new OtpSent(
              new PgRef(perCertNo),
              Map.of(
                  "comm_id",
                  comm,
                  "auth_tx_id",
                  app.isEmpty() ? Tree.said(checked, "auth_tx_id") : app));
        });
  }

  @Override
  public Outcome<Identity> confirm(OtpOrder order, OtpSent sent, @Nullable Secret code) {
    String comm = sent.memo().getOrDefault("comm_id", "");
    ObjectNode fields = Tree.object().put("per_cert_no", sent.ref().tid()).put("comm_id", comm);
    Outcome<JsonNode> answer;
    if (order.means() == Means.SMS) {
      fields.put("otp_no", code == null ? "" : code.reveal()).put("adl_agree_yn", "N");
      answer = call(order, "2300", fields);
    } else {
      if (comm.equals("SKT") || comm.equals("SKM")) {
        fields.put("auth_tx_id", sent.memo().getOrDefault("auth_tx_id", ""));
      }
      answer = call(order, "2600", fields);
    }
    return answer.then(verified -> identity(order, sent, verified));
  }

  @Override
  public Ends confirmEnds() {
    return Ends.IDEMPOTENT_RETRY;
  }

  @Override
  public Outcome<Opened> open(IdentityOrder order, Visit visit) {
    return window.open(order, visit);
  }

  @Override
  public Returned authenticate(IdentityOrder order, Map<String, String> memo, PgReturn back) {
    return window.authenticate(order, memo, back);
  }

  @Override
  public Outcome<Identity> confirm(IdentityOrder order, Map<String, String> intent) {
    return window.confirm(order, intent, config.carrierApproved());
  }

  /** The hub echoes neither name nor birth: 2100 has checked those of the order. */
  private Outcome<Identity> identity(OtpOrder order, OtpSent sent, JsonNode verified) {
    String ci = Tree.said(verified, "CI");
    String di = Tree.said(verified, "DI");
    return ci.isEmpty()
        ? new Unknown<>("confirmed without a CI")
        : new Ok<>(
            Identity.of(
                sent.ref(),
                order.person(),
                new Secret(ci),
                di.isEmpty() ? null : new Secret(di),
                config.carrierApproved()));
  }

  private ObjectNode person(OtpOrder order, String comm) {
    Person person = order.person();
    return Tree.object()
        .put("ordr_idxx", order.id())
        .put("cert_type", "01")
        .put("phone_no", person.line().phone())
        .put("comm_id", comm)
        .put("user_name", person.name())
        .put("birth_day", DateTimeFormatter.BASIC_ISO_DATE.format(person.birth()))
        .put("local_code", person.foreigner() ? "02" : "01")
        .put("sex_code", person.gender() == Person.Gender.MALE ? "01" : "02")
        .put("web_siteid", bypass(order, "web_siteid", window.webSiteId()));
  }

  private static String signed(ObjectNode person) {
    return String.join(
        "^",
        Tree.said(person, "phone_no"),
        Tree.said(person, "birth_day"),
        Tree.said(person, "user_name"),
        Tree.said(person, "local_code"),
        Tree.said(person, "sex_code"));
  }

  /** KCP puts the code where the zeros are. */
  private static ObjectNode message(OtpOrder order, ObjectNode fields) {
    String usual = "[" + order.company() + "] 본인확인 인증번호 [000000]를 입력해 주세요.";
    return fields
        .put("cp_sms_msg", bypass(order, "cp_sms_msg", usual))
        .put("cp_callback", bypass(order, "cp_callback", ""));
  }

  private static String commId(Person.Line line) {
    return switch (line.carrier()) {
      case SKT -> line.mvno() ? "SKM" : "SKT";
      case KT -> line.mvno() ? "KTM" : "KTF";
      case LGT -> line.mvno() ? "LGM" : "LGT";
    };
  }

  private static String bypass(OtpOrder order, String name, String otherwise) {
    String sent = order.bypass(name);
    return sent == null ? otherwise : sent;
  }

  private Outcome<JsonNode> call(OtpOrder order, String txType, ObjectNode fields) {
    ObjectNode body =
        Tree.object()
            .put("site_cd", config.siteCd())
            .put("kcp_cert_info", keys.oneLine())
            .put("pay_method", "CERT:PERSON")
            .put("kcp_web_yn", "N")
            .put("cust_ip", order.ip())
            .put("tx_type", txType);
    body.setAll(fields);
    return http.call(order.id(), "POST", http.at("hub", "/gw/hub/v1/cert"))
        .hide(HIDDEN)
        .json(body.toString())
        .ask(KcpV2::read);
  }

  /** What is no answer of the hub proves nothing. Its text is kept out: it may name the person. */
  static Outcome<JsonNode> read(Reply.Answer answer) {
    JsonNode json = Tree.of(answer);
    String code = Tree.said(json, "res_cd");
    if (code.isEmpty() || answer.isServerError()) {
      return new Unknown<>("HTTP " + answer.status() + " " + code);
    }
    return code.equals(DONE)
        ? new Ok<>(json)
        : new Declined<>(decline(code, Tree.said(json, "res_msg")));
  }

  static Decline decline(String code, String text) {
    return REASONS.ofCode(code, text);
  }
}
