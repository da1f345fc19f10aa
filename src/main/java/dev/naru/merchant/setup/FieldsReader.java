package dev.naru.merchant.setup;

import dev.naru.kernel.Secret;
import dev.naru.kernel.Why;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one form, and finds all that is wrong with it. */
final class FieldsReader {

  private static final Set<String> YES = Set.of("true", "on", "yes", "1");
  private static final Set<String> NO = Set.of("", "false", "off", "no", "0");

  private final ConfigForm form;
  private final Map<String, String> entered;
  private final @Nullable Record old;
  private final Map<String, Why> problems = new LinkedHashMap<>();

  FieldsReader(ConfigForm form, Map<String, String> entered, @Nullable Record old) {
    this.form = form;
    this.entered = entered;
    this.old = old;
  }

  ConfigReading read() {
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordComponent component : form.pg().config().getRecordComponents()) {
      values.add(value(component, form.field(component.getName()).orElseThrow()));
    }
    for (String name : entered.keySet()) {
      if (form.field(name).isEmpty()) {
        problems.put(name, Refusal.UNKNOWN_FIELD.with());
      }
    }
    Record config = problems.isEmpty() ? Components.make(form.pg().config(), values) : null;
    return new ConfigReading(form, config, problems);
  }

  private @Nullable Object value(RecordComponent component, ConfigForm.Field field) {
    String text = Objects.requireNonNullElse(entered.get(field.name()), "").strip();
    if (field.kind() == ConfigForm.Kind.SWITCH) {
      return yes(field, text);
    }
    if (text.isEmpty() && field.secret() && old != null) {
      return Components.value(component, old);
    }
    if (text.isEmpty()) {
      if (field.required()) {
        problems.put(field.name(), Refusal.MISSING.with());
      }
    } else {
      check(field, text);
    }
    if (text.isEmpty() && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    return field.secret() ? new Secret(text) : text;
  }

  private boolean yes(ConfigForm.Field field, String text) {
    if (!YES.contains(text) && !NO.contains(text)) {
      problems.put(field.name(), Refusal.NO_SWITCH.with());
    }
    return YES.contains(text);
  }

  private void check(ConfigForm.Field field, String text) {
    boolean lines = field.kind() == ConfigForm.Kind.LINES;
    if (text.codePointCount(0, text.length()) > field.longest()) {
      problems.put(field.name(), Refusal.TOO_LONG.with(field.longest()));
    } else if (text.chars().anyMatch(one -> Character.isISOControl(one) && !(lines && one < ' '))) {
      problems.put(field.name(), Refusal.NO_LINES.with());
    } else if (field.pattern() != null && !matches(field.pattern(), text)) {
      problems.put(field.name(), Refusal.WRONG_FORM.with());
    }
  }

  private static boolean matches(String pattern, String text) {
    return text.matches("(?s)" + pattern);
  }
}
