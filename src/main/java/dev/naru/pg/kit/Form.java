package dev.naru.pg.kit;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fields of forms, and of answers that are no more than fields: names and texts. */
public final class Form {

  /** Windows-949, which is what everybody means by EUC-KR. */
  public static final Charset KOREAN = Charset.forName("MS949");

  private Form() {}

  /** A field that must be there, stripped; else throws {@link IllegalArgumentException}. */
  public static String need(Map<String, String> fields, String name) {
    String value = get(fields, name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  /** A field, stripped; null if it is missing or blank. */
  public static @Nullable String get(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  /** Adds what is neither missing nor blank. */
  public static void putIf(Map<String, ? super String> form, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      form.put(name, value);
    }
  }

  public static String or(@Nullable String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text;
  }

  public static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** Nothing but the digits: numbers of accounts and phones are known with punctuation too. */
  public static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }

  /** Names of fields, written with blanks between them: what a wire log hides. */
  public static Set<String> names(String names) {
    return Arrays.stream(names.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }
}
