package dev.naru.simulator.kit.window;

import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.web.Call;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The texts of the windows in one language. */
public record Texts(boolean english) {

  /** Before a PG's code, the key of what it is called. */
  private static final String NAME = "name.";

  private static final Map<String, String[]> TABLE = new ConcurrentHashMap<>();

  static {
    add("texts.csv");
  }

  /**
   * A fake brings what its own pages say, and what it is called: rows of key, Korean, English. The
   * same may be brought again.
   */
  public static void add(String resource) {
    Cards.text(resource)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\\|", -1))
        .forEach(
            row -> {
              String[] known = TABLE.putIfAbsent(row[0], row);
              if (known != null && !Arrays.equals(known, row)) {
                throw new IllegalArgumentException(row[0] + " says something else already");
              }
            });
  }

  /** Korean unless the browser asks for English before Korean. */
  public static Texts of(Call call) {
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

  /** The code of the language. */
  public String lang() {
    return english ? "en" : "ko";
  }

  /** The one of two texts that is in it. */
  public String in(String koreanText, String englishText) {
    return english ? englishText : koreanText;
  }

  /** The text of a key. */
  public String get(String key) {
    String[] row = TABLE.get(key);
    if (row == null) {
      throw new IllegalArgumentException("no text: " + key);
    }
    return in(row[1], row[2]);
  }

  /**
   * The text of a key where it is another one there, as {@code key.where} says, else as everywhere.
   */
  public String get(String key, String where) {
    String special = key + "." + where;
    return get(TABLE.containsKey(special) ? special : key);
  }

  /** What a PG is called; its code, if nobody has said. */
  public String pg(String code) {
    String[] row = TABLE.get(NAME + code);
    return row == null ? code : in(row[1], row[2]);
  }

  /**
   * An amount in another currency than won, as people write it.
   *
   * @param decimals how many its minor units make
   * @param currency empty for won, and where there is no amount, as for a key
   */
  public String money(long minor, int decimals, String currency) {
    if (currency.isEmpty()) {
      return won(minor);
    }
    String symbol = Currency.getInstance(currency).getSymbol(Locale.KOREA);
    String figures =
        String.format(Locale.ROOT, "%,." + decimals + "f", BigDecimal.valueOf(minor, decimals));
    return symbol.equals(currency) ? symbol + " " + figures : symbol + figures;
  }

  /** An amount of won as people write it. */
  public String won(long amount) {
    String figures = String.format(Locale.ROOT, "%,d", amount);
    return in(figures + "원", "KRW " + figures);
  }
}
