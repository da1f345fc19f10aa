package dev.naru.shops.table;

import dev.naru.shops.table.Kind.Choice;
import dev.naru.shops.table.Kind.Depending;
import dev.naru.shops.table.Kind.Field;
import dev.naru.shops.table.Kind.Flag;
import dev.naru.shops.table.Kind.Several;
import dev.naru.shops.table.Kind.Shape;
import dev.naru.shops.table.Kind.Text;
import dev.naru.shops.table.Kind.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table as a JSON Schema, by which an editor completes and checks a file while it is written. A
 * value may be {@code ${NAME}} wherever a text, a number or a flag may be.
 */
public final class Schema {

  private static final String PLACE = "^.*\\$\\{[A-Za-z_][A-Za-z0-9_]*(:?-[^}]*)?\\}.*$";
  private static final String REF = "#/definitions/";

  private final Map<String, Object> definitions = new TreeMap<>();

  private Schema() {}

  /** Draft 7, which editors know. */
  public static Map<String, Object> of(Shape file) {
    Schema schema = new Schema();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "http://json-schema.org/draft-07/schema#");
    root.put("title", "Naru shop file");
    root.putAll(schema.object(file));
    root.put("definitions", schema.definitions);
    return root;
  }

  private Map<String, Object> object(Shape shape) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Field field : shape.fields()) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", field.says());
      Map<String, Object> kind = kind(field.kind());
      // Beside a reference nothing else counts in this draft.
      if (kind.containsKey("$ref")) {
        property.put("allOf", List.of(kind));
      } else {
        property.putAll(kind);
      }
      properties.put(field.name(), property);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("additionalProperties", false);
    List<String> required =
        shape.fields().stream().filter(Field::required).map(Field::name).toList();
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    object.put("properties", properties);
    return object;
  }

  private Map<String, Object> kind(Kind kind) {
    return switch (kind) {
      case Text text -> text(text);
      case Choice choice -> anyOf(Map.of("enum", choice.words()));
      case Flag _ -> anyOf(Map.of("type", "boolean"));
      case Whole whole -> {
        Map<String, Object> number = new LinkedHashMap<>();
        number.put("type", "integer");
        number.put("minimum", whole.least());
        number.put("maximum", whole.most());
        yield anyOf(number);
      }
      case Several several -> {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("type", "array");
        list.put("maxItems", several.most());
        list.put("items", kind(several.of()));
        yield list;
      }
      case Shape shape -> defined(shape.name(), () -> object(shape));
      case Depending depending -> defined(depending.name(), () -> depending(depending));
    };
  }

  /** YAML reads a text of digits as a number, which will do. */
  private static Map<String, Object> text(Text text) {
    Map<String, Object> string = new LinkedHashMap<>();
    string.put("type", List.of("string", "number"));
    string.put("pattern", "^(" + text.form().pattern().replace("(?s)", "") + ")$");
    Map<String, Object> any = anyOf(string);
    if (text.form() == Form.MAYBE) {
      any = new LinkedHashMap<>(Map.of("type", List.of("string", "number")));
    }
    return any;
  }

  private static Map<String, Object> anyOf(Map<String, Object> one) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("type", "string");
    place.put("pattern", PLACE);
    Map<String, Object> any = new LinkedHashMap<>();
    any.put("anyOf", List.of(one, place));
    return any;
  }

  private Map<String, Object> depending(Depending kind) {
    List<Object> cases =
        kind.shapes().entrySet().stream()
            .<Object>map(
                one -> {
                  Map<String, Object> chosen = new LinkedHashMap<>();
                  chosen.put(
                      "if", Map.of("properties", Map.of(kind.by(), Map.of("const", one.getKey()))));
                  chosen.put("then", defined(one.getValue().name(), () -> object(one.getValue())));
                  return chosen;
                })
            .toList();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("required", List.of(kind.by()));
    object.put(
        "properties", Map.of(kind.by(), Map.of("enum", List.copyOf(kind.shapes().keySet()))));
    object.put("allOf", cases);
    return object;
  }

  private Map<String, Object> defined(
      String name, java.util.function.Supplier<Map<String, Object>> made) {
    String id = name.replaceFirst("^an? ", "").replace(' ', '-');
    if (!definitions.containsKey(id)) {
      definitions.put(id, Map.of());
      definitions.put(id, made.get());
    }
    Map<String, Object> reference = new LinkedHashMap<>();
    reference.put("$ref", REF + id);
    return reference;
  }
}
