package dev.naru.kernel;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Puts refusals into words, of one language. The words stand in {@code messages}. */
public enum Wording {
  /** V1's: its answers, and whatever is kept to be answered later. */
  KOREAN(Locale.KOREAN),
  /** Of logs, and of pages whose reader asks for it. */
  ENGLISH(Locale.ENGLISH);

  private static final String ROOT = "dev.naru.";

  /** Without it a text that is missing in one language would be taken from the machine's. */
  private static final Control NO_FALLBACK =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

  private final Locale locale;

  Wording(Locale locale) {
    this.locale = locale;
  }

  /** The language of a page. */
  public static Wording of(boolean korean) {
    return korean ? KOREAN : ENGLISH;
  }

  public String of(Why why) {
    return switch (why) {
      case Why.Said(String text) -> text;
      case Why.Ours(Cause cause, List<Object> arguments) -> of(cause, arguments.toArray());
    };
  }

  /**
   * The text of a constant.
   *
   * @param arguments as {@link Cause#with} has them
   */
  public String of(Worded constant, Object... arguments) {
    Object[] texts = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      texts[i] = text(arguments[i]);
    }
    return new MessageFormat(pattern(constant), Locale.ROOT).format(texts);
  }

  private String text(Object argument) {
    return switch (argument) {
      case Why why -> of(why);
      case Worded constant -> of(constant);
      case Name name -> this == KOREAN ? name.korean() : name.english();
      case BigDecimal number -> number.toPlainString();
      default -> argument.toString();
    };
  }

  private String pattern(Worded constant) {
    Class<?> type = ((Enum<?>) constant).getDeclaringClass();
    String bundle = "messages." + type.getPackageName().substring(ROOT.length());
    return ResourceBundle.getBundle(bundle, locale, Wording.class.getClassLoader(), NO_FALLBACK)
        .getString(type.getSimpleName() + "." + constant.name());
  }
}
