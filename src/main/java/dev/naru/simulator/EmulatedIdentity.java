package dev.naru.simulator;

import dev.naru.simulator.EmulatedDesk.Asked;
import dev.naru.simulator.IdentityForm.Given;
import dev.naru.simulator.IdentityForm.Input;
import dev.naru.simulator.IdentityWindows.Open;
import dev.naru.simulator.Verifications.No;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The {@code identity} operations of one emulated PG, where a card proves it, and its window. */
final class EmulatedIdentity implements IdentityWindows.Flow {

  private static final Set<Input> BY_CARD =
      Set.of(Input.NAME, Input.BIRTH, Input.GENDER, Input.CARD_NUMBER);

  private static final Map<No, String[]> CODES =
      Cards.rows("identity-codes.csv").collect(Collectors.toMap(r -> No.valueOf(r[0]), r -> r));

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
            new IdentityWindows.Asked(
                asked.account(),
                asked.id(),
                minAge,
                form,
                Map.of(
                    "return_url", asked.text("return_url"),
                    "token", Till.token(40),
                    "key", Digests.hmac(password, asked.id()))),
            Till.token(24));
    String lang = asked.text("language").equals("en") ? "en" : "ko";
    return Emulation.ok(
        window.tid(),
        Map.of("window", "/_sim/identity/" + pg + "/" + window.tid() + "?lang=" + lang));
  }

  @Override
  public Entry.Next passed(Open window) {
    return back(window, "ok", window.asked().field("token"), "", "");
  }

  @Override
  public Entry.Next refused(Open window, No why) {
    String[] row = row(why);
    return back(window, "declined", "", row[2], row[3]);
  }

  /** Signed as the return of a payment's window is. */
  private static Entry.Next back(
      Open window, String result, String token, String code, String message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", window.asked().order());
    fields.put("result", result);
    fields.put("token", token);
    fields.put("amount", "");
    fields.put("code", code);
    fields.put("message", message);
    byte[] key = HexFormat.of().parseHex(window.asked().field("key"));
    fields.put("signature", Digests.hmac(key, String.join("\n", fields.values())));
    String query =
        fields.entrySet().stream()
            .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String url = window.asked().field("return_url");
    return Entry.Next.get(url + (url.contains("?") ? "&" : "?") + query);
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
        ? Emulation.declined(row(No.UNKNOWN)[2], row(No.UNKNOWN)[3])
        : verifications.fetch(window.tid(), false, new Voice(person));
  }

  private record Voice(Given person) implements Verifications.Voice {

    @Override
    public Answer.Reply no(No why) {
      return Emulation.declined(row(why)[2], row(why)[3]);
    }

    @Override
    public Answer.Reply asked(Verification verification) {
      throw new IllegalStateException("a window sends no codes");
    }

    @Override
    public Answer.Reply certified(Verification verification) {
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

  private static String[] row(No why) {
    String[] row = CODES.get(why);
    if (row == null) {
      throw new IllegalArgumentException("no code for " + why);
    }
    return row;
  }
}
