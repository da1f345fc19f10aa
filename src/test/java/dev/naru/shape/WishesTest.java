package dev.naru.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A ratchet: what a shop asks for is typed behind the edge, {@code
 * dev.naru.connector.order.Wishes}; V1's names for it, and maps by them, are the edge's.
 */
@Apart
class WishesTest {

  private static final String NARU = "dev/naru/";
  private static final Path EDGE = Sources.MAIN.resolve(NARU + "connector/order/V1Parameters.java");

  /** Who is behind the edge. */
  private static final List<String> BEHIND =
      List.of("connector", "pg", "payment", "billing", "certification", "aftercare");

  /**
   * What reads documents that earlier versions wrote, for ever. Remove a line when it is not needed
   * any more, never add one.
   */
  private static final Set<String> ALLOWED =
      Set.of(
          "payment/store/PaymentDoc.java has a map of options",
          "billing/ScheduleRows.java has a map of options",
          "payment/store/PaymentStore.java says fixed_unlimited_vbank");

  private static final Pattern NAME = Pattern.compile("(?:get|is|containsKey)\\(\"([\\w.]+)\"");
  private static final Pattern READ =
      Pattern.compile("\\b(?:get|getOrDefault|containsKey|option|isSet)\\(\\s*\"([\\w.]+)\"");
  private static final Pattern MAP = Pattern.compile("Map<String, String>\\s+options\\b");

  @Test
  void nobodyBehindTheEdgeReadsByV1sNames() {
    Set<String> found = new TreeSet<>();
    for (String part : BEHIND) {
      for (Path file : Sources.below(Sources.MAIN.resolve(NARU + part), ".java")) {
        if (!file.equals(EDGE)) {
          String place = Sources.MAIN.resolve(NARU).relativize(file).toString();
          found.addAll(problems(place, Sources.read(file)));
        }
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(ALLOWED));
  }

  @Test
  void readingByANameIsFound() {
    assertThat(names()).contains("vbank_due", "card.direct.code", "digital");
    String source =
        """
        record Sample(Map<String, String> options) {
          String due() { return options.get("vbank_due"); }
          boolean digital() { return order.isSet(
              "digital"); }
        }
        """;
    assertThat(problems("Sample.java", source))
        .containsExactlyInAnyOrder(
            "Sample.java has a map of options",
            "Sample.java reads vbank_due",
            "Sample.java reads digital");
  }

  private static Set<String> problems(String place, String source) {
    Set<String> found = new TreeSet<>();
    Set<String> names = names();
    READ.matcher(source)
        .results()
        .map(result -> result.group(1))
        .filter(names::contains)
        .forEach(name -> found.add(place + " reads " + name));
    Matcher map = MAP.matcher(source);
    if (map.find()) {
      found.add(place + " has a map of options");
    }
    if (source.contains("fixed_unlimited_vbank")) {
      found.add(place + " says fixed_unlimited_vbank");
    }
    return found;
  }

  /** As the edge reads them. */
  private static Set<String> names() {
    return NAME.matcher(Sources.read(EDGE))
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
  }
}
