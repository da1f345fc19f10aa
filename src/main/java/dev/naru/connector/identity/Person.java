package dev.naru.connector.identity;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose identity is verified. Says nothing of itself when printed.
 *
 * @param foreigner a registered foreigner, as the seventh digit of the resident number tells
 */
public record Person(String name, LocalDate birth, Gender gender, boolean foreigner, Line line) {

  /** As V1 tells it, in lower case. */
  public enum Gender {
    MALE,
    FEMALE
  }

  /** The three networks, by V1's codes. */
  public enum Carrier {
    SKT,
    KT,
    LGT;

    /** By the network a PG's word starts with; null for a word that names none. */
    public static @Nullable Carrier of(String word) {
      if (word.startsWith("SK")) {
        return SKT;
      }
      if (word.startsWith("KT")) {
        return KT;
      }
      return word.startsWith("LG") ? LGT : null;
    }
  }

  /**
   * The mobile phone that proves it.
   *
   * @param phone digits only
   * @param mvno a budget operator on the carrier's network
   */
  public record Line(String phone, Carrier carrier, boolean mvno) {

    @Override
    public String toString() {
      return "line";
    }
  }

  @Override
  public String toString() {
    return "person";
  }
}
