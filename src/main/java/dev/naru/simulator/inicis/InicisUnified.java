package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Digests;
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
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Choice;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.Windows;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * KG Inicis' unified identity verification: a form to {@code /sa/auth}, a return with a txId and a
 * key, and a server that is asked once who it was.
 */
public final class InicisUnified implements Fake, IdentityWindows.Flow {

  private static final String PG = "inicis_unified";
  private static final String IV = "SASHOSTSIRIAS000";

  /** Inicis answers at two sites. */
  private static final Set<String> ANSWERING =
      Set.of("/kssa/auth/authRequest", "/fcsa/auth/authRequest");

  private static final List<Choice> PROVIDERS =
      List.of(
          new Choice("NAVER", "네이버", "Naver"),
          new Choice("PASS", "PASS", "PASS"),
          new Choice("TOSS", "토스", "Toss"),
          new Choice("KAKAO", "카카오", "Kakao"),
          new Choice("YESKEY", "금융인증서", "YesKey"),
          new Choice("SHINHAN", "신한인증서", "Shinhan"),
          new Choice("KB", "KB모바일인증서", "KB"),
          new Choice("SAMSUNG", "삼성패스", "Samsung Pass"));

  private static final NoCodes CODES = NoCodes.of("inicis/identity-codes.csv");

  private final Verifications verifications;
  private final IdentityWindows windows;
  private final Contracts contracts;

  /** Opens its book. */
  public InicisUnified(House house) {
    Texts.add("inicis/texts.csv");
    this.verifications = house.verifications(PG);
    this.windows = house.people();
    this.contracts = house.contracts(PG, "inicis/identity-merchants.csv");
    windows.add(PG, verifications, this);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/inicis_unified", this::handle));
  }

  private Answer handle(Call call) {
    if (call.is("POST", "/sa/auth")) {
      return open(call);
    }
    return call.method().equals("POST") && ANSWERING.contains(call.path())
        ? told(call.json())
        : Answer.Reply.notFound();
  }

  private Answer open(Call call) {
    Map<String, String> form = call.form();
    String order = form.getOrDefault("mTxId", "");
    String service = form.getOrDefault("reqSvcCd", "");
    String key = contracts.of(form.get("mid")).get("apiKey");
    String hash = Digests.sha256(form.get("mid") + order + key);
    if (key == null || !Digests.same(hash, form.getOrDefault("authHash", ""))) {
      return problem(call, No.BAD_CREDENTIALS);
    }
    boolean fixed = form.getOrDefault("flgFixedUser", "N").equals("Y");
    boolean complete =
        order.matches("[0-9A-Za-z_]{1,20}")
            && service.matches("01|03")
            && Windows.address(form.getOrDefault("successUrl", ""))
            && Windows.address(form.getOrDefault("failUrl", ""));
    if (!complete) {
      return problem(call, No.BAD_REQUEST);
    }
    if (fixed && !Digests.same(userHash(form, order, service), form.getOrDefault("userHash", ""))) {
      return problem(call, No.BAD_SIGNATURE);
    }
    return IdentityWindows.enter(
        call, windows.make(PG, asked(call, form, fixed), Numbers.token(32)));
  }

  private static String userHash(Map<String, String> form, String order, String service) {
    return Digests.sha256(
        form.getOrDefault("userName", "")
            + form.getOrDefault("mid", "")
            + form.getOrDefault("userPhone", "")
            + order
            + form.getOrDefault("userBirth", "")
            + service);
  }

  private static AskedIdentity asked(Call call, Map<String, String> form, boolean fixed) {
    byte[] key = new byte[16];
    new SecureRandom().nextBytes(key);
    boolean sealed = form.getOrDefault("reservedMsg", "").contains("isUseToken=Y");
    return new AskedIdentity(
        form.getOrDefault("mid", ""),
        form.getOrDefault("mTxId", ""),
        0,
        new IdentityForm(
            PG,
            form.getOrDefault("mid", ""),
            PROVIDERS,
            IdentityWindows.BY_PHONE,
            known(form, fixed),
            fixed ? Set.of(Input.NAME, Input.BIRTH, Input.PHONE) : Set.of()),
        Map.of(
            "successUrl", form.getOrDefault("successUrl", ""),
            "failUrl", form.getOrDefault("failUrl", ""),
            "service", form.getOrDefault("reqSvcCd", ""),
            "origin", call.origin(),
            "token", sealed ? Base64.getEncoder().encodeToString(key) : ""));
  }

  private static Map<Input, String> known(Map<String, String> form, boolean fixed) {
    Map<Input, String> known = new EnumMap<>(Input.class);
    known.put(Input.PROVIDER, form.getOrDefault("directAgency", ""));
    if (fixed) {
      known.put(Input.NAME, form.getOrDefault("userName", ""));
      known.put(Input.BIRTH, form.getOrDefault("userBirth", ""));
      known.put(Input.PHONE, form.getOrDefault("userPhone", ""));
    }
    known.values().removeIf(String::isEmpty);
    return known;
  }

  @Override
  public Entry.Next passed(Open window) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("resultCode", "0000");
    fields.put("resultMsg", URLEncoder.encode("성공", StandardCharsets.UTF_8));
    fields.put(
        "authRequestUrl", window.asked().field("origin") + "/inicis_unified/kssa/auth/authRequest");
    fields.put("txId", window.tid());
    fields.put("token", window.asked().field("token"));
    return Entry.Next.post(window.asked().field("successUrl"), fields, "UTF-8");
  }

  @Override
  public Entry.Next refused(Open window, No why) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("resultCode", CODES.of(why).code());
    fields.put("resultMsg", URLEncoder.encode(CODES.of(why).text(), StandardCharsets.UTF_8));
    return Entry.Next.post(window.asked().field("failUrl"), fields, "UTF-8");
  }

  private Answer told(JsonNode body) {
    String tid = body.path("txId").asString("");
    Open window = windows.find(PG, tid).orElse(null);
    Given person = windows.person(tid).orElse(null);
    return window == null
            || person == null
            || !window.asked().merchant().equals(body.path("mid").asString(""))
        ? no(No.UNKNOWN)
        : verifications.fetch(
            tid, true, Wording.ofWindow(InicisUnified::no, new Told(window, person)::certified));
  }

  /** What Inicis tells. */
  private record Told(Open window, Given person) {

    Answer.Reply certified(Verification verification) {
      Map<String, Object> reply = reply("0000", "성공");
      reply.put("txId", verification.tid());
      reply.put("mTxId", verification.order());
      reply.put("svcCd", window.asked().field("service"));
      reply.put("providerDevCd", person.get(Input.PROVIDER));
      reply.put("userName", sealed(person.get(Input.NAME)));
      reply.put("userPhone", sealed(person.get(Input.PHONE)));
      reply.put("userBirthday", sealed(person.get(Input.BIRTH)));
      reply.put("userCi", sealed(verification.keys().ci()));
      if (window.asked().field("service").equals("03")) {
        reply.put("userDi", sealed(verification.keys().di()));
        reply.put("userGender", sealed(person.get(Input.GENDER).equals("male") ? "M" : "F"));
        reply.put("isForeign", sealed(person.get(Input.NATIONALITY).equals("foreign") ? "Y" : "N"));
      }
      return Answer.Reply.json(200, reply);
    }

    private String sealed(String text) {
      String token = window.asked().field("token");
      return token.isEmpty() ? text : Digests.seed(Base64.getDecoder().decode(token), IV, text);
    }
  }

  private static Answer problem(Call call, No why) {
    return CODES.problem(call, why);
  }

  private static Answer.Reply no(No why) {
    return Answer.Reply.json(200, reply(CODES.of(why).code(), CODES.of(why).text()));
  }

  private static Map<String, Object> reply(String code, String text) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("resultCode", code);
    reply.put("resultMsg", URLEncoder.encode(text, StandardCharsets.UTF_8));
    return reply;
  }
}
