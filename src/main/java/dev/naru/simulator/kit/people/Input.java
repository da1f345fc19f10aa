package dev.naru.simulator.kit.people;

import java.util.Locale;

/** What a person may be asked for, each with a value that everybody accepts. */
public enum Input {
  PROVIDER("", ".{0,40}"),
  NAME("김나루", "(?U)\\S.{0,49}"),
  /** yyyyMMdd. */
  BIRTH("20000229", "\\d{8}"),
  /** male or female. */
  GENDER("female", "male|female"),
  /** domestic or foreign. */
  NATIONALITY("domestic", "domestic|foreign"),
  /** As V1 has them: {@link IdentityForm#CARRIERS}. */
  CARRIER("SKT", "(SKT|KT|LGT)(_MVNO)?"),
  PHONE("01012345678", "01\\d{8,9}"),
  /** 14 to 16 digits. */
  CARD_NUMBER("5310000000000000", "\\d{14,16}");

  final String usual;
  final String pattern;

  Input(String usual, String pattern) {
    this.usual = usual;
    this.pattern = pattern;
  }

  /** What the form calls it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
