package dev.naru.console.home;

import java.util.Arrays;

/** How far back the home page looks. */
enum Range {
  TODAY("today", 1),
  WEEK("7", 7),
  MONTH("30", 30),
  HALF_YEAR("180", 180);

  private final String word;
  private final int days;

  Range(String word, int days) {
    this.word = word;
    this.days = days;
  }

  /** As it stands in an address. */
  public String word() {
    return word;
  }

  int days() {
    return days;
  }

  /** What an address says, else a week. */
  static Range of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst().orElse(WEEK);
  }
}
