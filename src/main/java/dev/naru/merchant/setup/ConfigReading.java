package dev.naru.merchant.setup;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Why;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a form: a config, or all that is wrong.
 *
 * @param config null if something is wrong
 * @param problems by the names of the fields
 */
public record ConfigReading(ConfigForm form, @Nullable Record config, Map<String, Why> problems) {

  public ConfigReading {
    problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
  }

  /** Throws {@link Failed} invalid with all that is wrong. */
  public Record orThrow() {
    if (config == null) {
      throw new Failed(
          new Failure.Invalid(
              problems.entrySet().stream()
                  .map(this::ofField)
                  .reduce((one, next) -> Refusal.BOTH.with(one, next))
                  .orElseThrow()));
    }
    return config;
  }

  private Why ofField(Map.Entry<String, Why> problem) {
    Object label =
        form.field(problem.getKey()).<Object>map(ConfigForm.Field::label).orElse(problem.getKey());
    return Refusal.OF_FIELD.with(label, problem.getValue());
  }
}
