package dev.naru.simulator.kit;

import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Pace;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.util.Map;

/** What the simulators serve beside the PGs, whichever PG it is about. */
final class SharedPages {

  private SharedPages() {}

  /** The magic table, and the times that go with it, for pages that explain them. */
  static Answer magic(Call call, Pace pace, boolean codesRepeat) {
    if (!call.method().equals("GET") || !call.path().equals("/table")) {
      return Answer.Reply.json(404, Map.of("error", "not found"));
    }
    return Answer.Reply.json(
        200,
        Map.of(
            "cards",
            Cards.MAGIC,
            "phones",
            Cards.PHONES,
            "late_seconds",
            pace.late().toSeconds(),
            "slow_seconds",
            pace.slow().toSeconds(),
            "code_minutes",
            Verifications.VALID.toMinutes(),
            "code_tries",
            Verifications.MOST_TRIES,
            "codes_repeat",
            codesRepeat));
  }

  /** Styles and scripts of the windows. */
  static Answer asset(Call call) {
    return switch (call.path()) {
      case "/window.css" ->
          Answer.Reply.text(200, "text/css;charset=UTF-8", Cards.text("assets/window.css"));
      case "/next.js" ->
          Answer.Reply.text(200, "text/javascript;charset=UTF-8", Cards.text("assets/next.js"));
      case "/once.js" ->
          Answer.Reply.text(200, "text/javascript;charset=UTF-8", Cards.text("assets/once.js"));
      case "/close.js" ->
          Answer.Reply.text(200, "text/javascript;charset=UTF-8", Cards.text("assets/close.js"));
      default -> Answer.Reply.notFound();
    };
  }
}
