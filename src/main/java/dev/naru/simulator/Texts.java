package dev.naru.simulator;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The texts of the windows in one language. */
record Texts(boolean english) {

  private static final Map<String, String[]> TABLE = table("texts.csv");
  private static final Map<String, String[]> NAMES = table("names.csv");

  private static Map<String, String[]> table(String resource) {
    return Cards.text(resource)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\\|", -1))
        .collect(Collectors.toMap(row -> row[0], row -> row));
  }

  /** Korean unless the browser asks for English before Korean. */
  static Texts of(Call call) {
    String lang = call.params().get("lang");
    return new Texts(english(lang != null ? lang : call.header("Accept-Language")));
  }

  private static boolean english(@Nullable String wanted) {
    if (wanted == null) {
      return false;
    }
    int korean = wanted.indexOf("ko");
    int english = wanted.indexOf("en");
    return english >= 0 && (korean < 0 || english < korean);
  }

  String lang() {
    return english ? "en" : "ko";
  }

  String in(String koreanText, String englishText) {
    return english ? englishText : koreanText;
  }

  String get(String key) {
    String[] row = TABLE.get(key);
    if (row == null) {
      throw new IllegalArgumentException("no text: " + key);
    }
    return in(row[1], row[2]);
  }

  /** What a PG is called; its code, if nobody has said. */
  String pg(String code) {
    String[] row = NAMES.get(code);
    return row == null ? code : in(row[1], row[2]);
  }

  /**
   * An amount as people write it.
   *
   * @param currency empty for won
   */
  String money(long minor, String currency) {
    if (currency.isEmpty()) {
      return won(minor);
    }
    int decimals = PaypalMoney.decimals(currency);
    String symbol = Currency.getInstance(currency).getSymbol(Locale.KOREA);
    String figures =
        String.format(Locale.ROOT, "%,." + decimals + "f", BigDecimal.valueOf(minor, decimals));
    return symbol.equals(currency) ? symbol + " " + figures : symbol + figures;
  }

  /** An amount of won as people write it. */
  String won(long amount) {
    String figures = String.format(Locale.ROOT, "%,d", amount);
    return in(figures + "원", "KRW " + figures);
  }
}
