package dev.naru.pg.kcp;

import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityWindow.Opened;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.Person;
import dev.naru.connector.identity.Person.Gender;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Tree;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The window of KCP's identity verification, version 2: certDataReg, the form to the address it
 * names, getCertData. {@code [inferred]}, to be checked with KCP: that the return is in UTF-8, that
 * getCertData may be asked again, and the refusal codes.
 *
 * @param encKey null where the channel has none yet
 */
record KcpCert(String siteCd, @Nullable Secret encKey, String webSiteId, PgHttp http) {

  private static final String DONE = "0000";
  private static final String CONTENT = "reg_cert_key";

  private static final Set<String> HIDDEN = Set.of("enc_cert_data", CONTENT, "rv");

  Outcome<Opened> open(IdentityOrder order, Visit visit) {
    if (encKey == null || encKey.reveal().isBlank()) {
      return Outcome.declined(Reason.BAD_CREDENTIALS, "채널 설정에 KCP 본인확인 인증키(enc_key)가 없습니다.");
    }
    String request =
        Tree.object()
            .put("site_cd", siteCd)
            .put("ordr_idxx", order.id())
            .put("Ret_URL", visit.back().toString())
            .put("web_siteid", webSiteId)
            .put("param_opt_1", "")
            .put("param_opt_2", "")
            .put("param_opt_3", "")
            .toString();
    try {
      KcpCipher cipher = KcpCipher.fresh(encKey, siteCd);
      Secret sealed = new Secret(cipher.seal(request));
      return http.call(order.id(), "POST", http.at("cert", "/api/reg/certDataReg.do"))
          .header("site_cd", siteCd)
          .header("rv", cipher.rv())
          .hide(HIDDEN)
          .conceal(sealed)
          .json(sealed.reveal())
          .ask(KcpV2::read)
          .then(this::window);
    } catch (GeneralSecurityException badKey) {
      return Outcome.declined(Reason.BAD_CREDENTIALS, "KCP 본인확인 인증키를 사용할 수 없습니다. 채널 설정을 확인해 주세요.");
    }
  }

  /** The address is KCP's own: the browser is sent nowhere else. */
  private Outcome<Opened> window(JsonNode answer) {
    String key = Tree.said(answer, CONTENT);
    String address = Tree.said(answer, "call_url");
    if (key.isEmpty() || !address.startsWith(http.at("cert", "/").toString())) {
      return new Unknown<>("no reg_cert_key, or a call_url that is not KCP's");
    }
    try {
      return new Ok<>(
          new Opened(
              new Window.FormPost(
                  URI.create(address),
                  StandardCharsets.UTF_8,
                  Map.of(CONTENT, key, "kcp_page_submit_yn", "Y")),
              Map.of(CONTENT, key)));
    } catch (IllegalArgumentException malformed) {
      return new Unknown<>("a call_url that is none");
    }
  }

  Returned authenticate(IdentityOrder order, Map<String, String> memo, PgReturn back) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    String key = fields.getOrDefault(CONTENT, "");
    if (key.isEmpty()
        || !key.equals(memo.get(CONTENT))
        || !order.id().equals(fields.get("ordr_idxx"))) {
      return new Returned.Forged("not the registration of this window");
    }
    String code = fields.getOrDefault("res_cd", "");
    return code.equals(DONE)
        ? new Returned.Authenticated(null, Map.of(CONTENT, key))
        : new Returned.Abandoned(KcpV2.decline(code, fields.getOrDefault("res_msg", "")));
  }

  Outcome<Identity> confirm(IdentityOrder order, Map<String, String> intent, boolean approved) {
    String key = intent.getOrDefault(CONTENT, "");
    return http.call(order.id(), "POST", http.at("cert", "/api/query/getCertData.do"))
        .header("site_cd", siteCd)
        .hide(HIDDEN)
        .json(Tree.object().put(CONTENT, key).put("ordr_idxx", order.id()).toString())
        .ask(KcpV2::read)
        .then(this::opened)
        .then(who -> identity(key, who, approved));
  }

  private Outcome<JsonNode> opened(JsonNode answer) {
    try {
      if (encKey == null) {
        return Outcome.declined(Reason.BAD_CREDENTIALS, "채널 설정에 KCP 본인확인 인증키(enc_key)가 없습니다.");
      }
      return new Ok<>(
          JsonMapper.shared()
              .readTree(
                  KcpCipher.of(encKey, siteCd, Tree.said(answer, "rv"))
                      .open(Tree.said(answer, "enc_cert_data"))));
    } catch (GeneralSecurityException | IllegalArgumentException | JacksonException unreadable) {
      return new Unknown<>("unreadable person: " + unreadable.getClass().getSimpleName());
    }
  }

  private static Outcome<Identity> identity(String key, JsonNode who, boolean approved) {
    String ci = Tree.said(who, "CI");
    String di = Tree.said(who, "DI");
    String name = Tree.said(who, "user_name");
    if (ci.isEmpty() || name.isEmpty()) {
      return new Unknown<>("confirmed without a person");
    }
    String comm = Tree.said(who, "comm_id");
    String phone = Form.digits(Tree.said(who, "phone_no"));
    try {
      return new Ok<>(
          new Identity(
              new PgRef(key),
              name,
              LocalDate.parse(Tree.said(who, "birth_day"), DateTimeFormatter.BASIC_ISO_DATE),
              gender(Tree.said(who, "sex_code")),
              new Secret(ci),
              di.isEmpty() ? null : new Secret(di),
              approved ? Tree.said(who, "local_code").equals("02") : null,
              approved && !phone.isEmpty()
                  ? new Identity.Line(phone, Person.Carrier.of(comm), comm.endsWith("M"))
                  : null));
    } catch (DateTimeException noSuchDay) {
      return new Unknown<>("confirmed without a birth date");
    }
  }

  private static @Nullable Gender gender(String code) {
    return switch (code) {
      case "01" -> Gender.MALE;
      case "02" -> Gender.FEMALE;
      default -> null;
    };
  }
}
