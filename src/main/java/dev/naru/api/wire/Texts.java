package dev.naru.api.wire;

import dev.naru.api.Refusal;
import dev.naru.api.Word;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What the text of a parameter may be; refusals name the parameter. */
final class Texts {

  private static final int LONGEST_SCALE = 100;

  private Texts() {}

  static String scalar(String name, @Nullable Object value) {
    return switch (value) {
      case String text -> text;
      // Written out, 1e999999999 has a billion digits.
      case BigDecimal number when Math.abs((long) number.scale()) > LONGEST_SCALE ->
          throw wrongType(name, Word.TEXT_OR_NUMBER);
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case null, default -> throw wrongType(name, Word.TEXT_OR_NUMBER);
    };
  }

  static String checked(String name, String text, int limit) {
    if (text.codePointCount(0, text.length()) > limit) {
      throw Failed.invalid(Malformed.TOO_LONG, name, limit);
    }
    if (text.codePoints().anyMatch(Texts::isNoText)) {
      throw Failed.invalid(Refusal.BAD_CHARACTER, name);
    }
    return text;
  }

  /** NUL, and half of a surrogate pair: neither can be stored. */
  private static boolean isNoText(int codePoint) {
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  static Failed wrongType(String name, Word type) {
    return Failed.invalid(Malformed.WRONG_FORM_WANTED, name, type);
  }
}
