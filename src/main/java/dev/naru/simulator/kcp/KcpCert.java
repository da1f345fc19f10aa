package dev.naru.simulator.kcp;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Digests.Derived;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.people.AskedIdentity;
import dev.naru.simulator.kit.people.IdentityForm;
import dev.naru.simulator.kit.people.IdentityForm.Given;
import dev.naru.simulator.kit.people.IdentityWindows;
import dev.naru.simulator.kit.people.IdentityWindows.Open;
import dev.naru.simulator.kit.people.Input;
import dev.naru.simulator.kit.people.NoCodes;
import dev.naru.simulator.kit.people.Verification;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.people.Verifications.No;
import dev.naru.simulator.kit.people.Verifications.Wording;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Windows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The window of KCP's identity verification, version 2, beside the hub of {@link KcpV2} and in the
 * same book.
 */
final class KcpCert implements IdentityWindows.Flow {

  private static final String PG = Kcp.PG;

  private static final NoCodes CODES = NoCodes.of("kcp/identity-codes.csv");

  private final Verifications verifications;
  private final IdentityWindows windows;
  private final Contracts contracts;

  KcpCert(Verifications verifications, IdentityWindows windows, Contracts contracts) {
    this.verifications = verifications;
    this.windows = windows;
    this.contracts = contracts;
    windows.add(PG, verifications, this);
  }

  Answer handle(Call call) {
    return switch (call.method() + " " + call.path()) {
      case "POST /api/reg/certDataReg.do" -> register(call);
      case "POST /kcp_cert/cert_view.jsp" -> view(call);
      case "POST /api/query/getCertData.do" -> told(call.json());
      default -> Answer.Reply.notFound();
    };
  }

  private Answer register(Call call) {
    String rv = call.header("rv");
    String site = String.valueOf(call.header("site_cd"));
    if (key(site).isEmpty() || rv == null) {
      return no(No.BAD_CREDENTIALS);
    }
    JsonNode body = opened(call.text(), site, rv);
    if (body == null || !body.isObject()) {
      return no(No.BAD_SIGNATURE);
    }
    String order = body.path("ordr_idxx").asString("");
    String back = body.path("Ret_URL").asString("");
    if (!body.path("site_cd").asString("").equals(site)
        || !order.matches("[A-Za-z0-9]{1,40}")
        || !Windows.address(back)) {
      return no(No.BAD_REQUEST);
    }
    IdentityForm form =
        new IdentityForm(PG, site, List.of(), IdentityWindows.BY_PHONE, Map.of(), Set.of());
    AskedIdentity asked = new AskedIdentity(site, order, 0, form, Map.of("Ret_URL", back));
    Open window = windows.make(PG, asked, Numbers.token(40));
    Map<String, Object> reply = reply("0000", "정상처리");
    reply.put("call_url", call.origin() + "/kcp_cert/kcp_cert/cert_view.jsp");
    reply.put("reg_cert_key", window.tid());
    return Answer.Reply.json(200, reply);
  }

  /** Empty for a site that KCP has no contract about windows with. */
  private String key(String site) {
    return contracts.of(site).getOrDefault("encKey", "");
  }

  private @Nullable JsonNode opened(String sealed, String site, String rv) {
    try {
      return Book.JSON.readTree(new Derived(key(site), site, rv).opened(sealed.strip()));
    } catch (JacksonException _) {
      return null;
    }
  }

  private Answer view(Call call) {
    Map<String, String> form = call.form();
    Open window = windows.find(PG, form.getOrDefault("reg_cert_key", "")).orElse(null);
    return window == null || !form.getOrDefault("kcp_page_submit_yn", "").equals("Y")
        ? CODES.problem(call, No.UNKNOWN)
        : IdentityWindows.enter(call, window);
  }

  @Override
  public Entry.Next passed(Open window) {
    return back(window, "0000", "정상처리");
  }

  @Override
  public Entry.Next refused(Open window, No why) {
    return back(window, CODES.of(why).code(), CODES.of(why).text());
  }

  private static Entry.Next back(Open window, String code, String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("res_cd", code);
    fields.put("res_msg", text);
    fields.put("reg_cert_key", window.tid());
    fields.put("ordr_idxx", window.asked().order());
    fields.put("param_opt_1", "");
    return Entry.Next.post(window.asked().field("Ret_URL"), fields, "UTF-8");
  }

  private Answer told(JsonNode body) {
    String tid = body.path("reg_cert_key").asString("");
    Open window = windows.find(PG, tid).orElse(null);
    Given person = windows.person(tid).orElse(null);
    return window == null
            || person == null
            || !window.asked().order().equals(body.path("ordr_idxx").asString(""))
        ? no(No.UNKNOWN)
        : verifications.fetch(
            tid, false, Wording.ofWindow(KcpCert::no, told(window, person)::certified));
  }

  private Told told(Open window, Given person) {
    String site = window.asked().merchant();
    return new Told(person, Derived.fresh(key(site), site));
  }

  /** What KCP tells. */
  private record Told(Given person, Derived seal) {

    Answer.Reply certified(Verification verification) {
      Map<String, String> who = new LinkedHashMap<>();
      who.put("phone_no", person.get(Input.PHONE));
      who.put("user_name", person.get(Input.NAME));
      who.put("birth_day", person.get(Input.BIRTH));
      who.put("comm_id", comm());
      who.put("sex_code", person.get(Input.GENDER).equals("male") ? "01" : "02");
      who.put("local_code", person.get(Input.NATIONALITY).equals("foreign") ? "02" : "01");
      who.put("CI", verification.keys().ci());
      who.put("DI", verification.keys().di());
      Map<String, Object> reply = reply("0000", "정상처리");
      reply.put("enc_cert_data", seal.sealed(Book.JSON.writeValueAsString(who)));
      reply.put("rv", seal.salt());
      return Answer.Reply.json(200, reply);
    }

    private String comm() {
      return switch (person.get(Input.CARRIER)) {
        case "KT" -> "KTF";
        case "LGT" -> "LGT";
        case "SKT_MVNO" -> "SKM";
        case "KT_MVNO" -> "KTM";
        case "LGT_MVNO" -> "LGM";
        default -> "SKT";
      };
    }
  }

  private static Answer.Reply no(No why) {
    return Answer.Reply.json(200, reply(CODES.of(why).code(), CODES.of(why).text()));
  }

  private static Map<String, Object> reply(String code, String text) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("res_cd", code);
    reply.put("res_msg", text);
    return reply;
  }
}
