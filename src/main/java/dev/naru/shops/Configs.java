package dev.naru.shops;

import dev.naru.connector.Pg;
import dev.naru.kernel.Wording;
import dev.naru.merchant.setup.ConfigForm;
import dev.naru.merchant.setup.ConfigReading;
import dev.naru.shops.table.ConfigFields;
import dev.naru.shops.table.Part;
import dev.naru.shops.text.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a channel's credentials: what the file says, and in a sandbox the PG's public test values.
 */
final class Configs {

  private final Problems problems;

  Configs(Problems problems) {
    this.problems = problems;
  }

  /**
   * What came of it.
   *
   * @param given what the file says, by the components of the PG's config record
   * @param entered the same with test values in the places that the file leaves open
   */
  record Made(Map<String, String> given, Map<String, String> entered, Record config) {}

  /** Null if something is wrong, which has been reported then. */
  @Nullable Made of(Pg<?> pg, Part channel, Pg.Mode mode) {
    ConfigForm form = ConfigForm.of(pg, mode);
    Map<String, String> given = new LinkedHashMap<>();
    Map<String, String> entered = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (ConfigFields.Line line : ConfigFields.of(pg)) {
      String name = name(channel, line, names.isEmpty());
      names.put(line.component(), name);
      String text = given(channel, line, name);
      if (text != null) {
        given.put(line.component(), text);
        entered.put(line.component(), text);
      } else if (mode == Pg.Mode.SANDBOX) {
        String sample = form.field(line.component()).map(ConfigForm.Field::sample).orElse(null);
        entered.put(line.component(), Objects.requireNonNullElse(sample, ""));
      }
    }
    if (mode == Pg.Mode.LIVE) {
      refusePublished(pg, channel, given, names);
    }
    ConfigReading reading = form.read(entered);
    reading
        .problems()
        .forEach(
            (component, why) -> {
              String name = names.getOrDefault(component, component);
              problems.add(channel.at(name), "\"%s\": %s".formatted(name, Wording.ENGLISH.of(why)));
            });
    return reading.config() == null ? null : new Made(given, entered, reading.config());
  }

  private String name(Part channel, ConfigFields.Line line, boolean first) {
    if (!first || !channel.has(ConfigFields.MID) || line.name().equals(ConfigFields.MID)) {
      return line.name();
    }
    if (channel.has(line.name())) {
      problems.add(
          channel.at(ConfigFields.MID),
          "\"mid\" and \"%s\" mean the same: only one of them".formatted(line.name()));
    }
    return ConfigFields.MID;
  }

  private static @Nullable String given(Part channel, ConfigFields.Line line, String name) {
    if (!channel.has(name)) {
      return null;
    }
    return line.flag() ? Boolean.toString(channel.flag(name)) : channel.text(name).orElse("");
  }

  private void refusePublished(
      Pg<?> pg, Part channel, Map<String, String> given, Map<String, String> names) {
    ConfigForm tried = ConfigForm.of(pg, Pg.Mode.TEST);
    given.forEach(
        (component, text) ->
            tried
                .field(component)
                .filter(field -> field.secret() && text.equals(field.sample()) && !text.isEmpty())
                .ifPresent(
                    _ ->
                        problems.add(
                            channel.at(names.getOrDefault(component, component)),
                            "is a public test value, which everybody knows")));
  }
}
