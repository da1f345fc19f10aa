package dev.naru.shops.table;

import dev.naru.connector.Pg;
import dev.naru.kernel.Secret;
import dev.naru.shops.table.Kind.Field;
import dev.naru.shops.table.Kind.Flag;
import dev.naru.shops.table.Kind.Text;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A PG's config record as fields of a channel: {@code apiKey} is written {@code api_key}. */
public final class ConfigFields {

  /** What a MID may always be called, whatever the PG calls it. */
  public static final String MID = "mid";

  /** What every channel has: a PG's field of such a name is written {@code pg_key}. */
  private static final Set<String> OF_CHANNELS =
      Set.of("pg", "key", "name", "mode", "default", "accepts_unknown");

  private ConfigFields() {}

  /**
   * One of its components.
   *
   * @param component as the record has it
   * @param name as the file has it
   * @param optional the PG does without
   */
  public record Line(
      String component, String name, boolean secret, boolean flag, boolean optional) {

    Field field() {
      Kind kind = flag ? new Flag() : new Text(Form.MAYBE, secret);
      return new Field(name, kind, false, says());
    }

    private String says() {
      return "the PG's " + snake(component).replace('_', ' ') + (secret ? ", a secret" : "");
    }
  }

  /** In the order of the PG's console form; the first is the MID. */
  public static List<Line> of(Pg<?> pg) {
    return Arrays.stream(pg.config().getRecordComponents()).map(ConfigFields::line).toList();
  }

  private static Line line(RecordComponent component) {
    boolean flag = component.getType() == boolean.class;
    return new Line(
        component.getName(),
        named(snake(component.getName())),
        component.getType() == Secret.class,
        flag,
        flag || isNullable(component.getAnnotatedType()));
  }

  private static String named(String name) {
    return OF_CHANNELS.contains(name) ? "pg_" + name : name;
  }

  private static boolean isNullable(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
