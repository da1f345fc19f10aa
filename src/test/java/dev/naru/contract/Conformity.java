package dev.naru.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whether JSON is what the table says. Any test may ask. */
public final class Conformity {

  private static final Contract V1 = Contract.v1();

  private Conformity() {}

  /**
   * What is wrong with an object, one line each: a field the model does not have, one that is
   * missing, of another type, or not among the allowed values. Empty if nothing is.
   *
   * @param model its name in the table
   */
  public static List<String> problems(String model, JsonNode json) {
    List<String> problems = new ArrayList<>();
    check(V1.model(model), json, model, problems);
    return problems;
  }

  /** The same of a whole successful answer, envelope included. */
  public static List<String> problems(Operation operation, JsonNode body) {
    List<String> problems = new ArrayList<>();
    Answer answer = operation.answer();
    JsonNode response = answer.enveloped() ? body.path("response") : body;
    if (answer.enveloped()) {
      Set<String> names = new TreeSet<>(answer.beside().keySet());
      names.addAll(List.of("code", "message", "response"));
      names.removeAll(body.propertyNames());
      if (!names.isEmpty() && answer.shape() != Answer.Shape.NONE) {
        problems.add(operation.call() + ": no " + names);
      }
    }
    switch (answer.shape()) {
      case NONE -> {}
      case ONE -> anyOf(answer.models(), response, operation.call(), problems);
      case LIST -> each(answer.models(), response, operation.call(), problems);
      case PAGE -> {
        for (String name : List.of("total", "previous", "next")) {
          if (!response.path(name).isIntegralNumber()) {
            problems.add(operation.call() + ": " + name + " is " + response.path(name));
          }
        }
        each(answer.models(), response.path("list"), operation.call(), problems);
      }
    }
    return problems;
  }

  private static void each(
      List<String> models, JsonNode list, String place, List<String> problems) {
    if (!list.isArray()) {
      problems.add(place + ": no array: " + list);
    }
    int index = 0;
    for (JsonNode one : list) {
      anyOf(models, one, place + "[" + index++ + "]", problems);
    }
  }

  private static void anyOf(
      List<String> models, JsonNode json, String place, List<String> problems) {
    List<String> all = new ArrayList<>();
    for (String model : models) {
      List<String> found = new ArrayList<>();
      check(V1.model(model), json, place, found);
      if (found.isEmpty()) {
        return;
      }
      all.addAll(found);
    }
    problems.addAll(all);
  }

  private static void check(Model model, JsonNode json, String place, List<String> problems) {
    if (!json.isObject()) {
      problems.add(place + " is no object: " + json);
      return;
    }
    Set<String> unknown = new TreeSet<>(json.propertyNames());
    for (Field field : model.fields()) {
      unknown.remove(field.name());
      JsonNode value = json.get(field.name());
      String at = place + "." + field.name();
      if (value == null) {
        if (field.always()) {
          problems.add(at + " is missing");
        }
      } else if (value.isNull()) {
        if (!field.nullable()) {
          problems.add(at + " is null");
        }
      } else {
        check(field.value(), value, at, problems);
      }
    }
    unknown.forEach(name -> problems.add(place + "." + name + " is not in " + model.name()));
  }

  private static void check(Value value, JsonNode json, String at, List<String> problems) {
    boolean fits =
        switch (value.type()) {
          case STRING -> json.isString();
          case NUMBER -> json.isNumber();
          case INTEGER -> json.isIntegralNumber();
          case BOOLEAN -> json.isBoolean();
          case ARRAY -> json.isArray();
          case OBJECT -> json.isObject();
        };
    if (!fits) {
      problems.add(at + " is no " + value.type() + ": " + json);
      return;
    }
    boolean allowed =
        value.allowed().isEmpty()
            || value.allowed().stream().anyMatch(one -> one.toString().equals(json.asString()));
    if (!allowed) {
      problems.add(at + " is none of " + value.allowed() + ": " + json);
    }
    Value.Items items = value.items();
    if (value.model() != null) {
      check(V1.model(value.model()), json, at, problems);
    } else if (items != null && items.model() != null) {
      Model model = V1.model(items.model());
      int index = 0;
      for (JsonNode one : json) {
        check(model, one, at + "[" + index++ + "]", problems);
      }
    } else if (items != null) {
      for (JsonNode one : json) {
        if (items.free() ? !one.isObject() : !one.isString()) {
          problems.add(at + " holds " + one);
        }
      }
    }
  }
}
