package dev.naru.simulator;

import dev.naru.simulator.kit.people.IdentityForm;
import dev.naru.simulator.kit.people.Input;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.window.Choice;
import dev.naru.simulator.kit.window.Texts;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Windows as a PG's simulator makes them of the kit, for tests that look at them. */
public final class Samples {

  private static final IdentityForm IDENTITY =
      new IdentityForm(
          "inicis_unified",
          "나루상점",
          List.of(
              new Choice("pass", "PASS", "PASS"),
              new Choice("naver", "네이버", "Naver"),
              new Choice("kakao", "카카오", "Kakao"),
              new Choice("toss", "토스", "Toss")),
          EnumSet.complementOf(EnumSet.of(Input.CARD_NUMBER)),
          Map.of(Input.PHONE, "01011112222"),
          Set.of(Input.PHONE));

  private Samples() {}

  /**
   * An identity window.
   *
   * @param wrong somebody has typed what is no answer
   */
  public static String identity(boolean english, boolean wrong) {
    Map<String, String> typed = wrong ? Map.of("name", "", "birth", "19900230") : Map.of();
    Answer.Reply page = IDENTITY.ask(new Texts(english), typed).made();
    return page == null ? "" : page.body();
  }
}
