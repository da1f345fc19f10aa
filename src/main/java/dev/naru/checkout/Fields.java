package dev.naru.checkout;

import dev.naru.connector.order.Flat;
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
public record Fields(JsonNode node) {

  /** Deeper nesting means nothing in V1. */
  private static final int DEEPEST = 6;

  private static final int MOST = 200;
  private static final int LONGEST_OPTION = 4_000;

  /** All of them together, in characters: they are kept with a window that anybody may open. */
  private static final int LARGEST_OPTIONS = 8_000;

  /** There is something other than null or a blank text. */
  public boolean has(String name) {
    JsonNode value = at(name);
    return !value.isMissingNode() && !value.isNull();
  }

  /** The text at {@code name}, null if there is none or it is blank. */
  public @Nullable String text(String name, int longest) {
    JsonNode value = at(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw Failed.invalid(Refusal.NO_TEXT, name);
    }
    return checked(name, value.stringValue(), longest);
  }

  /** The same where shops also write numbers: telephone numbers and the like. */
  public @Nullable String loose(String name, int longest) {
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

  public String required(String name, int longest) {
    String text = text(name, longest);
    if (text == null) {
      throw Failed.invalid(Refusal.REQUIRED, name);
    }
    return text;
  }

  public Optional<BigDecimal> number(String name) {
    JsonNode value = at(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      throw Failed.invalid(Refusal.NO_NUMBER, name);
    }
    BigDecimal number = value.decimalValue();
    // Rescaling 1e-999999999 would take all memory there is.
    if (Math.abs((long) number.scale()) > 30) {
      throw Failed.invalid(Refusal.WRONG_VALUE, name);
    }
    return Optional.of(number);
  }

  public boolean isTrue(String name) {
    JsonNode value = at(name);
    return value.isBoolean() ? value.booleanValue() : "true".equals(value.asString(""));
  }

  /** Throws unless it is a truth value, or nothing; old pages send them as texts. */
  void truth(String name) {
    JsonNode value = at(name);
    boolean told = value.isBoolean() || List.of("true", "false").contains(value.asString(""));
    if (!told && !value.isMissingNode() && !value.isNull()) {
      throw Failed.invalid(Refusal.NO_TRUTH, name);
    }
  }

  /** Throws unless it is an object, or nothing. */
  void mayBeObject(String name) {
    JsonNode value = at(name);
    boolean empty = value.isArray() && value.isEmpty();
    if (!empty && !value.isObject() && !value.isMissingNode() && !value.isNull()) {
      throw Failed.invalid(Refusal.NO_OBJECT, name);
    }
  }

  /** The objects of a list; none if there is no list. */
  public List<Fields> objects(String name) {
    List<Fields> objects = list(name).stream().map(Fields::new).toList();
    if (!objects.stream().allMatch(each -> each.node().isObject())) {
      throw Failed.invalid(Refusal.NO_OBJECTS, name);
    }
    return objects;
  }

  /** The numbers of a list; none if there is no list. */
  List<BigDecimal> numbers(String name) {
    List<JsonNode> list = list(name);
    if (!list.stream().allMatch(JsonNode::isNumber)) {
      throw Failed.invalid(Refusal.NO_NUMBERS, name);
    }
    return list.stream().map(JsonNode::decimalValue).toList();
  }

  private List<JsonNode> list(String name) {
    JsonNode value = at(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw Failed.invalid(Refusal.NO_ARRAY, name);
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
        throw Failed.invalid(Refusal.NO_TEXTS, name);
      }
      texts.add(checked(name, each.stringValue(), longest));
    }
    return texts;
  }

  public Fields object(String name) {
    return new Fields(at(name));
  }

  /** The same without these, as if they had not been sent; dots lead into objects. */
  public Fields without(List<String> names) {
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
  public Map<String, String> flat(List<String> except) {
    Map<String, String> flat = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (!except.contains(each.getKey())) {
        Flat.walk(
            each.getKey(), each.getValue(), DEEPEST, (place, value) -> put(place, value, flat));
      }
    }
    int all =
        flat.entrySet().stream().mapToInt(e -> e.getKey().length() + e.getValue().length()).sum();
    if (all > LARGEST_OPTIONS) {
      throw Failed.invalid(Refusal.ALL_TOO_LONG, LARGEST_OPTIONS);
    }
    return flat;
  }

  private static void put(String name, JsonNode value, Map<String, String> into) {
    boolean nothing = value.isString() && isNothing(value.stringValue());
    if (value.isNull() || nothing) {
      return;
    }
    if (into.size() == MOST) {
      throw Failed.invalid(Refusal.TOO_MANY);
    }
    into.put(checked(Word.PARAMETER_NAME, name, 120), checked(name, plain(value), LONGEST_OPTION));
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

  private static String checked(Object name, String text, int longest) {
    if (text.codePointCount(0, text.length()) > longest) {
      throw Failed.invalid(Refusal.TOO_LONG, name, longest);
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
      throw Failed.invalid(Refusal.BAD_CHARACTER, name);
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
