package dev.naru.simulator;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The texts of the windows in one language. */
record Texts(boolean english) {

  private static final Map<String, String[]> TABLE =
      Cards.text("texts.csv")
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\\|", -1))
          .collect(Collectors.toMap(row -> row[0], row -> row));

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

  String get(String key) {
    String[] row = TABLE.get(key);
    if (row == null) {
      throw new IllegalArgumentException("no text: " + key);
    }
    return row[english ? 2 : 1];
  }
}
