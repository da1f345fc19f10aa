package dev.naru.api;

import dev.naru.kernel.Failed;
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
          throw wrongType(name, "문자열 또는 숫자");
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case null, default -> throw wrongType(name, "문자열 또는 숫자");
    };
  }

  static String checked(String name, String text, int limit) {
    if (text.codePointCount(0, text.length()) > limit) {
      throw Failed.invalid("파라미터 길이는 최대 " + limit + "자입니다. (" + name + ")");
    }
    if (text.codePoints().anyMatch(Texts::isNoText)) {
      throw Failed.invalid("허용되지 않는 문자가 포함되어 있습니다. (" + name + ")");
    }
    return text;
  }

  /** NUL, and half of a surrogate pair: neither can be stored. */
  private static boolean isNoText(int codePoint) {
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  static Failed wrongType(String name, String type) {
    return Failed.invalid("파라미터 형식이 올바르지 않습니다. (" + name + ": " + type + ")");
  }
}
