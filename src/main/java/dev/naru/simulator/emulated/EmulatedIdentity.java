package dev.naru.simulator.emulated;

import dev.naru.simulator.emulated.EmulatedDesk.Asked;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.people.AskedIdentity;
import dev.naru.simulator.kit.people.IdentityForm;
import dev.naru.simulator.kit.people.IdentityForm.Given;
import dev.naru.simulator.kit.people.IdentityWindows;
import dev.naru.simulator.kit.people.IdentityWindows.Open;
import dev.naru.simulator.kit.people.Input;
import dev.naru.simulator.kit.people.NoCodes;
import dev.naru.simulator.kit.people.NoCodes.Code;
import dev.naru.simulator.kit.people.Verification;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.people.Verifications.No;
import dev.naru.simulator.kit.people.Verifications.Wording;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.window.Windows;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code identity} operations of one emulated PG, where a card proves it, and its window. */
final class EmulatedIdentity implements IdentityWindows.Flow {

  private static final Set<Input> BY_CARD =
      Set.of(Input.NAME, Input.BIRTH, Input.GENDER, Input.CARD_NUMBER);

  private static final NoCodes CODES = NoCodes.of("emulated/identity-codes.csv");

  private final String pg;
  private final Verifications verifications;
  private final IdentityWindows windows;

  EmulatedIdentity(String pg, Verifications verifications, IdentityWindows windows) {
    this.pg = pg;
    this.verifications = verifications;
    this.windows = windows;
    windows.add(pg, verifications, this);
  }

  Answer handle(Asked asked) {
    return switch (asked.operation()) {
      case "identity.open" -> open(asked);
      case "identity.confirm" -> confirm(asked);
      default -> Emulation.badRequest();
    };
  }

  private Answer open(Asked asked) {
    int minAge = asked.fields().path("min_age").asInt(0);
    if (asked.text("company").isBlank()
        || minAge < 0
        || minAge > 150
        || !Windows.address(asked.text("return_url"))) {
      return Emulation.badRequest();
    }
    Map<Input, String> known = new EnumMap<>(Input.class);
    if (!asked.text("name").isBlank()) {
      known.put(Input.NAME, asked.text("name"));
    }
    byte[] password = asked.caller().password().getBytes(StandardCharsets.UTF_8);
    IdentityForm form =
        new IdentityForm(pg, asked.text("company"), List.of(), BY_CARD, known, Set.of());
    Open window =
        windows.make(
            pg,
            new AskedIdentity(
                asked.account(),
                asked.id(),
                minAge,
                form,
                Map.of(
                    "return_url", asked.text("return_url"),
                    "token", Numbers.token(40),
                    "key", Digests.hmac(password, asked.id()))),
            Numbers.token(24));
    String lang = asked.text("language").equals("en") ? "en" : "ko";
    return Emulation.ok(
        window.tid(),
        Map.of("window", "/_sim/identity/" + pg + "/" + window.tid() + "?lang=" + lang));
  }

  @Override
  public Entry.Next passed(Open window) {
    return back(window, "ok", window.asked().field("token"), new Code("", ""));
  }

  @Override
  public Entry.Next refused(Open window, No why) {
    return back(window, "declined", "", CODES.of(why));
  }

  /** Signed as the return of a payment's window is. */
  private static Entry.Next back(Open window, String result, String token, Code said) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", window.asked().order());
    fields.put("result", result);
    fields.put("token", token);
    fields.put("amount", "");
    fields.put("code", said.code());
    fields.put("message", said.text());
    byte[] key = HexFormat.of().parseHex(window.asked().field("key"));
    fields.put("signature", Digests.hmac(key, String.join("\n", fields.values())));
    return Entry.Next.get(window.asked().field("return_url"), fields);
  }

  private Answer confirm(Asked asked) {
    Open window =
        verifications
            .ofOrder(asked.account(), asked.id())
            .flatMap(known -> windows.find(pg, known.tid()))
            .filter(open -> open.asked().field("token").equals(asked.text("token")))
            .orElse(null);
    Given person = window == null ? null : windows.person(window.tid()).orElse(null);
    return window == null || person == null
        ? declined(No.UNKNOWN)
        : verifications.fetch(
            window.tid(),
            false,
            Wording.ofWindow(EmulatedIdentity::declined, new Told(person)::certified));
  }

  private static Answer.Reply declined(No why) {
    return Emulation.declined(CODES.of(why).code(), CODES.of(why).text());
  }

  private record Told(Given person) {

    Answer.Reply certified(Verification verification) {
      String birth = person.get(Input.BIRTH);
      return Emulation.ok(
          verification.tid(),
          Map.of(
              "name",
              person.get(Input.NAME),
              "birth",
              birth.substring(0, 4) + "-" + birth.substring(4, 6) + "-" + birth.substring(6),
              "gender",
              person.get(Input.GENDER),
              "ci",
              verification.keys().ci(),
              "di",
              verification.keys().di()));
    }
  }
}
