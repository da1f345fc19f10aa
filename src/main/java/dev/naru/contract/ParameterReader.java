package dev.naru.contract;

import dev.naru.contract.Parameter.Marks;
import dev.naru.contract.Parameter.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the parameters of operations: some stand for all of them in {@code shared.yaml}. */
record ParameterReader(Map<String, Object> sharedParameters, Map<String, Object> groups) {

  List<Parameter> parameters(String id, List<Object> all) {
    List<Parameter> parameters = new ArrayList<>();
    for (Object one : all) {
      if (one instanceof String name && name.startsWith("+")) {
        Object group = groups.get(name.substring(1));
        if (!(group instanceof List<?> members)) {
          throw new IllegalStateException(id + ": no group " + name);
        }
        members.forEach(member -> parameters.add(parameter(id, shared(id, member))));
      } else {
        parameters.add(parameter(id, shared(id, one)));
      }
    }
    return parameters;
  }

  /** A shared parameter by its name, one that is like it but for some keys, or one of its own. */
  private Map<String, Object> shared(String id, Object one) {
    if (one instanceof String name) {
      boolean required = name.endsWith("*");
      String plain = required ? name.substring(0, name.length() - 1) : name;
      return named(id, plain, required ? Map.of("required", true) : Map.of());
    }
    if (one instanceof Map<?, ?> own) {
      Map<String, Object> keys = Keys.over(Map.of(), own);
      Object like = keys.remove("like");
      return like == null ? keys : named(id, String.valueOf(like), keys);
    }
    throw new IllegalStateException(id + ": no parameter: " + one);
  }

  private Map<String, Object> named(String id, String name, Map<String, Object> changes) {
    if (!(sharedParameters.get(name) instanceof Map<?, ?> known)) {
      throw new IllegalStateException(id + ": no shared parameter " + name);
    }
    return Keys.over(Keys.over(Map.of("name", name), known), changes);
  }

  private static Parameter parameter(String id, Map<String, Object> mapping) {
    Keys keys = new Keys(id + "." + mapping.get("name"), mapping);
    Map<String, String> requiredIf = new LinkedHashMap<>();
    keys.mapping("requiredIf")
        .forEach((name, value) -> requiredIf.put(name, String.valueOf(value)));
    Parameter parameter =
        new Parameter(
            keys.text("name"),
            Where.valueOf(keys.text("in", "body").toUpperCase(Locale.ROOT)),
            keys.flag("required"),
            requiredIf,
            value(keys),
            keys.both(),
            keys.texts("pgs"),
            keys.texts("except"),
            keys.texts("neededBy"),
            keys.texts("older"),
            new Marks(
                keys.flag("deprecated"),
                keys.flag("shown"),
                keys.flag("relaxed"),
                keys.flag("undocumented"),
                keys.flag("ignored")));
    keys.done();
    return parameter;
  }

  static Value value(Keys keys) {
    String items = keys.textOrNull("items");
    Integer itemLimit = keys.whole("itemLimit");
    Integer mostItems = keys.whole("mostItems");
    boolean free = "object".equals(items);
    boolean texts = "string".equals(items);
    return new Value(
        Value.Type.valueOf(keys.text("type").toUpperCase(Locale.ROOT)),
        keys.textOrNull("format"),
        keys.whole("limit"),
        keys.large("least"),
        keys.large("most"),
        keys.list("enum"),
        keys.flag("lenient"),
        items == null
            ? null
            : new Value.Items(free || texts ? null : items, free, itemLimit, mostItems),
        keys.textOrNull("model"),
        keys.any("default"),
        keys.any("sample"));
  }
}
