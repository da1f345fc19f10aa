package dev.naru.attention;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Wording;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** What the operator reads about matters. */
final class Telling {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(HubClock.SEOUL);

  private Telling() {}

  static String subject(List<Matter> matters) {
    Matter first = matters.getFirst();
    return matters.size() == 1
        ? "[Naru] " + first.what().title() + " (" + first.about() + ")"
        : Wording.KOREAN.of(Word.SUBJECT, matters.size());
  }

  static String text(List<Matter> matters) {
    return matters.stream()
        .map(
            one ->
                Wording.KOREAN.of(
                    Word.LINE, one.what(), one.about(), one.why(), MINUTE.format(one.since())))
        .collect(Collectors.joining("\n", Wording.KOREAN.of(Word.HEAD, matters.size()) + "\n", ""));
  }
}
