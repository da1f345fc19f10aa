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
    all.put(REFUSED, refused());
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
    schema.put("description", describe(parameter));
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

  String describe(Parameter parameter) {
    StringBuilder text = new StringBuilder(in(parameter.text()));
    Object sample = parameter.value().sample();
    if (sample instanceof String example && !example.isEmpty() && !inExample(parameter)) {
      text.append(say(" Such as `", " 예: `")).append(example).append('`');
    }
    say(text, say("Only", "사용하는 PG"), parameter.pgs());
    say(text, say("Not", "쓸 수 없는 PG"), parameter.except());
    say(text, say("Needed by", "필수인 PG"), parameter.neededBy());
    say(text, say("Also called", "다른 이름"), parameter.older());
    parameter
        .requiredIf()
        .forEach(
            (name, is) ->
                text.append(say(" Required if `", " 필수 조건: `"))
                    .append(name)
                    .append("` = `")
                    .append(is)
                    .append('`'));
    if (parameter.marks().undocumented()) {
      text.append(say(" V1's own description does not have it.", " V1 문서에는 없습니다."));
    }
    return text.toString();
  }

  private static void say(StringBuilder text, String what, List<String> names) {
    if (!names.isEmpty()) {
      text.append(" (").append(what).append(": ").append(String.join(", ", names)).append(')');
    }
  }

  private String say(String english, String korean) {
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

  /** What an operation answers when it succeeds, in whole or in part. */
  Map<String, Object> answer(Answer answer) {
    Object response =
        switch (answer.shape()) {
          case NONE -> NULL;
          case ONE -> oneOf(answer.models());
          case LIST -> Map.of("type", "array", "items", oneOf(answer.models()));
          case PAGE -> page(oneOf(answer.models()));
        };
    if (!answer.enveloped()) {
      return answer.shape() == Answer.Shape.NONE ? Map.of() : oneOf(answer.models());
    }
    Map<String, Object> properties = envelope();
    properties.put(
        "response",
        answer.shape() == Answer.Shape.NONE ? NULL : Map.of("anyOf", List.of(response, NULL)));
    answer.beside().forEach((name, model) -> properties.put(name, ref(model)));
    return object(properties, List.of("code", "message", "response"));
  }

  private static Map<String, Object> oneOf(List<String> models) {
    return models.size() == 1
        ? ref(models.getFirst())
        : Map.of("anyOf", models.stream().map(Schemas::ref).toList());
  }

  private Map<String, Object> page(Map<String, Object> one) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("total", whole("How many there are in all.", "전체 건수"));
    properties.put("previous", whole("The page before, 0 if none.", "이전 쪽. 없으면 0"));
    properties.put("next", whole("The page after, 0 if none.", "다음 쪽. 없으면 0"));
    properties.put("list", Map.of("type", "array", "items", one));
    return object(properties, List.of("total", "previous", "next", "list"));
  }

  private Map<String, Object> refused() {
    Map<String, Object> properties = envelope();
    properties.put("response", NULL);
    Map<String, Object> schema = object(properties, List.of("code", "message", "response"));
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("code", -1);
    sample.put("message", say("Why, in Korean.", "거절한 이유"));
    sample.put("response", null);
    schema.put("examples", List.of(sample));
    return schema;
  }

  private Map<String, Object> envelope() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "code",
        whole(
            "0 for success, 1 if refused by its state, -1 for anything else.",
            "0 성공, 1 상태 때문에 거절, -1 그 밖의 실패"));
    properties.put(
        "message",
        new LinkedHashMap<>(
            Map.of(
                "type",
                List.of("string", "null"),
                "description",
                say("Why it was refused, in Korean.", "거절한 이유"))));
    return properties;
  }

  private Map<String, Object> whole(String english, String korean) {
    return Map.of("type", "integer", "description", say(english, korean));
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }
}
