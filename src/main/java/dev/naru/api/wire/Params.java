package dev.naru.api.wire;

import dev.naru.api.Refusal;
import dev.naru.api.Word;
import dev.naru.connector.Pg;
import dev.naru.connector.facts.Reads;
import dev.naru.connector.facts.Reads.Door;
import dev.naru.connector.order.Flat;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parameters of a V1 request, wherever they came from: JSON body, form body or query. Numbers
 * may be strings, unknown parameters are ignored, and what clients write for "not given" is as good
 * as absent: null, an empty text, list or object, the texts {@code null} and {@code undefined}.
 * What is there must fit: every getter throws {@link Failed} invalid, naming the parameter.
 */
public final class Params {

  /** V1's oldest way to send the access token, in the query. */
  static final String TOKEN = "_token";

  /** What clients write where they mean nothing. */
  private static final Set<String> NOTHING = Set.of("", "null", "undefined");

  private static final int LONGEST = 4_000;
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

  private final Map<String, Object> values;
  private final JsonMapper json;

  public Params(Map<String, Object> values, JsonMapper json) {
    this.values = values;
    this.json = json;
  }

  /** The same text for the same parameters, in whatever order and with whatever token they came. */
  public String canonical() {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.remove(TOKEN);
    return json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsString(all);
  }

  /**
   * Without what this PG does not read with this pay_method; with all of it while none is known.
   */
  public Params readBy(Door door, @Nullable Pg<?> pg, String method) {
    Map<String, Object> read = new LinkedHashMap<>(values);
    for (String name : Reads.unread(door, pg, method)) {
      read.remove(name);
    }
    return new Params(read, json);
  }

  /** Whether there is anything that only some PGs read. */
  public boolean hasParticular(Door door) {
    return Reads.particular(door).stream().anyMatch(this::has);
  }

  public boolean has(String name) {
    return !isAbsent(values.get(name));
  }

  /** Whether there is an array with nothing in it, for what must not be taken for no array. */
  public boolean isEmptyArray(String name) {
    Object value = values.containsKey(name) ? values.get(name) : values.get(name + "[]");
    return value instanceof List<?> && isAbsent(value);
  }

  private static boolean isAbsent(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> NOTHING.contains(text);
      case List<?> list -> list.stream().allMatch(Params::isAbsent);
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }

  /** A text, null if absent. {@code limit} counts characters, as V1's limits do. */
  public @Nullable String text(String name, int limit) {
    if (!has(name)) {
      return null;
    }
    return Texts.checked(name, Texts.scalar(name, values.get(name)), limit);
  }

  public String required(String name, int limit) {
    String text = text(name, limit);
    if (text == null || text.isBlank()) {
      throw Failed.invalid(Malformed.MISSING, name);
    }
    return text;
  }

  /** A text that stands under one of two names: today's, or one that older clients send. */
  public @Nullable String text(String name, String olderName, int limit) {
    return has(name) ? text(name, limit) : text(olderName, limit);
  }

  /**
   * A number; unlike other parameters only absent if it is null or empty: amounts are not guessed.
   */
  public @Nullable BigDecimal number(String name) {
    Object value = values.get(name);
    if (value != null && !"".equals(value) && !has(name)) {
      throw Texts.wrongType(name, Word.NUMBER);
    }
    String text = text(name, 40);
    if (text == null) {
      return null;
    }
    // BigDecimal reads the digits of all scripts, full-width ones among them; V1 never did.
    boolean plain = text.strip().chars().allMatch(sign -> sign < 128);
    if (!plain || values.get(name) instanceof Boolean) {
      throw Texts.wrongType(name, Word.NUMBER);
    }
    try {
      BigDecimal number = new BigDecimal(text.strip());
      // As longs: the scale of 1e2147483647 would overflow the subtraction.
      if (Math.abs((long) number.scale()) > 20 || (long) number.precision() - number.scale() > 20) {
        throw Failed.invalid(Refusal.OUT_OF_RANGE, name);
      }
      return number;
    } catch (NumberFormatException | ArithmeticException notOne) {
      throw Texts.wrongType(name, Word.NUMBER);
    }
  }

  BigDecimal requiredNumber(String name) {
    BigDecimal number = number(name);
    if (number == null) {
      throw Failed.invalid(Malformed.MISSING, name);
    }
    return number;
  }

  /**
   * A whole number between the limits, {@code absent} if it is not there. Where nothing can be
   * counted from zero, a zero says that it is not there: clients write it for what they were not
   * told.
   */
  public int whole(String name, int absent, int least, int most) {
    BigDecimal number = has(name) ? number(name) : null;
    if (number == null) {
      return absent;
    }
    try {
      int whole = number.intValueExact();
      if (whole == 0 && least > 0) {
        return absent;
      }
      if (whole < least || whole > most) {
        throw Failed.invalid(Refusal.NOT_BETWEEN, name, least, most);
      }
      return whole;
    } catch (ArithmeticException fraction) {
      throw Texts.wrongType(name, Word.WHOLE_NUMBER);
    }
  }

  public boolean flag(String name) {
    String text = text(name, 5);
    if (text == null || "false".equals(text) || "0".equals(text)) {
      return false;
    }
    if ("true".equals(text) || "1".equals(text)) {
      return true;
    }
    throw Texts.wrongType(name, Word.TRUTH);
  }

  /** A time in UNIX seconds; of a fraction only the whole seconds count. */
  public @Nullable Instant time(String name) {
    BigDecimal seconds = has(name) ? number(name) : null;
    if (seconds == null) {
      return null;
    }
    if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
      throw Failed.invalid(Refusal.OUT_OF_RANGE, name);
    }
    return Instant.ofEpochSecond(seconds.longValue());
  }

  /** One text or several, under {@code name} or {@code name[]}. */
  public List<String> texts(String name, int limit, int most) {
    Object value = values.containsKey(name) ? values.get(name) : values.get(name + "[]");
    if (value == null || isAbsent(value)) {
      return List.of();
    }
    List<?> all = value instanceof List<?> list ? list : List.of(value);
    if (all.size() > most) {
      throw Failed.invalid(Refusal.TOO_MANY, name, most);
    }
    List<String> texts = new ArrayList<>();
    for (Object one : all) {
      if (!isAbsent(one)) {
        texts.add(Texts.checked(name, Texts.scalar(name, one), limit));
      }
    }
    return texts;
  }

  /** One of the allowed texts, null if absent. */
  public @Nullable String oneOf(String name, Set<String> allowed) {
    String text = text(name, 40);
    if (text != null && !allowed.contains(text)) {
      throw Failed.invalid(Refusal.NOT_ALLOWED, name);
    }
    return text;
  }

  /** The same, where it must be there. */
  public String requiredOneOf(String name, Set<String> allowed) {
    required(name, LONGEST);
    return Objects.requireNonNull(oneOf(name, allowed));
  }

  /** Anything at all, kept as JSON text; a text stays as it is. */
  public @Nullable String anything(String name) {
    Object value = values.get(name);
    boolean empty = value instanceof List<?> list ? list.isEmpty() : isAbsent(value);
    if (value == null || empty) {
      return null;
    }
    return Texts.checked(
        name, value instanceof String text ? text : json.writeValueAsString(value), LONGEST);
  }

  /** An object or its JSON text, flat, with dots between the steps; of all else nothing. */
  public Map<String, String> flat(String name) {
    String text = anything(name);
    Map<String, String> flat = new LinkedHashMap<>();
    if (text != null) {
      try {
        Flat.below(json.readTree(text), (place, value) -> put(place, value, flat));
      } catch (JacksonException notJson) {
        return Map.of();
      }
    }
    return flat;
  }

  private static void put(String place, JsonNode value, Map<String, String> into) {
    if (!value.isNull()) {
      into.put(place, value.isValueNode() ? value.asString() : value.toString());
    }
  }

  /** A nested object's parameters, empty if absent. */
  public Params within(String name) {
    if (!has(name)) {
      return new Params(Map.of(), json);
    }
    return object(name, values.get(name));
  }

  /**
   * The objects of an array, under {@code name} or {@code name[]}; empty if absent. A text is read
   * as the JSON of one: forms carry it so at times.
   */
  public List<Params> objects(String name, int most) {
    Object value = values.containsKey(name) ? values.get(name) : values.get(name + "[]");
    if (value instanceof String text && !text.isBlank() && !isAbsent(text)) {
      value = tree(name, text);
    }
    if (value == null || isAbsent(value)) {
      return List.of();
    }
    if (!(value instanceof List<?> all)) {
      throw Texts.wrongType(name, Word.ARRAY);
    }
    if (all.size() > most) {
      throw Failed.invalid(Refusal.TOO_MANY, name, most);
    }
    return all.stream().map(one -> object(name, one)).toList();
  }

  private Object tree(String name, String text) {
    try {
      return json.readValue(text, Object.class);
    } catch (JacksonException malformed) {
      throw Texts.wrongType(name, Word.ARRAY);
    }
  }

  private Params object(String name, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> nested)) {
      throw Texts.wrongType(name, Word.OBJECT);
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    nested.forEach((key, one) -> copy.put(String.valueOf(key), one));
    return new Params(copy, json);
  }
}
