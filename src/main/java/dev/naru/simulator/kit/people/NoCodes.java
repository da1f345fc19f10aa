package dev.naru.simulator.kit.people;

import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.people.Verifications.No;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.WindowPage;
import java.util.EnumMap;
import java.util.Map;

/** A PG's codes and texts for why an identity check fails, from its resource file. */
public final class NoCodes {

  /** How the PG words one. */
  public record Code(String code, String text) {}

  private final Map<No, Code> codes = new EnumMap<>(No.class);

  private NoCodes() {}

  /** Rows of why, code, text. */
  public static NoCodes of(String resource) {
    NoCodes table = new NoCodes();
    Cards.rows(resource).forEach(r -> table.codes.put(No.valueOf(r[0]), new Code(r[1], r[2])));
    return table;
  }

  /** A window does not open: what the shop sent is not what the PG takes. */
  public Answer problem(Call call, No why) {
    return WindowPage.problem(Texts.of(call), of(why).code(), of(why).text());
  }

  /** What the PG says. */
  public Code of(No why) {
    Code code = codes.get(why);
    if (code == null) {
      throw new IllegalArgumentException("no code for " + why);
    }
    return code;
  }
}
