package dev.naru.merchant.setup;

import dev.naru.connector.Pg;
import dev.naru.connector.facts.PgFields;
import dev.naru.kernel.Name;
import dev.naru.kernel.Secret;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a PG wants to know of a contract, as a form: one field for each component of its config
 * record, in their order. The first is the merchant id.
 */
public record ConfigForm(Pg<?> pg, List<Field> fields) {

  /** How a field is entered. */
  public enum Kind {
    TEXT,
    /** Several lines, such as a certificate. */
    LINES,
    /** Yes or no. */
    SWITCH
  }

  /**
   * One field.
   *
   * @param name the component's
   * @param secret never shown again
   * @param longest how many characters
   * @param pattern a regular expression that all of it has to match, null for any
   * @param help where it is found at the PG
   * @param sample what may be tried in this mode, null if the PG publishes none
   */
  public record Field(
      String name,
      Kind kind,
      boolean secret,
      boolean required,
      int longest,
      @Nullable String pattern,
      Name label,
      Name help,
      @Nullable String sample) {}

  public ConfigForm {
    fields = List.copyOf(fields);
  }

  /** The form of a PG's channels of a mode. */
  public static ConfigForm of(Pg<?> pg, Pg.Mode mode) {
    Record demo = mode == Pg.Mode.LIVE ? null : pg.demo();
    return new ConfigForm(
        pg,
        Arrays.stream(pg.config().getRecordComponents())
            .map(one -> field(pg, one, mode, demo))
            .toList());
  }

  private static Field field(
      Pg<?> pg, RecordComponent component, Pg.Mode mode, @Nullable Record demo) {
    PgFields.Facts facts = PgFields.of(pg.code(), component.getName());
    Class<?> type = component.getType();
    boolean published = mode == Pg.Mode.SANDBOX || facts.published();
    return new Field(
        component.getName(),
        type == boolean.class ? Kind.SWITCH : facts.lines() ? Kind.LINES : Kind.TEXT,
        type == Secret.class,
        facts.required() && type != boolean.class,
        facts.longest(),
        facts.pattern(),
        facts.label(),
        facts.help(),
        demo == null || !published ? null : text(Components.value(component, demo)));
  }

  /** What is entered for a value. */
  private static String text(@Nullable Object value) {
    return value instanceof Secret secret ? secret.reveal() : value == null ? "" : value.toString();
  }

  public Optional<Field> field(String name) {
    return fields.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** What stands in the form of a channel that there is: secrets do not. */
  public Map<String, String> entered(Record config) {
    Map<String, String> entered = new LinkedHashMap<>();
    for (RecordComponent component : pg.config().getRecordComponents()) {
      Object value = Components.value(component, config);
      entered.put(component.getName(), value instanceof Secret ? "" : text(value));
    }
    return entered;
  }

  /** The names of the secrets in which two configs differ. */
  public static List<String> newSecrets(Record old, Record config) {
    return Arrays.stream(config.getClass().getRecordComponents())
        .filter(one -> one.getType() == Secret.class)
        .filter(one -> !Objects.equals(Components.value(one, old), Components.value(one, config)))
        .map(RecordComponent::getName)
        .toList();
  }

  /** Reads what was entered for a new channel. */
  public ConfigReading read(Map<String, String> entered) {
    return read(entered, null);
  }

  /**
   * Reads what was entered for a channel that there is.
   *
   * @param old of which a secret stays that is left empty; null for a new channel
   */
  public ConfigReading read(Map<String, String> entered, @Nullable Record old) {
    return new FieldsReader(this, entered, old).read();
  }
}
