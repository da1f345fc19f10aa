package dev.naru.console.channel;

import dev.naru.kernel.Name;
import dev.naru.kernel.Why;
import dev.naru.kernel.Wording;
import dev.naru.merchant.setup.ConfigForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a PG's contract in a form of the console. */
final class Fields {

  /** Before the name of each, since others stand in the same form. */
  private static final String PREFIX = "field.";

  private Fields() {}

  /**
   * One field as it is shown.
   *
   * @param name of the control
   * @param value what stands in it: of a secret nothing, unless it is one that the PG publishes
   * @param problem what is wrong with what was entered; null if nothing is
   */
  public record Line(
      String name,
      ConfigForm.Field field,
      String label,
      String help,
      String value,
      @Nullable String problem) {}

  /** What was entered, by the names of the fields. */
  static Map<String, String> entered(Map<String, String> request) {
    Map<String, String> entered = new LinkedHashMap<>();
    request.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            entered.put(name.substring(PREFIX.length()), value);
          }
        });
    return entered;
  }

  /** A form in the language of who reads it. */
  static List<Line> lines(
      ConfigForm form, Map<String, String> values, Map<String, Why> problems, boolean korean) {
    return form.fields().stream()
        .map(
            field -> {
              String value = values.getOrDefault(field.name(), "");
              boolean shown = !field.secret() || value.equals(field.sample());
              Why why = problems.get(field.name());
              return new Line(
                  PREFIX + field.name(),
                  field,
                  text(field.label(), korean),
                  text(field.help(), korean),
                  shown ? value : "",
                  why == null ? null : Wording.of(korean).of(why));
            })
        .toList();
  }

  /** What the PG publishes to test with, by the names of the fields. */
  static Map<String, String> samples(ConfigForm form) {
    Map<String, String> samples = new LinkedHashMap<>();
    form.fields()
        .forEach(
            field -> {
              if (field.sample() != null) {
                samples.put(field.name(), field.sample());
              }
            });
    return samples;
  }

  private static String text(Name name, boolean korean) {
    return korean ? name.korean() : name.english();
  }
}
