package dev.naru.api.wire;

import dev.naru.api.Refusal;
import dev.naru.kernel.Failed;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads query strings and form bodies the way V1's clients write them: PHP brackets ({@code
 * a[b]=1}, {@code a[]=1}, {@code a[0]=1}, {@code a[0][b]=1}), repeated names, and the Go client's
 * unescaped text with blanks around names and values. Throws {@link Failed} invalid for what is not
 * UTF-8.
 */
final class Forms {

  private static final int MOST_PAIRS = 1_000;
  private static final int DEEPEST = 8;
  private static final String REPLACED = "\uFFFD";

  private Forms() {}

  /**
   * A tree of maps, lists and strings. Its cost grows with the text's length alone, whatever the
   * names are.
   */
  static Map<String, Object> parse(String encoded) {
    Node tree = new Node();
    int pairs = 0;
    for (int start = 0; start < encoded.length(); ) {
      int end = encoded.indexOf('&', start);
      end = end < 0 ? encoded.length() : end;
      if (end > start) {
        if (++pairs > MOST_PAIRS) {
          throw Failed.invalid(Refusal.TOO_MANY_PARAMETERS, MOST_PAIRS);
        }
        pair(tree, encoded.substring(start, end));
      }
      start = end + 1;
    }
    return tree;
  }

  private static void pair(Node tree, String pair) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals)).strip();
    if (!name.isEmpty()) {
      put(tree, name, equals < 0 ? "" : decode(pair.substring(equals + 1)).strip(), 1);
    }
  }

  private static void put(Node tree, String name, String value, int depth) {
    if (depth > DEEPEST) {
      throw Failed.invalid(Refusal.TOO_DEEP);
    }
    int open = name.indexOf('[');
    int close = name.indexOf(']', open + 1);
    if (open <= 0 || close < 0) {
      merge(tree, name, value);
      return;
    }
    String head = name.substring(0, open);
    String inner = name.substring(open + 1, close);
    String rest = name.substring(close + 1);
    if (!inner.isEmpty() && !inner.chars().allMatch(Character::isDigit)) {
      put(child(tree, head), inner + rest, value, depth + 1);
    } else if (rest.startsWith("[")) {
      String below = rest.substring(1).replaceFirst("]", "");
      put(items(tree, head).item(inner, below), below, value, depth + 1);
    } else {
      append(tree, head, value);
    }
  }

  /** An object of this tree, which may be written on; what is in it came from names. */
  private static final class Node extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1;
  }

  /** A list of texts of this tree. */
  private static final class Values extends ArrayList<Object> {
    private static final long serialVersionUID = 1;
  }

  /** A list of objects, which knows them by the numbers that stand in the names. */
  private static final class Items extends ArrayList<Object> {
    private static final long serialVersionUID = 1;
    private final transient Map<String, Node> byNumber = new LinkedHashMap<>();

    /** Without a number, a name that the last object has already begins another. */
    private Node item(String number, String name) {
      Node known = byNumber.get(number);
      if (known != null && !(number.isEmpty() && known.containsKey(name))) {
        return known;
      }
      Node fresh = new Node();
      byNumber.put(number, fresh);
      add(fresh);
      return fresh;
    }
  }

  private static Items items(Node tree, String name) {
    if (tree.get(name) instanceof Items known) {
      return known;
    }
    Items fresh = new Items();
    tree.put(name, fresh);
    return fresh;
  }

  private static Node child(Node tree, String name) {
    if (tree.get(name) instanceof Node known) {
      return known;
    }
    Node child = new Node();
    tree.put(name, child);
    return child;
  }

  /** A name that comes twice becomes a list. */
  private static void merge(Node tree, String name, String value) {
    if (tree.containsKey(name)) {
      append(tree, name, value);
    } else {
      tree.put(name, value);
    }
  }

  private static void append(Node tree, String name, String value) {
    if (tree.get(name) instanceof Values known) {
      known.add(value);
      return;
    }
    Values values = new Values();
    Object before = tree.get(name);
    if (before instanceof List<?> list) {
      values.addAll(list);
    } else if (before != null) {
      values.add(before);
    }
    values.add(value);
    tree.put(name, values);
  }

  private static String decode(String text) {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      boolean wasThere =
          text.contains(REPLACED) || text.toUpperCase(Locale.ROOT).contains("%EF%BF%BD");
      if (decoded.contains(REPLACED) && !wasThere) {
        throw Failed.invalid(Refusal.PARAMETER_NO_UTF8);
      }
      return decoded;
    } catch (IllegalArgumentException notEscaped) {
      return text;
    }
  }
}
