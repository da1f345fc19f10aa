package dev.naru.attention;

import dev.naru.kernel.HubClock;
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
        : "[Naru] 확인이 필요한 항목 " + matters.size() + "건";
  }

  static String text(List<Matter> matters) {
    return matters.stream()
        .map(
            one ->
                "• %s %s — %s (%s부터)"
                    .formatted(
                        one.what().title(), one.about(), one.why(), MINUTE.format(one.since())))
        .collect(Collectors.joining("\n", "나루에서 확인이 필요한 항목이 " + matters.size() + "건 있습니다.\n", ""));
  }
}
