package dev.naru.pg.danal;

import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Identifies.IdentityWindow.Opened;
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
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Reasons;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Danal's identity verification in a window (UAS): ITEMSEND, the form to {@code Start.php},
 * CONFIRM. Plain name=value pairs in EUC-KR. {@code [inferred]}, to be checked with Danal:
 *
 * <ul>
 *   <li>{@code AGELIMIT} has three digits.
 *   <li>The names of the fields that fill the window in: {@code IsNAME}, {@code IsDstAddr}, {@code
 *       IsCarrier}, and that the person cannot change the last one.
 *   <li>A TID is good for a short time, and for one CONFIRM that succeeds.
 *   <li>Test accounts use the hosts of the live ones: no other host is published.
 *   <li>The values of {@code TELECOM} for budget operators, and the codes of refusals: Danal
 *       publishes neither. A code that is not in the table is a plain refusal.
 * </ul>
 */
public final class Danal implements Connector, IdentityWindow {

  public static final Pg<Config> PG =
      Pg.of(Danal.class, Config.class, Danal::new)
          .named("danal", "다날 본인인증", "Danal identity")
          .real("uas", "https://uas.teledit.com")
          .real("wauth", "https://wauth.teledit.com")
          .sandbox("uas", "/danal")
          .sandbox("wauth", "/danal")
          .browserHosts("https://wauth.teledit.com")
          .demo(new Config("A010002002", new Secret("bbbbb"), false));

  /**
   * The account of Danal's identity verification; the one here is of Danal's public samples.
   *
   * @param carrierApproved the carriers approved that the shop learns phone, carrier, foreigner
   */
  public record Config(String cpid, Secret cppwd, boolean carrierApproved) {}

  private static final Reasons REASONS = Reasons.load("danal");
  private static final String DONE = "0000";

  private static final Set<String> HIDDEN =
      Form.names(
          """
          CPPWD TARGETURL NAME IsNAME IsDstAddr IDEN DOB SEX CI DI PHONE TELECOM CARRIER
          """);

  private final Config config;
  private final PgHttp http;

  Danal(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
  }

  @Override
  public Outcome<Opened> open(IdentityOrder order, Visit visit) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("TXTYPE", "ITEMSEND");
    fields.put("SERVICE", "UAS");
    fields.put("AUTHTYPE", "36");
    fields.put("CPID", config.cpid());
    fields.put("CPPWD", config.cppwd().reveal());
    fields.put("TARGETURL", visit.back().toString());
    fields.put("CPTITLE", order.company());
    fields.put("ORDERID", order.id());
    fields.put("CHARSET", "EUC-KR");
    if (order.minAge() > 0) {
      fields.put("AGELIMIT", "%03d".formatted(order.minAge()));
    }
    return call(order, fields)
        .then(
            answer -> {
              String tid = answer.getOrDefault("TID", "");
              return tid.isEmpty()
                  ? new Unknown<>("no TID")
                  : new Ok<>(new Opened(window(order, visit, tid), Map.of("TID", tid)));
            });
  }

  private Window window(IdentityOrder order, Visit visit, String tid) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("TID", tid);
    form.put("BackURL", visit.close().toString());
    form.put("BgColor", "00");
    form.put("IsCharSet", "EUC-KR");
    IdentityOrder.Expected person = order.person();
    putIf(form, "IsNAME", person.name());
    putIf(form, "IsDstAddr", person.phone());
    putIf(form, "IsCarrier", person.carrier());
    String device = visit.mobile() ? "Mobile" : "Web";
    return new Window.FormPost(
        http.at("wauth", "/Danal/WebAuth/" + device + "/Start.php"),
        Charset.forName("EUC-KR"),
        form);
  }

  @Override
  public Returned authenticate(IdentityOrder order, Map<String, String> memo, PgReturn back) {
    Map<String, String> fields = back.fields(Form.KOREAN);
    String tid = fields.getOrDefault("TID", "");
    if (tid.isEmpty() || !tid.equals(memo.get("TID"))) {
      return new Returned.Forged("not the TID of this window");
    }
    String code = fields.getOrDefault("RETURNCODE", DONE);
    return code.equals(DONE)
        ? new Returned.Authenticated(null, Map.of("TID", tid))
        : new Returned.Abandoned(decline(code, fields.getOrDefault("RETURNMSG", "")));
  }

  /** IDEN rather than birth date and sex: its seventh digit also tells who is a foreigner. */
  @Override
  public Outcome<Identity> confirm(IdentityOrder order, Map<String, String> intent) {
    String tid = intent.getOrDefault("TID", "");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("TXTYPE", "CONFIRM");
    fields.put("TID", tid);
    fields.put("CONFIRMOPTION", "1");
    fields.put("IDENOPTION", "0");
    fields.put("CPID", config.cpid());
    fields.put("ORDERID", order.id());
    return call(order, fields)
        .then(
            answer -> {
              String ofTid = answer.getOrDefault("TID", "");
              String ofOrder = answer.getOrDefault("ORDERID", "");
              if (ofTid.isEmpty() || ofOrder.isEmpty()) {
                return new Unknown<>("an answer without TID or ORDERID");
              }
              return ofTid.equals(tid) && ofOrder.equals(order.id())
                  ? DanalWords.identity(new PgRef(tid), answer, config.carrierApproved())
                  : Outcome.declined(Reason.WRONG_IDENTITY, "다른 본인인증의 결과여서 사용할 수 없습니다.");
            });
  }

  private static void putIf(Map<String, String> form, String name, @Nullable String value) {
    if (value != null) {
      form.put(name, value);
    }
  }

  private static Decline decline(String code, String text) {
    return REASONS.ofCode(code, text);
  }

  private Outcome<Map<String, String>> call(IdentityOrder order, Map<String, String> fields) {
    return http.call(order.id(), "POST", http.at("uas", "/uas/"))
        .hide(HIDDEN)
        .form(fields, Form.KOREAN)
        .header("Content-Type", "application/x-www-form-urlencoded; charset=euc-kr")
        .ask(Danal::read);
  }

  private static Outcome<Map<String, String>> read(Reply.Answer answer) {
    Map<String, String> fields =
        new PgReturn(new byte[0], answer.text(Form.KOREAN).strip(), Map.of(), "")
            .fields(Form.KOREAN);
    String code = fields.getOrDefault("RETURNCODE", "");
    if (!code.matches("-?[0-9A-Za-z]{1,8}") || answer.isServerError()) {
      return new Unknown<>("HTTP " + answer.status() + " without a RETURNCODE");
    }
    return code.equals(DONE)
        ? new Ok<>(fields)
        : new Declined<>(decline(code, fields.getOrDefault("RETURNMSG", "")));
  }
}
