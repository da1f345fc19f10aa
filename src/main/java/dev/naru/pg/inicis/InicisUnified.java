package dev.naru.pg.inicis;

import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
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
import dev.naru.connector.identity.Person.Gender;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Digests;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Tree;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * KG Inicis' unified identity verification (sa.inicis.com), by private certificates ({@code
 * reqSvcCd} 01: no DI, no gender, no nationality) or by the phone (03). The browser brings a txId,
 * the address to ask at, and the key of the answer; who it was comes from that address. {@code
 * [inferred]}, to be checked with Inicis:
 *
 * <ul>
 *   <li>With 03, userDi, userGender and isForeign are there, and sealed as the other fields are; a
 *       gender or a nationality in clear is read as well.
 *   <li>03 is posted to /auth as 01 is; some integrations post it to /id/auth.
 *   <li>A txId is told of once.
 *   <li>The codes of refusals: Inicis publishes none. One that is not in the table is a plain
 *       refusal.
 * </ul>
 */
public final class InicisUnified implements Connector, IdentityWindow {

  public static final Pg<Config> PG =
      Pg.of(InicisUnified.class, Config.class, InicisUnified::new)
          .named("inicis_unified", "KG이니시스 통합인증", "KG Inicis unified identity")
          .real("sa", "https://sa.inicis.com")
          .real("kssa", "https://kssa.inicis.com")
          .real("fcsa", "https://fcsa.inicis.com")
          .sandbox("sa", "/inicis_unified/sa")
          .sandbox("kssa", "/inicis_unified/kssa")
          .sandbox("fcsa", "/inicis_unified/fcsa")
          .browserHosts(
              "https://sa.inicis.com", "https://kssa.inicis.com", "https://fcsa.inicis.com")
          .demo(
              new Config(
                  "SRAiasTest", new Secret("43700dfd4c795fe9550853aef3b6aaf1"), "01", false));

  /**
   * The merchant's contract; the one here is Inicis' public test merchant.
   *
   * @param reqSvcCd 01 for private certificates, 03 for the phone
   * @param carrierApproved the carriers approved that the shop learns phone, carrier, foreigner
   */
  public record Config(String mid, Secret apiKey, String reqSvcCd, boolean carrierApproved) {}

  private static final Reasons REASONS = Reasons.load("inicis_unified");
  private static final String DONE = "0000";
  private static final String BYPASS = "inicisUnified.";

  /** The only hosts that may be asked, whatever the browser says. */
  private static final List<String> ANSWERING = List.of("kssa", "fcsa");

  private static final Set<String> HIDDEN =
      Form.names(
          """
          txId userName userPhone userBirthday userBirth userHash userCi userCi2 userDi userGender
          isForeign signedData
          """);

  private final Config config;
  private final PgHttp http;

  InicisUnified(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
  }

  @Override
  public Outcome<Opened> open(IdentityOrder order, Visit visit) {
    Fixed fixed = Fixed.of(order);
    if (fixed != null && !fixed.isWhole()) {
      return Outcome.declined(
          Reason.BAD_REQUEST,
          "flgFixedUser를 사용하려면 이름(userName), 휴대폰 번호(userPhone), 생년월일(userBirth, yyyyMMdd)이 모두"
              + " 필요합니다.");
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("mid", config.mid());
    form.put("reqSvcCd", config.reqSvcCd());
    form.put("mTxId", order.id());
    form.put("authHash", Digests.sha256(config.mid() + order.id() + config.apiKey().reveal()));
    form.put("flgFixedUser", fixed == null ? "N" : "Y");
    if (fixed != null) {
      form.put("userName", fixed.name());
      form.put("userPhone", fixed.phone());
      form.put("userBirth", fixed.birth());
      form.put("userHash", fixed.hash(config, order.id()));
    }
    form.put("reservedMsg", "isUseToken=Y");
    for (String more : List.of("directAgency", "logoUrl")) {
      String given = order.bypass(BYPASS + more);
      if (given != null) {
        form.put(more, given);
      }
    }
    form.put("successUrl", visit.back().toString());
    form.put("failUrl", visit.back().toString());
    return new Ok<>(
        new Opened(
            new Window.FormPost(http.at("sa", "/auth"), StandardCharsets.UTF_8, form), Map.of()));
  }

  @Override
  public Returned authenticate(IdentityOrder order, Map<String, String> memo, PgReturn back) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    String code = fields.getOrDefault("resultCode", "");
    if (code.isEmpty()) {
      return new Returned.Forged("no resultCode");
    }
    if (!code.equals(DONE)) {
      return new Returned.Abandoned(decline(code, fields.getOrDefault("resultMsg", "")));
    }
    String address = fields.getOrDefault("authRequestUrl", "");
    String txId = fields.getOrDefault("txId", "");
    String token = fields.getOrDefault("token", "");
    if (!mayAsk(address)) {
      return new Returned.Forged("authRequestUrl is not a host of Inicis");
    }
    return txId.isEmpty() || token.isEmpty()
        ? new Returned.Forged("no txId or no token")
        : new Returned.Authenticated(
            null, Map.of("authRequestUrl", address, "txId", txId, "token", token));
  }

  /** The very scheme, host and port of one of them; nothing that a parser might read otherwise. */
  private boolean mayAsk(String address) {
    if (!address.matches("[A-Za-z0-9:/._-]{1,200}") || address.contains("..")) {
      return false;
    }
    return ANSWERING.stream()
        .map(host -> http.at(host, "/").toString())
        .anyMatch(host -> address.startsWith(host) && address.length() > host.length());
  }

  @Override
  public Outcome<Identity> confirm(IdentityOrder order, Map<String, String> intent) {
    String address = intent.getOrDefault("authRequestUrl", "");
    String txId = intent.getOrDefault("txId", "");
    if (!mayAsk(address)) {
      return Outcome.declined(Reason.BAD_REQUEST, "이니시스의 주소가 아닙니다.");
    }
    return call(order, URI.create(address), txId)
        .then(
            answer ->
                order.id().equals(Tree.said(answer, "mTxId"))
                        && txId.equals(Tree.said(answer, "txId"))
                    ? identity(order, answer, new Secret(intent.getOrDefault("token", "")))
                    : Outcome.declined(Reason.WRONG_IDENTITY, "다른 본인인증의 결과여서 사용할 수 없습니다."));
  }

  private Outcome<Identity> identity(IdentityOrder order, JsonNode answer, Secret token) {
    try {
      String name = opened(answer, "userName", token);
      String phone = Form.digits(opened(answer, "userPhone", token));
      LocalDate birth =
          LocalDate.parse(
              Form.digits(opened(answer, "userBirthday", token)), DateTimeFormatter.BASIC_ISO_DATE);
      String ci = opened(answer, "userCi", token);
      if (name.isEmpty() || ci.isEmpty()) {
        return new Unknown<>("confirmed without a person");
      }
      Fixed fixed = Fixed.of(order);
      if (fixed != null && !fixed.is(name, phone, birth)) {
        return Outcome.declined(Reason.WRONG_IDENTITY, "지정한 사람과 다른 사람이 인증하였습니다.");
      }
      String di = opened(answer, "userDi", token);
      return new Ok<>(
          new Identity(
              new PgRef(Tree.said(answer, "txId")),
              name,
              birth,
              gender(opened(answer, "userGender", token)),
              new Secret(ci),
              di.isEmpty() ? null : new Secret(di),
              config.carrierApproved() ? foreigner(opened(answer, "isForeign", token)) : null,
              config.carrierApproved() && !phone.isEmpty()
                  ? new Identity.Line(phone, null, false)
                  : null));
    } catch (DateTimeException | IllegalArgumentException unreadable) {
      // Without its message, which may name the person.
      return new Unknown<>("unreadable person: " + unreadable.getClass().getSimpleName());
    }
  }

  /** A field that may be absent, and, where it is one letter, in clear. */
  private static String opened(JsonNode answer, String field, Secret token) {
    String sealed = Tree.said(answer, field);
    return sealed.length() < 2 ? sealed : IniCrypto.seedDecrypt(token, sealed);
  }

  private static @Nullable Gender gender(String word) {
    return switch (word) {
      case "M", "1" -> Gender.MALE;
      case "F", "2" -> Gender.FEMALE;
      default -> null;
    };
  }

  private static @Nullable Boolean foreigner(String word) {
    return switch (word) {
      case "Y", "1" -> true;
      case "N", "0" -> false;
      default -> null;
    };
  }

  /** The person whom V1's {@code bypass.inicisUnified} fixes, for whom nobody else may stand in. */
  private record Fixed(String name, String phone, String birth) {

    static @Nullable Fixed of(IdentityOrder order) {
      if (!"Y".equals(order.bypass(BYPASS + "flgFixedUser"))) {
        return null;
      }
      IdentityOrder.Expected person = order.person();
      return new Fixed(
          first(order.bypass(BYPASS + "userName"), person.name()),
          Form.digits(first(order.bypass(BYPASS + "userPhone"), person.phone())),
          Form.digits(first(order.bypass(BYPASS + "userBirth"), null)));
    }

    private static String first(@Nullable String one, @Nullable String other) {
      return one != null ? one : Objects.requireNonNullElse(other, "");
    }

    boolean isWhole() {
      return !name.isBlank() && phone.matches("01[0-9]{8,9}") && birth.matches("[0-9]{8}");
    }

    String hash(Config config, String mTxId) {
      return Digests.sha256(name + config.mid() + phone + mTxId + birth + config.reqSvcCd());
    }

    boolean is(String otherName, String otherPhone, LocalDate otherBirth) {
      return name.equals(otherName)
          && phone.equals(otherPhone)
          && birth.equals(DateTimeFormatter.BASIC_ISO_DATE.format(otherBirth));
    }

    @Override
    public String toString() {
      return "fixed";
    }
  }

  /** Inicis escapes its texts on top of the form's or JSON's own escapes. */
  private static Decline decline(String code, String text) {
    String plain = text;
    try {
      plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      // Then it is plain already.
    }
    return REASONS.ofCode(code, plain);
  }

  private Outcome<JsonNode> call(IdentityOrder order, URI address, String txId) {
    return http.call(order.id(), "POST", address)
        .hide(HIDDEN)
        .json(Tree.object().put("mid", config.mid()).put("txId", txId).toString())
        .ask(InicisUnified::read);
  }

  private static Outcome<JsonNode> read(Reply.Answer answer) {
    JsonNode json = Tree.of(answer);
    String code = Tree.said(json, "resultCode");
    if (code.isEmpty() || answer.isServerError()) {
      return new Unknown<>("HTTP " + answer.status() + " " + code);
    }
    return code.equals(DONE)
        ? new Ok<>(json)
        : new Declined<>(decline(code, Tree.said(json, "resultMsg")));
  }
}
