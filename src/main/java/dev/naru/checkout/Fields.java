package dev.naru.checkout;

import dev.naru.kernel.Failed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object from a browser, read by name. Whatever is not as asked is {@link Failed}. */
record Fields(JsonNode node) {

  /** Deeper nesting means nothing in V1. */
  private static final int DEEPEST = 6;

  private static final int MOST = 200;
  private static final int LONGEST_OPTION = 4_000;

  /** All of them together, in characters: they are kept with a window that anybody may open. */
  private static final int LARGEST_OPTIONS = 8_000;

  /** There is something other than null or a blank text. */
  boolean has(String name) {
    JsonNode value = at(name);
    return !value.isMissingNode() && !value.isNull();
  }

  /** The text at {@code name}, null if there is none or it is blank. */
  @Nullable String text(String name, int longest) {
    JsonNode value = at(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw Failed.invalid(name + "은(는) 문자열이어야 합니다.");
    }
    return checked(name, value.stringValue(), longest);
  }

  /** The same where shops also write numbers: telephone numbers and the like. */
  @Nullable String loose(String name, int longest) {
    JsonNode value = at(name);
    return value.isNumber() ? checked(name, value.asString(), longest) : text(name, longest);
  }

  /** The same, cut where it is longer: a text that people read, and nobody compares. */
  @Nullable String cut(String name, int longest) {
    String text = loose(name, LONGEST_OPTION);
    return text == null || text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest));
  }

  String required(String name, int longest) {
    String text = text(name, longest);
    if (text == null) {
      throw Failed.invalid(name + "은(는) 필수 입력값입니다.");
    }
    return text;
  }

  Optional<BigDecimal> number(String name) {
    JsonNode value = at(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      throw Failed.invalid(name + "은(는) 숫자(number) 타입이어야 합니다.");
    }
    BigDecimal number = value.decimalValue();
    // Rescaling 1e-999999999 would take all memory there is.
    if (Math.abs((long) number.scale()) > 30) {
      throw Failed.invalid(name + "의 값이 올바르지 않습니다.");
    }
    return Optional.of(number);
  }

  boolean isTrue(String name) {
    JsonNode value = at(name);
    return value.isBoolean() ? value.booleanValue() : "true".equals(value.asString(""));
  }

  /** Throws unless it is a truth value, or nothing; old pages send them as texts. */
  void truth(String name) {
    JsonNode value = at(name);
    boolean told = value.isBoolean() || List.of("true", "false").contains(value.asString(""));
    if (!told && !value.isMissingNode() && !value.isNull()) {
      throw Failed.invalid(name + "은(는) true 또는 false(boolean)여야 합니다.");
    }
  }

  /** Throws unless it is an object, or nothing. */
  void mayBeObject(String name) {
    JsonNode value = at(name);
    boolean empty = value.isArray() && value.isEmpty();
    if (!empty && !value.isObject() && !value.isMissingNode() && !value.isNull()) {
      throw Failed.invalid(name + "은(는) 객체(object)여야 합니다.");
    }
  }

  /** The objects of a list; none if there is no list. */
  List<Fields> objects(String name) {
    List<Fields> objects = list(name).stream().map(Fields::new).toList();
    if (!objects.stream().allMatch(each -> each.node().isObject())) {
      throw Failed.invalid(name + "은(는) 객체의 배열이어야 합니다.");
    }
    return objects;
  }

  /** Throws unless it is a list of numbers, or nothing. */
  void numbers(String name) {
    if (!list(name).stream().allMatch(JsonNode::isNumber)) {
      throw Failed.invalid(name + "은(는) 숫자의 배열이어야 합니다.");
    }
  }

  private List<JsonNode> list(String name) {
    JsonNode value = at(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw Failed.invalid(name + "은(는) 배열이어야 합니다.");
    }
    return value.valueStream().toList();
  }

  /** A text, or a list of texts. */
  List<String> texts(String name, int longest) {
    JsonNode value = at(name);
    if (!value.isArray()) {
      String only = text(name, longest);
      return only == null ? List.of() : List.of(only);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : value) {
      if (!each.isString()) {
        throw Failed.invalid(name + "은(는) 문자열 또는 문자열의 배열이어야 합니다.");
      }
      texts.add(checked(name, each.stringValue(), longest));
    }
    return texts;
  }

  Fields object(String name) {
    return new Fields(at(name));
  }

  /** The same without these, as if they had not been sent; dots lead into objects. */
  Fields without(List<String> names) {
    if (names.stream().allMatch(name -> at(name).isMissingNode())) {
      return this;
    }
    JsonNode rest = node.deepCopy();
    for (String name : names) {
      int dot = name.lastIndexOf('.');
      JsonNode holder = dot < 0 ? rest : new Fields(rest).at(name.substring(0, dot));
      if (holder instanceof ObjectNode object) {
        object.remove(name.substring(dot + 1));
      }
    }
    return new Fields(rest);
  }

  /**
   * All that is left, flat: {@code card.direct.code}; lists of plain values with commas between
   * them, other lists as JSON.
   */
  Map<String, String> flat(List<String> except) {
    Map<String, String> flat = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (!except.contains(each.getKey())) {
        flatten(each.getKey(), each.getValue(), 1, flat);
      }
    }
    int all =
        flat.entrySet().stream().mapToInt(e -> e.getKey().length() + e.getValue().length()).sum();
    if (all > LARGEST_OPTIONS) {
      throw Failed.invalid("파라미터는 모두 합하여 " + LARGEST_OPTIONS + "자를 초과할 수 없습니다.");
    }
    return flat;
  }

  private static void flatten(String name, JsonNode value, int depth, Map<String, String> into) {
    if (value.isObject() && depth < DEEPEST) {
      value
          .properties()
          .forEach(each -> flatten(name + "." + each.getKey(), each.getValue(), depth + 1, into));
      return;
    }
    boolean nothing = value.isString() && isNothing(value.stringValue());
    if (value.isNull() || nothing) {
      return;
    }
    if (into.size() == MOST) {
      throw Failed.invalid("파라미터가 너무 많습니다.");
    }
    into.put(checked("파라미터 이름", name, 120), checked(name, plain(value), LONGEST_OPTION));
  }

  private static String plain(JsonNode value) {
    if (!value.isArray()) {
      return value.isValueNode() ? value.asString() : value.toString();
    }
    List<String> plain = new ArrayList<>();
    for (JsonNode each : value) {
      if (!each.isValueNode()) {
        return value.toString();
      }
      plain.add(each.asString());
    }
    return String.join(",", plain);
  }

  private static String checked(String name, String text, int longest) {
    if (text.codePointCount(0, text.length()) > longest) {
      throw Failed.invalid(name + "은(는) " + longest + "자를 초과할 수 없습니다.");
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
      throw Failed.invalid(name + "에 사용할 수 없는 문자가 있습니다.");
    }
    return text;
  }

  /** Blank texts are as good as none; dots lead into objects. */
  private JsonNode at(String name) {
    JsonNode at = node;
    for (String step : name.split("\\.")) {
      at = at.path(step);
    }
    return at.isString() && isNothing(at.stringValue()) ? node.path("") : at;
  }

  /** What pages write where they mean nothing. */
  private static boolean isNothing(String text) {
    return text.isBlank() || text.equals("undefined") || text.equals("null");
  }
}
