package dev.naru.simulator.kcp;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Entry;
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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The window of KCP's identity verification, version 2, beside the hub of {@link KcpV2} and in the
 * same book. Knows the published test site only.
 */
final class KcpCert implements IdentityWindows.Flow {

  private static final String PG = Kcp.PG;
  private static final String SITE = "AO7F3";
  private static final String ENC_KEY =
      "c2a22fa3ebe4698075bcac6b433d52e351c881b02fb83488d4283a43385b1f8e";

  private static final NoCodes CODES = NoCodes.of("kcp/identity-codes.csv");

  private final Verifications verifications;
  private final IdentityWindows windows;

  KcpCert(Verifications verifications, IdentityWindows windows) {
    this.verifications = verifications;
    this.windows = windows;
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
    if (!SITE.equals(call.header("site_cd")) || rv == null) {
      return no(No.BAD_CREDENTIALS);
    }
    JsonNode body = opened(call.text(), rv);
    if (body == null) {
      return no(No.BAD_SIGNATURE);
    }
    String order = body.path("ordr_idxx").asString("");
    String back = body.path("Ret_URL").asString("");
    if (!body.path("site_cd").asString("").equals(SITE)
        || !order.matches("[A-Za-z0-9]{1,40}")
        || !Windows.address(back)) {
      return no(No.BAD_REQUEST);
    }
    IdentityForm form =
        new IdentityForm(PG, SITE, List.of(), IdentityWindows.BY_PHONE, Map.of(), Set.of());
    AskedIdentity asked = new AskedIdentity(SITE, order, 0, form, Map.of("Ret_URL", back));
    Open window = windows.make(PG, asked, Numbers.token(40));
    Map<String, Object> reply = reply("0000", "정상처리");
    reply.put("call_url", call.origin() + "/kcp_cert/kcp_cert/cert_view.jsp");
    reply.put("reg_cert_key", window.tid());
    return Answer.Reply.json(200, reply);
  }

  private static @Nullable JsonNode opened(String sealed, String rv) {
    try {
      byte[] salt = Base64.getDecoder().decode(rv);
      byte[] clear =
          cipher(Cipher.DECRYPT_MODE, salt).doFinal(Base64.getDecoder().decode(sealed.strip()));
      return Book.JSON.readTree(clear);
    } catch (GeneralSecurityException | IllegalArgumentException | JacksonException _) {
      return null;
    }
  }

  private static Cipher cipher(int mode, byte[] salt) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        mode,
        new SecretKeySpec(derived(ENC_KEY, salt), "AES"),
        new IvParameterSpec(Arrays.copyOf(derived(SITE, salt), 16)));
    return cipher;
  }

  private static byte[] derived(String text, byte[] salt) throws GeneralSecurityException {
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
        .generateSecret(new PBEKeySpec(text.toCharArray(), salt, 10_000, 256))
        .getEncoded();
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
            tid, false, Wording.ofWindow(KcpCert::no, new Told(person)::certified));
  }

  /** What KCP tells. */
  private record Told(Given person) {

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
      byte[] salt = new byte[16];
      new SecureRandom().nextBytes(salt);
      byte[] clear = Book.JSON.writeValueAsString(who).getBytes(StandardCharsets.UTF_8);
      try {
        Map<String, Object> reply = reply("0000", "정상처리");
        reply.put(
            "enc_cert_data",
            Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE, salt).doFinal(clear)));
        reply.put("rv", Base64.getEncoder().encodeToString(salt));
        return Answer.Reply.json(200, reply);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
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
