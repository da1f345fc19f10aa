package dev.naru.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table's values as JSON Schema, in one language. */
record Schemas(Locale language) {

  /** The name of the envelope of what was refused. */
  static final String REFUSED = "Refused";

  private static final Map<String, Object> NULL = Map.of("type", "null");

  static Map<String, Object> ref(String model) {
    return Map.of("$ref", "#/components/schemas/" + model);
  }

  String in(Text text) {
    return text.in(language);
  }

  /** All models by name, and what requests hold by the operation's id. */
  Map<String, Object> all(Contract contract) {
    Map<String, Object> all = new LinkedHashMap<>();
    contract.models().forEach(model -> all.put(model.name(), model(model)));
    all.put(REFUSED, new Envelopes(this).refused());
    for (Operation operation : contract.operations()) {
      if (operation.hasBody()) {
        all.put(requestName(operation), request(operation));
      }
    }
    return all;
  }

  static String requestName(Operation operation) {
    String id = operation.id();
    return id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1) + "Request";
  }

  private Map<String, Object> model(Model model) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Field field : model.fields()) {
      properties.put(field.name(), field(field));
      if (field.always()) {
        required.add(field.name());
      }
    }
    Map<String, Object> schema = object(properties, required);
    schema.put("description", in(model.text()));
    return schema;
  }

  private Map<String, Object> field(Field field) {
    Map<String, Object> schema = value(field.value());
    if (field.nullable()) {
      schema = nullable(schema);
    }
    String text = in(field.text());
    schema.put(
        "description", field.beyond() ? text + " " + say("(beyond V1)", "(V1에 없는 값)") : text);
    if (field.deprecated()) {
      schema.put("deprecated", true);
    }
    return schema;
  }

  private static Map<String, Object> nullable(Map<String, Object> schema) {
    Map<String, Object> either = new LinkedHashMap<>();
    if (schema.containsKey("$ref")) {
      either.put("anyOf", List.of(new LinkedHashMap<>(schema), NULL));
      return either;
    }
    either.putAll(schema);
    either.put("type", List.of(String.valueOf(schema.get("type")), "null"));
    if (schema.get("enum") instanceof List<?> allowed) {
      List<@Nullable Object> more = new ArrayList<>(allowed);
      more.add(null);
      either.put("enum", more);
    }
    return either;
  }

  private Map<String, Object> request(Operation operation) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    List<Object> rules = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      if (parameter.where() == Parameter.Where.BODY) {
        properties.put(parameter.name(), parameter(parameter));
        if (parameter.required()) {
          required.add(parameter.name());
        }
        parameter.requiredIf().forEach((name, is) -> rules.add(rule(name, is, parameter.name())));
      }
    }
    Map<String, Object> schema = object(properties, required);
    if (!operation.atLeastOne().isEmpty()) {
      schema.put(
          "anyOf",
          operation.atLeastOne().stream().map(name -> Map.of("required", List.of(name))).toList());
    }
    if (!rules.isEmpty()) {
      schema.put("allOf", rules);
    }
    return schema;
  }

  private static Map<String, Object> rule(String name, String is, String then) {
    return Map.of(
        "if",
        Map.of("properties", Map.of(name, Map.of("const", is)), "required", List.of(name)),
        "then",
        Map.of("required", List.of(then)));
  }

  /** With a sample only where the documentation's example has it: a page would send any other. */
  Map<String, Object> parameter(Parameter parameter) {
    Map<String, Object> schema = value(parameter.value());
    schema.put("description", new ParameterText(this).of(parameter));
    if (parameter.marks().deprecated()) {
      schema.put("deprecated", true);
    }
    if (inExample(parameter) && parameter.value().sample() != null) {
      schema.put("examples", List.of(parameter.value().sample()));
    }
    return schema;
  }

  static boolean inExample(Parameter parameter) {
    return parameter.required() || parameter.marks().shown();
  }

  /** In the document's language. */
  String say(String english, String korean) {
    return in(new Text(english, korean));
  }

  private static Map<String, Object> value(Value value) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (value.model() != null && value.type() == Value.Type.OBJECT) {
      schema.putAll(ref(value.model()));
      return schema;
    }
    schema.put("type", value.type().name().toLowerCase(Locale.ROOT));
    put(schema, "format", value.format());
    put(schema, "maxLength", value.limit());
    put(schema, "minimum", value.least());
    put(schema, "maximum", value.most());
    put(schema, "default", value.absent());
    if (!value.allowed().isEmpty() && !value.lenient()) {
      schema.put("enum", value.allowed());
    }
    Value.Items items = value.items();
    if (items != null) {
      schema.put("items", items(items));
      put(schema, "maxItems", items.most());
    }
    return schema;
  }

  private static Map<String, Object> items(Value.Items items) {
    if (items.model() != null) {
      return ref(items.model());
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", items.free() ? "object" : "string");
    put(schema, "maxLength", items.limit());
    return schema;
  }

  private static void put(Map<String, Object> schema, String name, @Nullable Object value) {
    if (value != null) {
      schema.put(name, value);
    }
  }

  static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }
}
