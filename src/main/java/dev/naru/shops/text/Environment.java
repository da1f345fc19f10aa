package dev.naru.shops.text;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the environment's values into places as a shell does: {@code $$} is a dollar sign. */
final class Environment {

  private static final Pattern PLACE =
      Pattern.compile("\\$(?:(\\$)|\\{([A-Za-z_][A-Za-z0-9_]*)(:?-([^}]*))?}|(\\{))");

  private final Problems problems;
  private final Function<String, @Nullable String> variables;

  Environment(Problems problems, Function<String, @Nullable String> variables) {
    this.problems = problems;
    this.variables = variables;
  }

  /** Empty if one that has no default is not set, which is a problem. */
  Optional<String> filled(String text, Spot at) {
    Matcher matcher = PLACE.matcher(text);
    StringBuilder filled = new StringBuilder();
    boolean whole = true;
    while (matcher.find()) {
      String value = value(matcher, at);
      whole &= value != null;
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value == null ? "" : value));
    }
    matcher.appendTail(filled);
    return whole ? Optional.of(filled.toString()) : Optional.empty();
  }

  private @Nullable String value(Matcher place, Spot at) {
    if (place.group(1) != null) {
      return "$";
    }
    if (place.group(5) != null) {
      problems.add(at, "\"${\" needs a name and \"}\": ${NAME} or ${NAME:-default}");
      return null;
    }
    String name = place.group(2);
    String set = variables.apply(name);
    String fallback = place.group(4);
    // As in a shell, the colon makes an empty one count as unset.
    boolean counts = set != null && !(set.isEmpty() && isColon(place));
    if (!counts && fallback == null) {
      problems.add(at, "the environment has no " + name + ", and it has no default here");
      return null;
    }
    return counts ? set : fallback;
  }

  /** Without a default, an empty value is as good as none: an empty secret opens doors. */
  private static boolean isColon(Matcher place) {
    return place.group(3) == null || place.group(3).startsWith(":");
  }
}
