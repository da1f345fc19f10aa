package dev.naru.simulator.kit.window;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Markup. What a template does not say itself is text, and escaped. */
public record Html(String markup) {

  /** Nothing at all. */
  public static final Html NOTHING = new Html("");

  private static final Pattern HOLE = Pattern.compile("\\{}");

  /**
   * Fills each {@code {}} of a template with the next value. A {@code Html} or a collection of them
   * is put in as it is, all else as text.
   *
   * @throws IllegalArgumentException if there are not as many values as holes
   */
  public static Html of(String template, Object... values) {
    Matcher hole = HOLE.matcher(template);
    StringBuilder markup = new StringBuilder();
    int next = 0;
    while (hole.find()) {
      if (next == values.length) {
        throw new IllegalArgumentException("too few values: " + template);
      }
      hole.appendReplacement(markup, Matcher.quoteReplacement(written(values[next++])));
    }
    if (next < values.length) {
      throw new IllegalArgumentException("too many values: " + template);
    }
    return new Html(hole.appendTail(markup).toString());
  }

  /** For attributes without a value, and for what is there only now and then. */
  public static Html when(boolean shown, String markup) {
    return shown ? new Html(markup) : NOTHING;
  }

  private static String written(Object value) {
    return switch (value) {
      case Html html -> html.markup;
      case Collection<?> many -> many.stream().map(Html::written).collect(Collectors.joining());
      default -> escape(value.toString());
    };
  }

  /** Text as markup. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
