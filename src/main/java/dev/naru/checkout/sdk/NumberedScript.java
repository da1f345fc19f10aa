package dev.naru.checkout.sdk;

import dev.naru.checkout.Fields;
import dev.naru.checkout.PayRules;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What pages send that load a numbered script ({@code iamport.payment-1.x.js}), whose builds
 * checked no types: read as it is meant, and left out where it can mean nothing. Money is read from
 * a text of digits alone, all else of it is refused as ever.
 */
public final class NumberedScript {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> MONEY = List.of("amount", "tax_free", "vat_amount", "vat");
  private static final List<String> MONTHS = List.of("card.direct.quota", "card.interest_free");
  private static final List<String> TEXTS =
      List.of("language", "period.interval", "customer_id", "company", "card.direct.code");
  private static final Set<String> YES = Set.of("true", "1", "y", "yes");
  private static final Set<String> NO = Set.of("false", "0", "n", "no");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,12}");

  private NumberedScript() {}

  public static Fields loosened(Fields params) {
    if (!(params.node().deepCopy() instanceof ObjectNode all)) {
      return params;
    }
    MONEY.forEach(name -> change(all, name, NumberedScript::number));
    // First: what is below an object that is none goes with it.
    PayRules.OBJECTS.forEach(name -> change(all, name, NumberedScript::object));
    PayRules.LISTS.forEach(name -> change(all, name, NumberedScript::objects));
    PayRules.TRUTHS.forEach(name -> change(all, name, NumberedScript::truth));
    MONTHS.forEach(name -> change(all, name, NumberedScript::number));
    TEXTS.forEach(name -> change(all, name, NumberedScript::text));
    change(all, "display.card_quota", NumberedScript::months);
    return new Fields(all);
  }

  /** A reading that is missing leaves the parameter out. */
  private static void change(ObjectNode all, String name, UnaryOperator<JsonNode> reading) {
    int dot = name.lastIndexOf('.');
    JsonNode holder = dot < 0 ? all : new Fields(all).object(name.substring(0, dot)).node();
    String last = name.substring(dot + 1);
    if (holder instanceof ObjectNode object && object.has(last)) {
      JsonNode read = reading.apply(object.path(last));
      if (read.isMissingNode()) {
        object.remove(last);
      } else {
        object.set(last, read);
      }
    }
  }

  private static JsonNode number(JsonNode sent) {
    String text = sent.asString("").strip();
    return sent.isString() && DIGITS.matcher(text).matches()
        ? NODES.numberNode(Long.parseLong(text))
        : sent;
  }

  private static JsonNode object(JsonNode sent) {
    return sent.isObject() ? sent : NODES.missingNode();
  }

  private static JsonNode objects(JsonNode sent) {
    return sent.isArray() && sent.valueStream().allMatch(JsonNode::isObject)
        ? sent
        : NODES.missingNode();
  }

  private static JsonNode truth(JsonNode sent) {
    String word = sent.asString("").strip().toLowerCase(Locale.ROOT);
    return YES.contains(word)
        ? NODES.booleanNode(true)
        : NO.contains(word) ? NODES.booleanNode(false) : NODES.missingNode();
  }

  private static JsonNode text(JsonNode sent) {
    return sent.isValueNode() ? NODES.stringNode(sent.asString("")) : NODES.missingNode();
  }

  /** Of months one, several with commas between them, or a list; none is the PG's own choice. */
  private static JsonNode months(JsonNode sent) {
    Stream<String> parts =
        sent.isArray()
            ? sent.valueStream().map(each -> each.asString(""))
            : Stream.of(sent.asString("").split(",", -1));
    ArrayNode months = NODES.arrayNode();
    parts
        .map(String::strip)
        .filter(part -> part.matches("\\d{1,2}"))
        .map(Integer::valueOf)
        .forEach(months::add);
    boolean none = months.valueStream().allMatch(month -> month.intValue() == 0);
    return none && !(sent.isArray() && sent.isEmpty()) ? NODES.missingNode() : months;
  }
}
