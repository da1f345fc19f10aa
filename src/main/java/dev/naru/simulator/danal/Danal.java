package dev.naru.simulator.danal;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.people.AskedIdentity;
import dev.naru.simulator.kit.people.IdentityForm;
import dev.naru.simulator.kit.people.IdentityForm.Given;
import dev.naru.simulator.kit.people.IdentityWindows;
import dev.naru.simulator.kit.people.IdentityWindows.Open;
import dev.naru.simulator.kit.people.Input;
import dev.naru.simulator.kit.people.NoCodes;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.people.Verifications.No;
import dev.naru.simulator.kit.people.Verifications.Wording;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.Windows;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Danal's identity verification (UAS): name=value pairs in EUC-KR, and a window between ITEMSEND
 * and CONFIRM. Whoever is refused comes back as if nothing were; CONFIRM says so.
 */
public final class Danal implements Fake, IdentityWindows.Flow {

  private static final String PG = "danal";

  /** Of Danal's public samples; other accounts take any password. */
  private static final String ACCOUNT = "A010002002";

  private static final String PASSWORD = "bbbbb";

  static final NoCodes CODES = NoCodes.of("danal/identity-codes.csv");

  private final Verifications verifications;
  private final IdentityWindows windows;

  /** Opens its book. */
  public Danal(House house) {
    Texts.add("danal/texts.csv");
    this.verifications = house.verifications(PG);
    this.windows = house.people();
    windows.add(PG, verifications, this);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/danal", this::handle));
  }

  private Answer handle(Call call) {
    if (!call.method().equals("POST")) {
      return Answer.Reply.notFound();
    }
    Map<String, String> form = call.form(Call.EUC_KR);
    return switch (call.path()) {
      case "/uas/" ->
          switch (form.getOrDefault("TXTYPE", "")) {
            case "ITEMSEND" -> send(form);
            case "CONFIRM" -> confirm(form);
            default -> DanalTold.no(No.BAD_REQUEST);
          };
      case "/Danal/WebAuth/Web/Start.php", "/Danal/WebAuth/Mobile/Start.php" -> start(call, form);
      default -> Answer.Reply.notFound();
    };
  }

  private Answer send(Map<String, String> form) {
    String account = form.getOrDefault("CPID", "");
    String password = form.getOrDefault("CPPWD", "");
    if (account.isEmpty()
        || password.isEmpty()
        || (account.equals(ACCOUNT) && !password.equals(PASSWORD))) {
      return DanalTold.no(No.BAD_CREDENTIALS);
    }
    boolean complete =
        form.getOrDefault("SERVICE", "").equals("UAS")
            && form.getOrDefault("AUTHTYPE", "").equals("36")
            && !form.getOrDefault("CPTITLE", "").isBlank()
            && form.getOrDefault("ORDERID", "").matches("[0-9A-Za-z]{1,40}")
            && form.getOrDefault("AGELIMIT", "000").matches("\\d{3}")
            && form.getOrDefault("CHARSET", "EUC-KR").matches("EUC-KR|UTF-8")
            && Windows.address(form.getOrDefault("TARGETURL", ""));
    if (!complete) {
      return DanalTold.no(No.BAD_REQUEST);
    }
    AskedIdentity asked =
        new AskedIdentity(
            account,
            form.getOrDefault("ORDERID", ""),
            Integer.parseInt(form.getOrDefault("AGELIMIT", "000")),
            form(form.getOrDefault("CPTITLE", ""), Map.of()),
            Map.of("TARGETURL", form.getOrDefault("TARGETURL", "")));
    Open window = windows.make(PG, asked, Numbers.digits(24));
    return DanalTold.reply("0000", "성공", Map.of("TID", window.tid()));
  }

  /** The browser brings the TID, and with what the window is filled in. */
  private Answer start(Call call, Map<String, String> form) {
    Open window = windows.find(PG, form.getOrDefault("TID", "")).orElse(null);
    if (window == null || !Windows.address(form.getOrDefault("BackURL", ""))) {
      return CODES.problem(call, No.UNKNOWN);
    }
    AskedIdentity asked = window.asked();
    AskedIdentity filledIn =
        new AskedIdentity(
            asked.merchant(),
            asked.order(),
            asked.minAge(),
            form(asked.form().shop(), known(form)),
            Map.of(
                "TARGETURL",
                asked.field("TARGETURL"),
                "BackURL",
                form.getOrDefault("BackURL", "")));
    return IdentityWindows.enter(call, windows.put(new Open(PG, window.tid(), filledIn)));
  }

  /** The carrier stands as the merchant named it, name and phone may be changed. */
  private static IdentityForm form(String company, Map<Input, String> known) {
    boolean mvno = known.getOrDefault(Input.CARRIER, "").endsWith("_MVNO");
    Set<Input> fixed = mvno ? Set.of() : Set.of(Input.CARRIER);
    return new IdentityForm(PG, company, List.of(), IdentityWindows.BY_PHONE, known, fixed);
  }

  /** What the window is filled in with; MVNO names no network, so that the person has to. */
  private static Map<Input, String> known(Map<String, String> form) {
    Map<Input, String> known = new EnumMap<>(Input.class);
    String carrier = form.getOrDefault("IsCarrier", "");
    known.put(Input.NAME, form.getOrDefault("IsNAME", ""));
    known.put(Input.PHONE, form.getOrDefault("IsDstAddr", ""));
    known.put(
        Input.CARRIER,
        switch (carrier) {
          case "KTF" -> "KT";
          case "MVNO" -> "SKT_MVNO";
          default -> carrier;
        });
    known.values().removeIf(String::isEmpty);
    return known;
  }

  @Override
  public Entry.Next passed(Open window) {
    return Entry.Next.post(
        window.asked().field("TARGETURL"), Map.of("TID", window.tid()), "EUC-KR");
  }

  /** Who gives up goes to the shop's own page. */
  @Override
  public Entry.Next refused(Open window, No why) {
    return Entry.Next.get(window.asked().field("BackURL"));
  }

  @Override
  public boolean tellsRefusals() {
    return false;
  }

  private Answer confirm(Map<String, String> form) {
    String tid = form.getOrDefault("TID", "");
    Open window = windows.find(PG, tid).orElse(null);
    boolean compared =
        window != null
            && (form.getOrDefault("CONFIRMOPTION", "0").equals("0")
                || (window.asked().merchant().equals(form.get("CPID"))
                    && window.asked().order().equals(form.get("ORDERID"))));
    Given person = windows.person(tid).orElse(null);
    if (window == null || !compared || person == null) {
      return DanalTold.no(No.UNKNOWN);
    }
    No refused = windows.refusal(tid).orElse(null);
    boolean dob = form.getOrDefault("IDENOPTION", "0").equals("1");
    return refused == null
        ? verifications.fetch(
            tid,
            true,
            Wording.ofWindow(DanalTold::no, new DanalTold(window, person, dob)::certified))
        : DanalTold.no(refused);
  }
}
