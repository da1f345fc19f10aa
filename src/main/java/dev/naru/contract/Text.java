package dev.naru.contract;

import java.util.Locale;

/** A text in the two languages of the documentation. */
public record Text(String english, String korean) {

  /** Korean, unless English is asked for. */
  String in(Locale language) {
    return language.getLanguage().equals("en") ? english : korean;
  }

  boolean isEmpty() {
    return english.isEmpty() && korean.isEmpty();
  }
}
