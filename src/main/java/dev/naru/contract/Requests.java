package dev.naru.contract;

import dev.naru.contract.Parameter.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What operations are called with, as the document has it. */
record Requests(Schemas schemas) {

  static final String TIER = "Tier";
  static final String KEY = "Idempotency-Key";

  /** Those of an address: the query, the steps of its path, and headers. */
  List<Object> parameters(Operation operation, String path) {
    List<Object> all = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      boolean there =
          parameter.where() == Where.QUERY || path.contains("{" + parameter.name() + "}");
      if (parameter.where() != Where.BODY && there) {
        all.add(parameter(parameter));
      }
    }
    if (!operation.open()) {
      all.add(Map.of("$ref", "#/components/parameters/" + TIER));
    }
    if (operation.takesKey()) {
      all.add(Map.of("$ref", "#/components/parameters/" + KEY));
    }
    return all;
  }

  private Map<String, Object> parameter(Parameter parameter) {
    Map<String, Object> schema = schemas.parameter(parameter);
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", parameter.name());
    one.put("in", parameter.where().name().toLowerCase(Locale.ROOT));
    one.put("required", parameter.required() || parameter.where() == Where.PATH);
    one.put("description", String.valueOf(schema.remove("description")));
    if (schema.remove("deprecated") != null) {
      one.put("deprecated", true);
    }
    one.put("schema", schema);
    if (schema.remove("examples") instanceof List<?> samples) {
      one.put("example", samples.getFirst());
    }
    return one;
  }

  Map<String, Object> body(Operation operation) {
    Map<String, Object> example = new LinkedHashMap<>();
    Map<String, Object> encodings = new LinkedHashMap<>();
    for (Parameter parameter : operation.parameters()) {
      if (parameter.where() != Where.BODY) {
        continue;
      }
      Object sample = parameter.value().sample();
      if (Schemas.inExample(parameter) && sample != null) {
        example.put(parameter.name(), sample);
      }
      if (parameter.value().type() == Value.Type.OBJECT) {
        encodings.put(parameter.name(), Map.of("style", "deepObject", "explode", true));
      }
    }
    Map<String, Object> schema = Schemas.ref(Schemas.requestName(operation));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(Document.JSON, Map.of("schema", schema, "example", example));
    if (!operation.jsonOnly()) {
      content.put(
          Document.FORM,
          encodings.isEmpty()
              ? Map.of("schema", schema)
              : Map.of("schema", schema, "encoding", encodings));
    }
    boolean required = operation.parameters().stream().anyMatch(one -> isRequiredInBody(one));
    return Map.of("required", required || !operation.atLeastOne().isEmpty(), "content", content);
  }

  private static boolean isRequiredInBody(Parameter parameter) {
    return parameter.where() == Where.BODY && parameter.required();
  }
}
