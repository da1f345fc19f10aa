package dev.naru.simulator.kit.web;

import dev.naru.simulator.kit.facts.Numbers;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The fields of a request, each as a text. */
public record Fields(Map<String, String> all) {

  /** Those of JSON, of a form or of the query, whichever it brings. */
  public static Fields of(Call call) {
    String type = call.header("Content-Type");
    if (call.method().equals("GET")) {
      return new Fields(call.params());
    }
    if (type == null || !type.contains("json")) {
      return new Fields(call.form());
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : call.json().properties()) {
      JsonNode value = one.getValue();
      fields.put(one.getKey(), value.isValueNode() ? value.asString("") : value.toString());
    }
    return new Fields(fields);
  }

  /** Empty when it is missing. */
  public String text(String name) {
    return all.getOrDefault(name, "");
  }

  /** As an amount; -1 when it is none. */
  public long number(String name) {
    return Numbers.amount(text(name));
  }
}
